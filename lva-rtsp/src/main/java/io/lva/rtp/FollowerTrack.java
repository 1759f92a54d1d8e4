package io.lva.rtp;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.Ticks;
import io.lva.media.Track;
import io.lva.rtp.payload.AccessUnit;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Turns the access units of a track other than the master, such as audio, into samples on the clock
 * of the session.
 *
 * <p>The track waits until the master has begun. Its holes are jumps in its decode times, not gaps.
 * Only the master has gaps, so audio that comes and goes does not interrupt the recording.
 *
 * <p>Confined to its media loop.
 */
final class FollowerTrack implements Depacketizer.Output {
  private static final int MAXIMUM_HELD = 1024;

  private final ReceiverOptions options;
  private final ReceiverCounters counters;
  private final SessionOutput output;
  private final Deque<Placed> held = new ArrayDeque<>();
  private TrackFormat format;
  private SessionClock clock;
  private FollowerClock alignment;
  private TimestampFilter filter;
  private RtcpReader.@Nullable SenderTimes earlyReport;
  private @Nullable Track track;
  private long shift;
  private long lastDecodeTime = Long.MIN_VALUE;
  private long heldBytes;

  private record Placed(AccessUnit unit, long ticks) {}

  FollowerTrack(
      TrackFormat format,
      SessionClock clock,
      ReceiverOptions options,
      ReceiverCounters counters,
      SessionOutput output) {
    this.format = format;
    this.clock = clock;
    this.options = options;
    this.counters = counters;
    this.output = output;
    alignment = new FollowerClock(format.clockRate(), clock);
    filter = new TimestampFilter(format.clockRate(), alignment, counters);
  }

  /**
   * Begins another connection.
   *
   * @param newFormat of the track
   * @param newClock of the session
   */
  void connect(TrackFormat newFormat, SessionClock newClock) {
    format = newFormat;
    clock = newClock;
    alignment = new FollowerClock(format.clockRate(), clock);
    filter = new TimestampFilter(format.clockRate(), alignment, counters);
    earlyReport = null;
    shift = 0;
    lastDecodeTime = Long.MIN_VALUE;
  }

  /** Takes parameters that the session description states. */
  void described(CodecParameters parameters) {
    announce(parameters);
  }

  /** Takes a sender report of the track's source. */
  void senderReport(RtcpReader.SenderTimes report) {
    if (filter.isStarted()) {
      alignment.senderReport(filter.peek(report.timestamp()), report.utcNanos());
    } else {
      earlyReport = report;
    }
  }

  private void takeEarlyReport() {
    RtcpReader.SenderTimes report = earlyReport;
    if (report != null) {
      earlyReport = null;
      senderReport(report);
    }
  }

  /** Notes that packets of another source follow. */
  void newSource() {
    filter.newSource();
  }

  /** Delivers what waits if the master has begun. */
  void release() {
    if (!output.isAnnounced() || !clock.hasOrigin()) {
      return;
    }
    while (!held.isEmpty()) {
      Placed placed = held.remove();
      heldBytes -= placed.unit.data().size();
      deliver(placed.unit, placed.ticks);
      placed.unit.data().release();
    }
  }

  /**
   * Delivers what waits if the master has begun, and drops it otherwise: the connection is gone.
   */
  void disconnect() {
    release();
    while (!held.isEmpty()) {
      dropOldest();
    }
  }

  @Override
  public void accessUnit(AccessUnit unit) {
    long ticks = filter.place(unit.timestamp(), unit.nanoTime(), unit.utcNanos());
    takeEarlyReport();
    alignment.arrival(ticks, unit.nanoTime(), unit.utcNanos());
    unit.parameters().ifPresent(this::announce);
    release();
    if (output.isAnnounced() && clock.hasOrigin()) {
      deliver(unit, ticks);
    } else {
      hold(unit, ticks);
    }
  }

  /** Does nothing: a hole in this track shows in its decode times. */
  @Override
  public void missing(GapCause cause) {}

  @Override
  public void dropped() {
    counters.droppedAccessUnits++;
  }

  @Override
  public void note(Deviation deviation, String evidence, long first, long second) {
    counters.deviations.note(deviation, evidence, first, second);
  }

  private void hold(AccessUnit unit, long ticks) {
    unit.data().keep();
    heldBytes += unit.data().size();
    held.add(new Placed(unit, ticks));
    while (held.size() > MAXIMUM_HELD || heldBytes > options.maximumHoldBytes()) {
      dropOldest();
    }
  }

  private void dropOldest() {
    Placed oldest = held.remove();
    heldBytes -= oldest.unit.data().size();
    oldest.unit.data().release();
    counters.droppedAccessUnits++;
  }

  private void announce(CodecParameters parameters) {
    Track old = track;
    if (old == null
        || old.timescale() != format.clockRate()
        || !old.parameters().equals(parameters)) {
      track = new Track(format.track() + 1, format.clockRate(), parameters);
      output.follower(track);
    }
  }

  private void deliver(AccessUnit unit, long ticks) {
    Track current = track;
    if (current == null) {
      counters.droppedAccessUnits++;
      return;
    }
    shift += Ticks.convert(alignment.step(ticks), Ticks.NANOS_PER_SECOND, format.clockRate());
    long decodeTime = ticks + shift;
    if (decodeTime <= lastDecodeTime) {
      counters.droppedAccessUnits++;
      return;
    }
    lastDecodeTime = decodeTime;
    boolean sync = unit.randomAccess() == AccessUnit.RandomAccess.IDR;
    output.sample(
        new Sample(current, decodeTime, 0, sync, false, alignment.utcNanos(ticks), unit.data()));
  }
}
