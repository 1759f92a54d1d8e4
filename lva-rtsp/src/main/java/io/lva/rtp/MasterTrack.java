package io.lva.rtp;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.Ticks;
import io.lva.media.Track;
import io.lva.media.UtcSource;
import io.lva.rtp.payload.AccessUnit;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the access units of the master track into samples with decode times and UTC, over all
 * connections of a session. The master is the first video, or the first stream when there is no
 * video; its clock is the clock of the session.
 *
 * <p>Confined to its media loop.
 */
final class MasterTrack implements Depacketizer.Output {
  private static final long LONGEST_UNIT_SECONDS = 10;

  /** A clock that is off by up to this much is not noticed: arrivals do not show it. */
  private static final long UNNOTICED_ERROR_NANOS = 350_000_000L;

  /** Error from jitter and a misjudged rate while media time is brought back. */
  private static final long CONVERGING_ERROR_NANOS = 100_000_000L;

  private final ReceiverOptions options;
  private final ReceiverCounters counters;
  private final SessionOutput output;
  private final GapLog gaps;
  private final DecodeTimes decodeTimes = new DecodeTimes();
  private final SyncGate gate = new SyncGate();
  private final Hold hold = new Hold();

  private TrackFormat format;
  private SessionClock clock;
  private TimestampFilter filter;
  private Pace pace;
  private @Nullable EarlyReport earlyReport;
  private @Nullable Track track;
  private boolean sourceDue;
  private boolean stepDue;
  private boolean paced;
  private long lastNanoTime;

  /** A report that came before the first packet, and when it came. */
  private record EarlyReport(RtcpReader.SenderTimes report, long utcNanos) {}

  /**
   * Begins the first connection.
   *
   * @param format of the track
   * @param options limits and choices
   * @param counters counts what the receiver does
   * @param output of the session
   */
  MasterTrack(
      TrackFormat format,
      ReceiverOptions options,
      ReceiverCounters counters,
      SessionOutput output) {
    this.format = format;
    this.options = options;
    this.counters = counters;
    this.output = output;
    this.gaps = output.gaps();
    clock = new SessionClock(format.clockRate(), options);
    pace = new Pace(format.clockRate());
    filter = new TimestampFilter(format.clockRate(), new Corrected(), counters);
  }

  /**
   * Begins another connection.
   *
   * @param newFormat of the track
   */
  void connect(TrackFormat newFormat) {
    format = newFormat;
    clock = new SessionClock(format.clockRate(), options);
    filter = new TimestampFilter(format.clockRate(), new Corrected(), counters);
    pace = new Pace(format.clockRate());
    paced = false;
    earlyReport = null;
    stepDue = false;
    decodeTimes.newLine();
    gate.newLine();
  }

  /**
   * Ends the connection: what is held is delivered, or dropped if its parameters are unknown; then
   * the gap opens.
   */
  void disconnect(GapCause cause) {
    release();
    dropHeld();
    gaps.interrupt(cause);
  }

  /** Delivers what is held, or drops it if its parameters are unknown: nothing follows. */
  void end() {
    release();
    dropHeld();
  }

  /** Returns where UTC comes from; empty before the origin is fixed. */
  Optional<UtcSource> utcSource() {
    return clock.source();
  }

  /** Returns how far UTC may be off, in nanoseconds. */
  long utcErrorNanos() {
    if (!clock.isLive()) {
      return clock.errorNanos();
    }
    boolean ofArrivals = clock.source().filter(UtcSource.ARRIVAL::equals).isPresent();
    long known = paced && ofArrivals ? 0 : clock.errorNanos();
    long remaining = pace.remainingNanos(lastNanoTime) + CONVERGING_ERROR_NANOS;
    return Math.max(Math.max(known, UNNOTICED_ERROR_NANOS), remaining);
  }

