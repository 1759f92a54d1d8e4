package io.lva.rtspsim;

import io.lva.media.Ticks;

/**
 * Plays a track to one client, in real time or as fast as possible.
 *
 * <p>A client that does not keep up loses the rest of the group of pictures, so that it neither
 * holds up others nor fills memory. When media is played as fast as possible, playing waits for the
 * client instead.
 *
 * <p>Confined to the event loop of the client.
 */
final class Playout {
  private static final long REPORT_INTERVAL_NANOS = 5 * Ticks.NANOS_PER_SECOND;
  private static final long PATIENCE_NANOS = 20 * Ticks.NANOS_PER_SECOND;
  private static final int UNITS_PER_CALL = 64;

  /** What happened in a call of {@link #advance}. */
  enum Outcome {
    /** Nothing more can be sent now. */
    WAITING,
    /** More could be sent at once. */
    MORE,
    /** The client has taken nothing for a long time and should be dropped. */
    STALLED
  }

  private final MediaTrack track;
  private final RtpStream stream;
  private final Faults faults;
  private final SimulatorCounters counters;
  private final boolean paced;
  private long index;
  private long originUtcNanos;
  private long nextReportUtcNanos;
  private boolean waitingForSync;
  private long blockedSinceUtcNanos = Long.MAX_VALUE;

  Playout(
      MediaTrack track,
      MediaSource.Start start,
      RtpStream stream,
      Faults faults,
      SimulatorCounters counters,
      boolean paced) {
    this.track = track;
    this.stream = stream;
    this.faults = faults;
    this.counters = counters;
    this.paced = paced;
    index = track.indexFrom(ticks(start.lineNanos()));
    originUtcNanos = start.originUtcNanos();
  }

  RtpStream stream() {
    return stream;
  }

  /** Returns the timestamp of the next access unit. */
  long nextTimestamp() {
    return stream.timestamp(track.unit(index).presentationTicks());
  }

  /** Returns when the next unit is due on the time line of the track. */
  long lineNanos() {
    return nanos(track.decodeTicks(index));
  }

  /** Continues at a new position after a pause, and sends a report. */
  void resume(MediaSource.Start start, long utcNanos) {
    index = track.indexFrom(ticks(start.lineNanos()));
    originUtcNanos = start.originUtcNanos();
    nextReportUtcNanos = utcNanos;
  }

  /** Sends a report for the present moment. */
  void report(long utcNanos) {
    stream.report(utcNanos, ticks(utcNanos - originUtcNanos));
    nextReportUtcNanos = utcNanos + REPORT_INTERVAL_NANOS;
  }

  /**
   * Sends what is due.
   *
   * @param utcNanos the present time
   * @param lineNanos the point on the time line up to which to send at most when sending as fast as
   *     possible, so that no track runs ahead of the others
   */
  Outcome advance(long utcNanos, long lineNanos) {
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
    return paced ? sendDue(utcNanos) : sendReady(lineNanos);
  }

  private Outcome sendDue(long utcNanos) {
    if (utcNanos >= nextReportUtcNanos) {
      report(utcNanos);
    }
    while (utcNanosOf(index) <= utcNanos) {
      boolean ready = stream.ready();
      waitingForSync = !ready || (waitingForSync && !track.sync(index));
      if (waitingForSync) {
        counters.dropped();
      } else {
        stream.send(track.unit(index));
      }
      index++;
    }
    return Outcome.WAITING;
  }

  private Outcome sendReady(long untilNanos) {
    for (int i = 0; i < UNITS_PER_CALL && lineNanos() <= untilNanos; i++) {
      if (!stream.ready()) {
        return Outcome.WAITING;
      }
      long utcNanos = utcNanosOf(index);
      if (utcNanos >= nextReportUtcNanos) {
        report(utcNanos);
      }
      stream.send(track.unit(index));
      index++;
    }
    return Outcome.MORE;
  }

  private long utcNanosOf(long unit) {
    return originUtcNanos + nanos(track.decodeTicks(unit));
  }

  private long ticks(long nanos) {
    return Ticks.convert(nanos, Ticks.NANOS_PER_SECOND, track.clockRate());
  }

  private long nanos(long ticks) {
    return Ticks.convert(ticks, track.clockRate(), Ticks.NANOS_PER_SECOND);
  }
}
