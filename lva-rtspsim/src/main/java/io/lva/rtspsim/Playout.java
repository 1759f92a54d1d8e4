package io.lva.rtspsim;

import io.lva.media.Ticks;

/**
 * Plays a source to one client at its pace.
 *
 * <p>A client that does not keep up loses the rest of the group of pictures, so that it never holds
 * up others nor fills memory; playing as fast as possible waits for it instead.
 *
 * <p>Confined to the event loop of the client.
 */
final class Playout {
  private static final long REPORT_INTERVAL_NANOS = 5 * Ticks.NANOS_PER_SECOND;
  private static final long PATIENCE_NANOS = 20 * Ticks.NANOS_PER_SECOND;
  private static final int UNITS_PER_CALL = 64;

  /** What happened in a call of {@link #advance}. */
  enum Outcome {
    /** Nothing more is due. */
    WAITING,
    /** More could be sent at once. */
    MORE,
    /** The client took nothing for long and is to be given up. */
    STALLED
  }

  private final MediaSource source;
  private final RtpStream stream;
  private final Faults faults;
  private final SimulatorCounters counters;
  private final boolean paced;
  private long index;
  private long originTicks;
  private long originUtcNanos;
  private long nextReportUtcNanos;
  private boolean waitingForSync;
  private long blockedSinceUtcNanos = Long.MAX_VALUE;

  Playout(
      MediaSource source,
      MediaSource.Start start,
      RtpStream stream,
      Faults faults,
      SimulatorCounters counters,
      boolean paced) {
    this.source = source;
    this.stream = stream;
    this.faults = faults;
    this.counters = counters;
    this.paced = paced;
    index = start.index();
    originTicks = start.originTicks();
    originUtcNanos = start.originUtcNanos();
  }

  RtpStream stream() {
    return stream;
  }

  /** Returns the timestamp of the next access unit. */
  long nextTimestamp() {
    return stream.timestamp(source.unit(index).presentationTicks());
  }

  /** Goes on after a pause: what is live where it is now, a file where it was. */
  Playout resume(long utcNanos, boolean burst) {
    if (source.live()) {
      index = source.start(utcNanos, burst).index();
    } else {
      originTicks = source.decodeTicks(index);
      originUtcNanos = utcNanos;
    }
    nextReportUtcNanos = utcNanos;
    return this;
  }

  /** Sends a report of this moment. */
  void report(long utcNanos) {
    long sinceOrigin = utcNanos - originUtcNanos;
    long ticks =
        originTicks
            + Ticks.convert(sinceOrigin, Ticks.NANOS_PER_SECOND, MediaUnit.TICKS_PER_SECOND);
    stream.report(utcNanos, ticks);
    nextReportUtcNanos = utcNanos + REPORT_INTERVAL_NANOS;
  }

  /** Sends what is due. */
  Outcome advance(long utcNanos) {
    if (faults.frozen()) {
      waitingForSync = true;
      return Outcome.WAITING;
    }
    if (stream.ready()) {
      blockedSinceUtcNanos = Long.MAX_VALUE;
    } else {
      blockedSinceUtcNanos = Math.min(blockedSinceUtcNanos, utcNanos);
      if (utcNanos - blockedSinceUtcNanos > PATIENCE_NANOS) {
        return Outcome.STALLED;
      }
    }
    return paced ? sendDue(utcNanos) : sendReady();
  }

  private Outcome sendDue(long utcNanos) {
    if (utcNanos >= nextReportUtcNanos) {
      report(utcNanos);
    }
    while (utcNanosOf(index) <= utcNanos) {
      boolean ready = stream.ready();
      waitingForSync = !ready || (waitingForSync && !source.sync(index));
      if (waitingForSync) {
        counters.dropped();
      } else {
        stream.send(source.unit(index));
      }
      index++;
    }
    return Outcome.WAITING;
  }

  private Outcome sendReady() {
    for (int i = 0; i < UNITS_PER_CALL; i++) {
      if (!stream.ready()) {
        return Outcome.WAITING;
      }
      long utcNanos = utcNanosOf(index);
      if (utcNanos >= nextReportUtcNanos) {
        report(utcNanos);
      }
      stream.send(source.unit(index));
      index++;
    }
    return Outcome.MORE;
  }

  private long utcNanosOf(long unit) {
    long ticks = source.decodeTicks(unit) - originTicks;
    return originUtcNanos
        + Ticks.convert(ticks, MediaUnit.TICKS_PER_SECOND, Ticks.NANOS_PER_SECOND);
  }
}