  /**
   * Takes a sender report of the track's source.
   *
   * @param report its times
   * @param utcNanos when it arrived, UTC of the host
   */
  void senderReport(RtcpReader.SenderTimes report, long utcNanos) {
    if (filter.isStarted()) {
      clock.senderReport(pace.apply(filter.peek(report.timestamp())), report.utcNanos(), utcNanos);
    } else {
      earlyReport = new EarlyReport(report, utcNanos);
    }
  }

  /** Returns the clock of the session. */
  SessionClock clock() {
    return clock;
  }

  @Override
  public void dropped() {
    counters.droppedAccessUnits++;
  }

  @Override
  public void note(Deviation deviation, String evidence, long first, long second) {
    counters.deviations.note(deviation, evidence, first, second);
  }

  @Override
  public void missing(GapCause cause) {
    gate.close();
    interrupt(cause);
  }

  @Override
  public void accessUnit(AccessUnit unit) {
    long placed = filter.place(unit.timestamp(), unit.nanoTime(), unit.utcNanos());
    if (filter.takeLoss()) {
      clock.arrivalsRule(unit.nanoTime());
      stepDue = false;
      sourceDue = true;
    }
    long ticks = pace(placed, unit);
    takeEarlyReport();
    stepDue |= clock.isStepPending();
    stepDue |= filter.takeJump();
    boolean sync = gate.isSync(unit.randomAccess(), ticks, format.clockRate());
    if (sync && stepDue) {
      restartClock(unit, ticks);
    }
    if (!gate.pass(sync)) {
      counters.droppedAccessUnits++;
      interrupt(GapCause.WAITING_FOR_SYNC);
    } else if (clock.hasOrigin() && hold.isEmpty() && unit.parameters().isPresent()) {
      decodeTimes.observe(ticks);
      deliver(unit, ticks, sync, unit.parameters().get());
    } else {
      hold.add(unit, ticks, sync);
      releaseWhenReady(unit.nanoTime());
    }
  }

  /**
   * Corrects media time where the camera's clock is wrong, and passes it to the session's clock.
   */
  private long pace(long placed, AccessUnit unit) {
    long ticks = pace.apply(placed);
    lastNanoTime = unit.nanoTime();
    boolean wasConverging = pace.isConverging();
    sourceDue |= wasConverging && utcErrorNanos() == UNNOTICED_ERROR_NANOS;
    if (clock.isComparable()) {
      long error = clock.errorNanos(ticks, unit.nanoTime(), unit.utcNanos());
      if (pace.observe(placed, error, clock.lagNanos(), unit.nanoTime())) {
        clock.arrivalsRule(unit.nanoTime());
        counters.deviations.note(
            Deviation.RTP_CLOCK_WRONG, "{0} ms off the arrivals", error / 1_000_000);
        paced = true;
        sourceDue = true;
      }
    }
    if (!pace.isConverging()) {
      if (wasConverging) {
        clock.corrected(ticks, unit.nanoTime());
        sourceDue = true;
      }
      clock.arrival(ticks, unit.nanoTime(), unit.utcNanos());
      sourceDue |= clock.takeSourceChange();
    }
    return ticks;
  }

  /** Notes that packets of another source follow. */
  void newSource() {
    filter.newSource();
    gate.close();
  }

  private void takeEarlyReport() {
    EarlyReport early = earlyReport;
    if (early != null) {
      earlyReport = null;
      senderReport(early.report, early.utcNanos);
    }
  }

  private void restartClock(AccessUnit unit, long ticks) {
    stepDue = false;
    release();
    interrupt(GapCause.CLOCK_STEP);
    pace.settle();
    clock.restart();
    clock.arrival(ticks, unit.nanoTime(), unit.utcNanos());
  }

  private void interrupt(GapCause cause) {
    if (hold.isEmpty()) {
      gaps.interrupt(cause);
      decodeTimes.restart();
    } else {
      hold.add(cause);
    }
  }

