package io.lva.rtp;

import static io.lva.rtp.TestCamera.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras whose RTP clock is wrong: UTC must be right again ten seconds later. */
class ClockFaultTest {
  private static final long MILLI = 1_000_000L;
  private static final int SECONDS = 150;

  private enum Reports {
    NONE,
    /** NTP time is right. */
    TRUE,
    /** NTP time goes with the wrong RTP clock. */
    WITH_MEDIA
  }

  /** Plays a camera in real time and returns when each picture was taken. */
  private static List<Long> play(
      TestCamera camera, double rate, int faultFrom, Reports reports, int jitterMillis) {
    Random random = new Random(3);
    List<Long> captured = new ArrayList<>();
    double ticks = 1_000_000;
    long start = camera.nanoTime;
    long startUtc = camera.utcNanos();
    double media = 0;
    for (int i = 0; i < 25 * SECONDS; i++) {
      long capture = i * SECOND / 25;
      camera.nanoTime = start + capture + random.nextInt(1 + jitterMillis) * MILLI;
      captured.add(startUtc + capture);
      camera.picture((long) ticks, i % 50 == 0);
      if (i % 100 == 10 && reports != Reports.NONE) {
        long utc = startUtc + (reports == Reports.TRUE ? capture : (long) media);
        camera.receiver.rtcp(
            0,
            TestCamera.senderReport(camera.ssrc, utc, (long) ticks),
            camera.nanoTime,
            camera.utcNanos());
      }
      double step = i >= 25 * faultFrom ? rate : 1;
      ticks += 3600 * step;
      media += SECOND / 25.0 * step;
    }
    return captured;
  }

  @ParameterizedTest(name = "rate {0} from {1} s, sender reports {2}")
  @CsvSource({
    "2, 0, NONE",
    "2, 30, NONE",
    "2, 30, TRUE",
    "2, 0, WITH_MEDIA",
    "0.5, 0, NONE",
    "0.5, 30, NONE",
    "0.5, 30, TRUE",
    "0.5, 30, WITH_MEDIA",
    "0.97, 0, NONE",
    "0.97, 30, TRUE",
    "0.97, 0, WITH_MEDIA",
    "1.03, 0, NONE",
    "1.03, 30, TRUE",
    "0.8, 0, TRUE",
    "0.8, 30, NONE",
    "1.25, 0, TRUE",
    "0.995, 0, NONE",
    "1.005, 0, NONE",
    "0.1, 20, NONE",
    "0.75, 0, TRUE",
    "0.75, 20, WITH_MEDIA",
    "3, 0, NONE",
    "3, 30, NONE",
    "8, 0, NONE",
    "8, 30, NONE",
    "10, 0, NONE",
    "10, 20, NONE",
    "10, 20, TRUE",
    "10, 0, WITH_MEDIA",
    "0.995, 10, WITH_MEDIA",
    "1, 0, TRUE",
  })
  void utcNanos_clockOfAnotherRate_isRightWithinTenSeconds(
      double rate, int faultFrom, Reports reports) {
    TestCamera camera = TestCamera.live().start();

    List<Long> captured = play(camera, rate, faultFrom, reports, 15);

    List<Sample> samples = camera.output.samples;
    assertThat(samples).hasSize(captured.size());
    assertThat(camera.output.opened).isEmpty();
    for (int i = 0; i < samples.size(); i++) {
      if (i >= 25 * (faultFrom + 10) || i < 25 * faultFrom) {
        long error = samples.get(i).utcNanos() - captured.get(i);
        long stated = camera.output.errors.get(i);
        assertThat(error).as("picture " + i).isBetween(-stated, stated);
        assertThat(stated).as("stated at picture " + i).isBetween(0L, 500 * MILLI);
      }
      if (i > 0) {
        assertThat(samples.get(i).decodeTime()).isGreaterThan(samples.get(i - 1).decodeTime());
      }
    }
    long length = samples.get(samples.size() - 1).utcNanos() - samples.get(0).utcNanos();
    if (faultFrom > 0) {
      assertThat(length).isBetween((SECONDS - 1) * SECOND, (SECONDS + 1) * SECOND);
    }
    assertThat(
            camera.receiver.statistics().deviations().stream()
                .anyMatch(seen -> seen.deviation() == Deviation.RTP_CLOCK_WRONG))
        .isEqualTo(rate != 1);
  }

  @ParameterizedTest(name = "delays grow by {1} ms in {0} ms and stay for {2} ms")
  @CsvSource({"3000, 1500, 1000", "3000, 600, 4000", "1500, 1400, 0", "2000, 1900, 500"})
  void utcNanos_steadyCongestionOfThreeSeconds_isNoSlowClock(
      int growMillis, int delayMillis, int stayMillis) {
    TestCamera camera = TestCamera.live().start();
    Random random = new Random(5);
    long start = camera.nanoTime;
    long startUtc = camera.utcNanos();
    List<Long> captured = new ArrayList<>();
    for (int i = 0; i < 25 * 60; i++) {
      long capture = i * SECOND / 25;
      long since = capture - 20 * SECOND;
      long grown = Math.max(0, Math.min(since, growMillis * MILLI)) * delayMillis / growMillis;
      boolean over = since > (growMillis + stayMillis) * MILLI;
      // Then what has queued up comes at four times the pace.
      long left = grown - (over ? (since - (growMillis + stayMillis) * MILLI) * 3 / 4 : 0);
      camera.nanoTime = start + capture + Math.max(0, left) + random.nextInt(5) * MILLI;
      captured.add(startUtc + capture);
      camera.picture(1_000_000 + i * TestCamera.UNIT, i % 50 == 0);
    }

    assertThat(camera.output.opened).isEmpty();
    assertThat(camera.receiver.statistics().deviations()).isEmpty();
    for (int i = 0; i < captured.size(); i++) {
      long error = camera.output.samples.get(i).utcNanos() - captured.get(i);
      assertThat(error).as("picture " + i).isBetween(-50 * MILLI, 50 * MILLI);
    }
  }

