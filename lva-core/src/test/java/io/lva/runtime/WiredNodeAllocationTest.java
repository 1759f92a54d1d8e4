package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.spi.Inlet;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The fault boundary, the selection and the fan-out cost no memory per sample. */
class WiredNodeAllocationTest {
  private static final int SAMPLES = 200_000;

  private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ManualLoop loop = new ManualLoop().entered();

  private static final class Counting implements SampleConsumer {
    long samples;

    @Override
    public void tracks(TrackSet tracks) {}

    @Override
    public void sample(Sample sample) {
      samples += sample.track().id();
    }

    @Override
    public void gapOpened(Gap gap) {}

    @Override
    public void gapClosed(Gap gap) {}

    @Override
    public void end(GapCause cause) {}
  }

  private WiredNode node() {
    return new WiredNode(loop, failure -> {});
  }

  @Test
  void sample_toThreeNodesOfWhichOneSelects_allocatesNothing() {
    WiredNode source = node();
    Counting counting = new Counting();
    source.connect(null, node(), Inlet.media(counting));
    source.connect(
        track -> track.mediaType() == MediaType.VIDEO, node(), Inlet.media(new Counting()));
    source.connect(null, node(), Inlet.media(new Counting()));
    source.tracks(Media.tracks());
    Sample video = Media.video();
    Sample audio = Media.audio();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = memory.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < SAMPLES; i++) {
        source.sample(video);
        source.sample(audio);
      }
      least = Math.min(least, memory.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least / (2.0 * SAMPLES)).isLessThan(0.01);
    assertThat(counting.samples).isPositive();
  }
}
