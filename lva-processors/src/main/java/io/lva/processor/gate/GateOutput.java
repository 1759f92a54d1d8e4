package io.lva.processor.gate;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hands the samples of a pre-roll to the nodes after the gate: one stream per opening, with the
 * tracks, sources of UTC and gaps that belong to its samples.
 *
 * <p>Confined to its media loop.
 */
final class GateOutput implements PreRoll.Visitor {
  private final PreRoll preRoll;
  private final SampleConsumer target;
  private PreRoll.@Nullable Section section;
  private @Nullable Gap openGap;
  private long cursor;
  private long end;
  private long lastNanos;
  private long shown;
  private boolean streaming;
  private boolean whole;

  GateOutput(PreRoll preRoll, SampleConsumer target) {
    this.preRoll = preRoll;
    this.target = target;
  }

  /** Chooses the first sample of the next stream; nothing is handed on yet. */
  void begin(long number) {
    cursor = number;
    section = null;
    openGap = null;
    streaming = false;
    shown = Long.MIN_VALUE;
    whole = false;
  }

  /** Returns whether a sample of this stream was handed on. */
  boolean hasStreamed() {
    return streaming;
  }

  /** Returns whether the stream could end where {@link #passBefore} stopped, without a hole. */
  boolean isWhole() {
    return whole;
  }

  /**
   * Hands on samples up to, but not including, the first sample of the master track that is decoded
   * at or after a time and presented after all samples handed on so far.
   */
  void passBefore(long time) {
    end = time;
    whole = false;
    skipLost();
    if (cursor == preRoll.next() - 1) {
      preRoll.visitLast(this);
    } else {
      preRoll.forEachFrom(cursor, this);
    }
  }

  /** Announces a gap that is open now, if the stream has reached the newest sample. */
  void gapOpened(Gap gap) {
    if (streaming && cursor == preRoll.next()) {
      open(gap);
    }
  }

  /** Ends the stream, if there was one. */
  void end(GapCause cause) {
    if (streaming) {
      streaming = false;
      target.end(cause);
    }
  }

  /**
   * Skips samples that were given up before they were handed on; in a stream that has begun, they
   * become a gap.
   */
  private void skipLost() {
    long first = preRoll.first();
    if (cursor >= first) {
      return;
    }
    cursor = first;
    if (streaming) {
      open(
          Gap.open(
              UUID.randomUUID().toString(),
              Instant.ofEpochSecond(0, lastNanos),
              GapOrigin.QUEUE,
              GapCause.BACKPRESSURE));
    }
  }

  @Override
  public boolean visit(PreRoll.Section from, Sample sample, long number) {
    if (from.isMaster(sample)) {
      long presented = PreRoll.presentation(sample);
      if (sample.utcNanos() >= end && presented > shown) {
        whole = true;
        return false;
      }
      shown = Math.max(shown, presented);
    }
    announce(from);
    closeGap(sample);
    target.sample(sample);
    lastNanos = sample.utcNanos();
    cursor = number + 1;
    return true;
  }

  private void announce(PreRoll.Section from) {
    PreRoll.Section before = section;
    section = from;
    if (before == from) {
      return;
    }
    Gap gap = from.gap;
    if (streaming && gap != null) {
      open(gap);
    }
    if (before == null || !before.tracks.equals(from.tracks)) {
      target.tracks(from.tracks);
    }
    if (from.utcSource != null) {
      target.utcSource(from.utcSource, from.utcErrorNanos);
    }
    streaming = true;
  }

  /** Opens a gap, or adds its causes to the open one: each hole has one gap. */
  private void open(Gap gap) {
    Gap before = openGap;
    Gap now =
        before == null
            ? new Gap(gap.id(), gap.start(), Optional.empty(), gap.origin(), gap.causes())
            : before;
    for (GapCause cause : gap.causes()) {
      now = now.because(cause);
    }
    if (!now.equals(before)) {
      openGap = now;
      target.gapOpened(now);
    }
  }

  private void closeGap(Sample sample) {
    Gap gap = openGap;
    if (gap != null) {
      openGap = null;
      target.gapClosed(gap.closedAt(Instant.ofEpochSecond(0, sample.utcNanos())));
    }
  }
}