  /** A camera that encodes slowly, or a relay: its reports are sent at once, and are true. */
  @ParameterizedTest
  @ValueSource(longs = {300, 600, 1500, 5000, 20_000, 80_000})
  void utcNanos_mediaAlwaysComesLate_isThatOfTheReportsAndTimeGoesOn(long latencyMillis) {
    TestCamera camera = TestCamera.live().start();
    Random random = new Random(9);
    long start = camera.nanoTime;
    long startUtc = camera.utcNanos();
    for (int i = 0; i < 25 * 40; i++) {
      long capture = i * SECOND / 25;
      long arrived = capture + latencyMillis * MILLI;
      camera.nanoTime = start + arrived + random.nextInt(5) * MILLI;
      camera.picture(1_000_000 + i * TestCamera.UNIT, i % 50 == 0);
      if (i % 125 == 2) {
        report(camera, startUtc + arrived, arrived);
      }
    }

    assertThat(camera.output.opened).isEmpty();
    assertThat(camera.receiver.statistics().deviations()).isEmpty();
    List<Sample> samples = camera.output.samples;
    for (int i = 0; i < samples.size(); i++) {
      long error = samples.get(i).utcNanos() - startUtc - i * SECOND / 25;
      assertThat(error).as("picture " + i).isBetween(-MILLI, MILLI);
      assertThat(camera.output.errors.get(i))
          .as("stated at picture " + i)
          .isBetween(350 * MILLI, (i < 250 ? latencyMillis + 350 : 350) * MILLI);
      if (i > 0) {
        long distance = samples.get(i).decodeTime() - samples.get(i - 1).decodeTime();
        assertThat(distance).isEqualTo(TestCamera.UNIT);
      }
    }
  }

  /** A burst at the live pace, which looks like latency until the camera catches up. */
  @ParameterizedTest
  @ValueSource(longs = {50, 100, 300, 750, 3000})
  void utcNanos_mediaComesLateThenCatchesUp_isThatOfTheReports(long millisPerSecond) {
    TestCamera camera = TestCamera.live().start();
    long start = camera.nanoTime;
    long startUtc = camera.utcNanos();
    long arrived = 0;
    for (int i = 0; i < 25 * 150; i++) {
      long capture = i * SECOND / 25;
      long late = 6 * SECOND - Math.max(0, capture - 20 * SECOND) / 1000 * millisPerSecond;
      arrived = Math.max(arrived, capture + Math.max(5 * MILLI, late));
      camera.nanoTime = start + arrived;
      camera.picture(1_000_000 + i * TestCamera.UNIT, i % 50 == 0);
      if (i % 125 == 2) {
        report(camera, startUtc + arrived, arrived);
      }
    }

    assertThat(camera.output.opened).isEmpty();
    assertThat(camera.receiver.statistics().deviations()).isEmpty();
    for (int i = 0; i < camera.output.samples.size(); i++) {
      long error = camera.output.samples.get(i).utcNanos() - startUtc - i * SECOND / 25;
      assertThat(error).as("picture " + i).isBetween(-20 * MILLI, 20 * MILLI);
    }
    assertThat(camera.output.errors.get(camera.output.errors.size() - 1)).isEqualTo(350 * MILLI);
  }

  private static void report(TestCamera camera, long utcNanos, long mediaNanos) {
    ByteBuffer report =
        TestCamera.senderReport(camera.ssrc, utcNanos, 1_000_000 + mediaNanos * 9 / 100_000);
    camera.receiver.rtcp(0, report, camera.nanoTime, camera.utcNanos());
  }

  @Test
  void utcNanos_timestampsStandStill_arrivalsTakeOver() {
    TestCamera camera = TestCamera.live().start();

    List<Long> captured = play(camera, 0, 0, Reports.NONE, 10);

    assertStill(camera, captured);
  }

  @Test
  void utcNanos_timestampsStopInTheMiddleAndGoOn_arrivalsTakeOver() {
    TestCamera camera = TestCamera.live().start();

    List<Long> captured = play(camera, 0, 20, Reports.TRUE, 10);

    assertStill(camera, captured);
  }

  private static void assertStill(TestCamera camera, List<Long> captured) {
    List<Sample> samples = camera.output.samples;
    assertThat(samples).hasSize(captured.size());
    for (int i = 0; i < samples.size(); i++) {
      long error = samples.get(i).utcNanos() - captured.get(i);
      assertThat(error).as("picture " + i).isBetween(-500 * MILLI, 500 * MILLI);
    }
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.TIMESTAMPS_STAND_STILL);
  }

  @Test
  void place_twoPicturesWithOneTimestamp_areSpread() {
    TestCamera camera = TestCamera.replay().start();
    for (int i = 0; i < 100; i++) {
      camera.picture(1_000_000 + i / 2 * 7200L, i % 50 == 0);
    }
    camera.receiver.end(GapCause.OPERATOR);
    assertThat(camera.output.samples).hasSize(100);
    for (int i = 4; i < 100; i++) {
      long distance = camera.output.presentation(i) - camera.output.presentation(i - 1);
      assertThat(distance).isEqualTo(3600);
    }
  }
}