  private void releaseWhenReady(long nanoTime) {
    boolean full =
        hold.bytes() >= options.maximumHoldBytes()
            || nanoTime - hold.startNanoTime() >= options.maximumHoldNanos();
    if (hold.isDescribed() && (full || clock.isSettled())) {
      release();
    } else if (full) {
      counters.deviations.note(
          Deviation.NO_PARAMETER_SETS,
          "{0} access units of {1} bytes",
          hold.samples(),
          hold.bytes());
      dropHeld();
      gate.close();
    }
  }

  private void dropHeld() {
    counters.droppedAccessUnits += hold.samples();
    hold.clear();
  }

  private void release() {
    if (hold.isEmpty() || !hold.isDescribed()) {
      return;
    }
    if (!clock.hasOrigin()) {
      clock.fixOrigin();
      sourceDue = true;
    }
    hold.parameters().ifPresent(this::announce);
    hold.observe(decodeTimes);
    hold.release(
        new Hold.Output() {
          @Override
          public void sample(
              AccessUnit unit, long ticks, boolean sync, CodecParameters parameters) {
            deliver(unit, ticks, sync, parameters);
          }

          @Override
          public void hole(GapCause cause) {
            gaps.interrupt(cause);
            decodeTimes.restart();
          }
        });
  }

  private void deliver(AccessUnit unit, long ticks, boolean sync, CodecParameters parameters) {
    if (sync) {
      announce(parameters);
    }
    Track current = track;
    if (current == null) {
      return;
    }
    long decodeTime = decodeTimes.decodeTime(ticks);
    if (gaps.isOpen()) {
      clock.notBefore(decodeTime, gaps.startUtcNanos());
    }
    long utcNanos = clock.utcNanos(decodeTime);
    if (sourceDue && sync) {
      // A recording may begin a new run by it, for which it needs a sync sample.
      sourceDue = false;
      clock.source().ifPresent(source -> output.utcSource(source, utcErrorNanos()));
    }
    gaps.close(utcNanos);
    int compositionOffset = (int) (ticks - decodeTime);
    output.sample(
        new Sample(current, decodeTime, compositionOffset, sync, false, utcNanos, unit.data()));
    gaps.delivered(utcNanos + nanos(decodeTimes.lastDistance()));
  }

  private void announce(CodecParameters parameters) {
    Track old = track;
    if (old != null
        && old.timescale() == format.clockRate()
        && (old.parameters() == parameters || old.parameters().equals(parameters))) {
      return;
    }
    track = new Track(format.track() + 1, format.clockRate(), parameters);
    decodeTimes.parameters(
        parameters.reordering().stated(),
        parameters.reordering().maximum(),
        unitTicks(parameters),
        LONGEST_UNIT_SECONDS * format.clockRate());
    filter.ordered(parameters.reordering().maximum() == 0);
    output.announce(track);
  }

  /**
   * Returns the frame distance that the parameters state, or that of 25 frames per second when they
   * state none.
   */
  private long unitTicks(CodecParameters parameters) {
    long stated = parameters.frameTicks(format.clockRate());
    return stated > 0 ? stated : format.clockRate() / 25;
  }

  private long nanos(long ticks) {
    return Ticks.convert(ticks, format.clockRate(), Ticks.NANOS_PER_SECOND);
  }

  /** Compares arrivals with media time as it is corrected. */
  private final class Corrected implements MediaArrival {
    @Override
    public boolean isComparable() {
      return clock.isComparable();
    }

    @Override
    public boolean isLive() {
      return clock.isLive();
    }

    @Override
    public long aheadNanos(long ticks, long nanoTime, long utcNanos) {
      return clock.aheadNanos(pace.expect(ticks), nanoTime, utcNanos);
    }

    @Override
    public long dueTicks(long nanoTime, long utcNanos) {
      return pace.invert(clock.dueTicks(nanoTime, utcNanos));
    }
  }
}
