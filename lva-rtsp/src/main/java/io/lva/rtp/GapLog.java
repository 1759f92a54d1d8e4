package io.lva.rtp;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.SampleConsumer;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Opens and closes the gaps of a source. A gap lasts from the end of the last sample delivered to
 * the first sample after the hole. There is no gap before the very first sample.
 *
 * <p>Confined to its media loop.
 */
final class GapLog {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final SampleConsumer output;
  private final ReceiverCounters counters;
  private final String prefix = Long.toString(RANDOM.nextLong() >>> 24, Character.MAX_RADIX) + '-';
  private boolean delivered;
  private long endUtcNanos;
  private @Nullable Gap gap;

  GapLog(SampleConsumer output, ReceiverCounters counters) {
    this.output = output;
    this.counters = counters;
  }

  /**
   * Notes that a sample was delivered.
   *
   * @param sampleEndUtcNanos where it ends
   */
  void delivered(long sampleEndUtcNanos) {
    delivered = true;
    endUtcNanos = sampleEndUtcNanos;
  }

  /** Returns whether a gap is open. */
  boolean isOpen() {
    return gap != null;
  }

  /** Returns where the open gap starts. */
  long startUtcNanos() {
    return endUtcNanos;
  }

  /**
   * Opens a gap, or adds a cause to the open one.
   *
   * @param cause why media is missing
   */
  void interrupt(GapCause cause) {
    if (!delivered) {
      return;
    }
    Gap open = gap;
    if (open == null) {
      counters.gaps++;
      announce(Gap.open(prefix + counters.gaps, instant(endUtcNanos), GapOrigin.SOURCE, cause));
    } else {
      addCause(cause);
    }
  }

  /**
   * Adds a cause to the open gap, if there is one.
   *
   * @param cause a further cause
   */
  void addCause(GapCause cause) {
    Gap open = gap;
    if (open != null && !open.causes().contains(cause)) {
      announce(open.because(cause));
    }
  }

  /**
   * Closes the open gap, if there is one.
   *
   * @param utcNanos where media begins again; after a step back of the clock this may be before the
   *     start, and the recordings overlap
   */
  void close(long utcNanos) {
    Gap open = gap;
    if (open != null) {
      gap = null;
      output.gapClosed(open.closedAt(instant(utcNanos)));
    }
  }

  private void announce(Gap changed) {
    gap = changed;
    output.gapOpened(changed);
  }

  private static Instant instant(long utcNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(utcNanos, NANOS_PER_SECOND), Math.floorMod(utcNanos, NANOS_PER_SECOND));
  }
}
