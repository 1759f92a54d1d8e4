package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Ticks;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrackTimelineTest {
  private static final int TIMESCALE = 90_000;
  private static final long FRAME = 3600;
  private static final long FRAME_NANOS = 40_000_000;
  private static final long UTC = 1_795_341_600_000_000_000L;

  private final TrackTimeline timeline = new TrackTimeline(TIMESCALE, true);

  @Test
  void begin_withUtc_isThatUtcInTicks() {
    timeline.begin(12_345, UTC + 5);

    assertThat(timeline.written()).isEqualTo(UTC / 100_000 * 9);
  }

  @Test
  void advance_withoutDrift_isTheDistanceOfDecodeTimes() {
    timeline.begin(0, UTC);

    assertThat(timeline.advance(FRAME, UTC + FRAME_NANOS)).isEqualTo(3600);
    assertThat(timeline.advance(FRAME * 3, UTC + FRAME_NANOS * 3)).isEqualTo(7200);
  }

  @Test
  void advance_decodeTimeStandsStill_takesTheUtc() {
    timeline.begin(1000, UTC);

    assertThat(timeline.advance(1000, UTC + FRAME_NANOS)).isEqualTo(3600);
  }

  @Test
  void advance_decodeTimeAndUtcStandStill_stillAdvances() {
    timeline.begin(1000, UTC);

    assertThat(timeline.advance(1000, UTC)).isPositive();
  }

  @Test
  void advance_decodeTimeJumps_takesTheUtc() {
    timeline.begin(1000, UTC);

    assertThat(timeline.advance(-9_800L * TIMESCALE, UTC + FRAME_NANOS)).isEqualTo(3600);
    assertThat(timeline.advance(37_600L * TIMESCALE, UTC + 2 * FRAME_NANOS)).isEqualTo(3600);
    assertThat(timeline.advance(Long.MIN_VALUE, UTC + 3 * FRAME_NANOS)).isEqualTo(3600);
    assertThat(timeline.advance(Long.MAX_VALUE, UTC + 4 * FRAME_NANOS)).isEqualTo(3600);
  }

  @Test
  void advance_anything_staysWithinTickAndTenSeconds() {
    Random random = new Random(7);
    timeline.begin(0, UTC);
    long before = timeline.written();
    for (int i = 0; i < 200_000; i++) {
      long decodeTime = random.nextLong() >> random.nextInt(64);
      long utc = UTC + (random.nextLong() >> (8 + random.nextInt(56)));
      int duration = timeline.advance(decodeTime, utc);

      assertThat(duration).isBetween(1, 10 * TIMESCALE);
      assertThat(timeline.written()).isEqualTo(before + duration);
      before = timeline.written();
    }
  }

  @Test
  void advance_jitterOfUtc_isNotWritten() {
    Random random = new Random(3);
    timeline.begin(0, UTC);
    for (int i = 1; i < 25 * 60; i++) {
      long jitter = random.nextLong(40_000_000) - 20_000_000;
      int duration = timeline.advance(i * FRAME, UTC + i * FRAME_NANOS + jitter);

      assertThat(duration).isBetween(3597, 3603);
    }
    assertThat(Math.abs(timeline.errorNanos())).isLessThan(30_000_000);
  }

  @Test
  void advance_drift300ppm_isFollowedWithin4Milliseconds() {
    for (long ppm : new long[] {-300, 300}) {
      timeline.begin(0, UTC);
      long worst = 0;
      for (long i = 1; i < 25 * 3600; i++) {
        long utc = UTC + i * FRAME_NANOS + i * FRAME_NANOS / 1_000_000 * ppm;
        timeline.advance(i * FRAME, utc);
        worst = Math.max(worst, Math.abs(timeline.errorNanos()));
      }
      assertThat(worst).isLessThan(4_000_000);
    }
  }

  @Test
  void advance_errorOfASecond_isSlewedByAtMost500ppm() {
    timeline.begin(0, UTC);
    long decodeTime = 0;
    long sum = 0;
    for (int i = 0; i < 2500; i++) {
      decodeTime += FRAME;
      long utc = UTC + Ticks.convert(decodeTime, TIMESCALE, 1_000_000_000L) + 900_000_000;
      sum += timeline.advance(decodeTime, utc);
    }
    assertThat(sum - decodeTime).isBetween(4490L, 4500L);
  }

  @Test
  void advance_notSlewed_isTheDistanceOfDecodeTimes() {
    TrackTimeline exact = new TrackTimeline(TIMESCALE, false);
    exact.begin(0, UTC);

    assertThat(exact.advance(FRAME, UTC + 900_000_000)).isEqualTo(3600);
  }

  @Test
  void distanceAcrossGap_newOrigin_isThatOfTheUtc() {
    timeline.begin(5_000_000, UTC);

    assertThat(timeline.distanceAcrossGap(77, UTC + 3_000_000_000L)).isEqualTo(270_000);
  }

  @Test
  void distanceAcrossGap_sameOrigin_isThatOfDecodeTimes() {
    timeline.begin(0, UTC);

    assertThat(timeline.distanceAcrossGap(FRAME * 50, UTC + FRAME_NANOS * 50 + 30_000_000))
        .isEqualTo(FRAME * 50);
  }

  @Test
  void isHole_tenSecondsAndMore_isOne() {
    timeline.begin(0, UTC);

    assertThat(timeline.isHole(10L * TIMESCALE, UTC + 10_000_000_000L)).isFalse();
    assertThat(timeline.isHole(11L * TIMESCALE, UTC + 11_000_000_000L)).isTrue();
    assertThat(timeline.isHole(11L * TIMESCALE, UTC + FRAME_NANOS)).isFalse();
  }

  @Test
  void advance_differentTimescales_isExact() {
    for (int timescale : new int[] {1, 8000, 44_100, 90_000, 1_000_000}) {
      TrackTimeline other = new TrackTimeline(timescale, false);
      other.begin(0, UTC);
      long end = other.written();
      for (long i = 1; i <= 1000; i++) {
        end += other.advance(i * timescale, UTC + i * 1_000_000_000L);
      }
      assertThat(other.written()).isEqualTo(end);
      assertThat(other.errorNanos()).isZero();
    }
  }
}
