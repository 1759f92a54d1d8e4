package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.Sample;
import io.lva.media.SampleBuilder;
import io.lva.media.SlabPool;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.codec.PcmParameters;
import io.lva.rtsp.ProbeReport;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProbeMeterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Track TRACK =
      new Track(1, 8000, new PcmParameters(PcmParameters.Encoding.A_LAW, 8000, 1));
  private static final Gap GAP =
      Gap.open("g", Instant.EPOCH, GapOrigin.SOURCE, GapCause.PACKET_LOSS).closedAt(Instant.EPOCH);

  private final SampleBuilder builder = new SampleBuilder(SlabPool.ofBytes(1 << 20));
  private int enough;
  private final ProbeMeter meter = new ProbeMeter(SECOND, () -> enough++);

  private void sample(long decodeTime) {
    builder.append(ByteBuffer.allocate(1000));
    meter.sample(new Sample(TRACK, decodeTime, 0, true, false, 0, builder.build()));
    builder.reset();
  }

  @Test
  void gapClosed_beforeThereIsEnough_countsFromZero() {
    meter.tracks(TrackSet.of(TRACK));
    sample(100);
    sample(4100);
    meter.gapClosed(GAP);
    sample(90_000);
    sample(94_000);
    assertThat(enough).isZero();

    sample(98_000);
    assertThat(enough).isEqualTo(1);
    assertThat(meter.measured(0)).isEqualTo(new ProbeReport.Measured(1, 2, 2, 16_000, 0));
  }

  @Test
  void gapClosed_afterEnoughWasCounted_changesNothing() {
    meter.tracks(TrackSet.of(TRACK));
    sample(100);
    sample(4100);
    sample(8100);
    assertThat(enough).isEqualTo(1);

    meter.gapClosed(GAP);
    sample(90_000);
    assertThat(meter.any()).isTrue();
    assertThat(meter.measured(0)).isEqualTo(new ProbeReport.Measured(1, 2, 2, 16_000, 0));
  }
}
