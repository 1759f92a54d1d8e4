package io.lva.runtime;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import java.util.List;

/** Several connections of one output, as one consumer. Confined to its media loop. */
final class MediaFanOut implements SampleConsumer {
  /** Nobody listens. */
  static final SampleConsumer NOBODY = new MediaFanOut(List.of());

  private final SampleConsumer[] consumers;

  private MediaFanOut(List<SampleConsumer> consumers) {
    this.consumers = consumers.toArray(SampleConsumer[]::new);
  }

  /** Returns one consumer for all; the consumer itself where there is one. */
  static SampleConsumer of(List<SampleConsumer> consumers) {
    return switch (consumers.size()) {
      case 0 -> NOBODY;
      case 1 -> consumers.get(0);
      default -> new MediaFanOut(consumers);
    };
  }

  @Override
  public void tracks(TrackSet tracks) {
    for (SampleConsumer consumer : consumers) {
      consumer.tracks(tracks);
    }
  }

  @Override
  public void utcSource(UtcSource source, long errorNanos) {
    for (SampleConsumer consumer : consumers) {
      consumer.utcSource(source, errorNanos);
    }
  }

  @Override
  public void sample(Sample sample) {
    for (SampleConsumer consumer : consumers) {
      consumer.sample(sample);
    }
  }

  @Override
  public void gapOpened(Gap gap) {
    for (SampleConsumer consumer : consumers) {
      consumer.gapOpened(gap);
    }
  }

  @Override
  public void gapClosed(Gap gap) {
    for (SampleConsumer consumer : consumers) {
      consumer.gapClosed(gap);
    }
  }

  @Override
  public void end(GapCause cause) {
    for (SampleConsumer consumer : consumers) {
      consumer.end(cause);
    }
  }

  @Override
  public boolean hasRoom() {
    for (SampleConsumer consumer : consumers) {
      if (!consumer.hasRoom()) {
        return false;
      }
    }
    return true;
  }
}
