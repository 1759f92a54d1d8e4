package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.UtcSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionClockTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;
  private static final long UTC = 1_800_000_000L * SECOND;
  private static final int RATE = 90_000;

  /** A camera whose pictures are captured at known times, on a clock that drifts. */
  private static final class Camera {
    final SessionClock clock;
    final double rate;
    long captureNanos;
    long hostStep;
    long ticks;

    Camera(ReceiverOptions options, double driftPpm) {
      clock = new SessionClock(RATE, options);
      rate = 1 + driftPpm / 1e6;
    }

    /** Captures the next picture and lets it arrive. */
    void picture(long distanceNanos, long delayNanos) {
      captureNanos += distanceNanos;
      ticks = (1L << 32) + (long) (captureNanos * rate * RATE / SECOND);
      long arrival = captureNanos + delayNanos;
      clock.arrival(ticks, arrival, UTC + arrival + hostStep);
    }

    /** Reports the last picture on a clock that is off by so much. */
    void senderReport(long offNanos) {
      long captured = UTC + captureNanos;
      clock.senderReport(ticks, captured + offNanos, captured + 30 * MILLI);
    }

    long errorNanos() {
      return clock.utcNanos(ticks) - (UTC + captureNanos);
    }
  }

  private static Camera live(double driftPpm) {
    return new Camera(ReceiverOptions.defaults(), driftPpm);
  }

  private static void settle(Camera camera) {
    while (!camera.clock.isSettled()) {
      camera.picture(40 * MILLI, 5 * MILLI);
    }
    camera.clock.fixOrigin();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-300, -20, 0, 20, 300})
  void utcNanos_aWeekOfDriftJitterAndCongestion_staysWithin100Milliseconds(double driftPpm) {
    Random random = new Random(11);
    Camera camera = live(driftPpm);
    settle(camera);
    long previous = 0;
    long previousCapture = camera.captureNanos;
    long congestedUntil = 0;
    long end = 7 * 86_400 * SECOND;
    while (camera.captureNanos < end) {
      if (random.nextInt(20_000) == 0) {
        congestedUntil = camera.captureNanos + random.nextInt(20) * SECOND;
      }
      long delay = (long) (5 * MILLI - 15 * MILLI * Math.log(1 - random.nextDouble()));
      delay = Math.max(delay, congestedUntil - camera.captureNanos);
      camera.picture(250 * MILLI, delay);
      assertThat(camera.clock.isStepPending()).isFalse();
      long error = camera.errorNanos();
      if (Math.abs(error) > 100 * MILLI) {
        throw new AssertionError(error + " ns off after " + camera.captureNanos);
      }
      long change = Math.abs(error - previous);
      long limit = (camera.captureNanos - previousCapture) * 900 / 1_000_000 + 20_000;
      if (previous != 0 && change > limit) {
        throw new AssertionError("changes by " + change + " ns in one picture");
      }
      previous = error;
      previousCapture = camera.captureNanos;
    }
  }

  @Test
  void isSettled_burstAtTheStart_waitsForTheLivePace() {
    Camera camera = live(0);
    camera.captureNanos = -5 * SECOND;
    while (camera.captureNanos < 0) {
      camera.picture(40 * MILLI, -camera.captureNanos + (camera.captureNanos + 5 * SECOND) / 50);
      assertThat(camera.clock.isSettled()).isFalse();
    }
    settle(camera);
    assertThat(camera.captureNanos).isBetween(500 * MILLI, 800 * MILLI);
    assertThat(camera.errorNanos()).isBetween(0L, 25 * MILLI);
    assertThat(camera.clock.errorNanos()).isBetween(20 * MILLI, 60 * MILLI);
    assertThat(camera.clock.source()).contains(UtcSource.ARRIVAL);
  }

  @Test
  void isSettled_oneAndAHalfTimesThePace_isNotSettled() {
    Camera camera = live(0);
    for (long i = 0; i < 50; i++) {
      camera.picture(60 * MILLI, 2 * SECOND - i * 20 * MILLI);
      assertThat(camera.clock.isSettled()).isFalse();
    }
  }

  @Test
  void isSettled_burstStallsForMoreThanHalfASecond_waitsForTheLivePace() {
    Camera camera = live(0);
    camera.captureNanos = -2 * SECOND;
    camera.picture(40 * MILLI, -camera.captureNanos);
    long stalled = 600 * MILLI;
    while (camera.captureNanos < stalled) {
      camera.picture(
          40 * MILLI, stalled + (camera.captureNanos + 2 * SECOND) / 50 - camera.captureNanos);
      assertThat(camera.clock.isSettled()).isFalse();
    }
    settle(camera);
    assertThat(camera.errorNanos()).isBetween(0L, 60 * MILLI);
  }

  /** A camera that encodes what it sends first, or reads it from a slow disk. */
  @ParameterizedTest
  @CsvSource({"2655, 0, SENDER_REPORT", "80000, 300, SENDER_REPORT", "2655, 900, ARRIVAL"})
  void fixOrigin_burstAtTheLivePace_isThatOfAReportOnTheSameClock(
      long oldMillis, long offMillis, UtcSource expected) {
    Camera camera = live(0);
    long old = oldMillis * MILLI;
    camera.picture(40 * MILLI, old);
    long nowTicks = camera.ticks + old * RATE / SECOND;
    long now = UTC + camera.captureNanos + old;
    camera.clock.senderReport(nowTicks, now + offMillis * MILLI, now);
    while (!camera.clock.isSettled()) {
      camera.picture(40 * MILLI, old);
    }
    camera.clock.fixOrigin();
    assertThat(camera.clock.source()).contains(expected);
    long error = expected == UtcSource.ARRIVAL ? old : offMillis * MILLI;
    assertThat(camera.errorNanos()).isBetween(error - 20_000, error + 20_000);
  }

  @ParameterizedTest
  @CsvSource({
    "exact, 0, SENDER_REPORT",
    "0.4 s off, 400, SENDER_REPORT",
    "a second off, 1000, ARRIVAL",
    "six seconds off, 6000, ARRIVAL",
    "local time taken for UTC, -7200000, ARRIVAL",
    "1970, -1800000000000, ARRIVAL",
    "1900, -4008988800000, ARRIVAL",
  })
  void fixOrigin_senderReport_isTakenWhenSane(String name, long offMillis, UtcSource expected) {
    Camera camera = live(0);
    camera.picture(40 * MILLI, 30 * MILLI);
    camera.senderReport(offMillis * MILLI);
    settle(camera);
    assertThat(camera.clock.source()).as(name).contains(expected);
    if (expected == UtcSource.SENDER_REPORT) {
      assertThat(camera.errorNanos()).isBetween(offMillis * MILLI - 20_000, offMillis * MILLI);
      assertThat(camera.clock.errorNanos()).isBetween(0L, (offMillis + 30) * MILLI);
    }
  }

  @Test
  void fixOrigin_replayWithSenderReport_isThatOfTheReport() {
    SessionClock clock = new SessionClock(90_000, ReceiverOptions.defaults().withCameraClock(true));
    clock.senderReport(9000, UTC, UTC + SECOND);
    clock.arrival(9000, 0, UTC + SECOND);
    clock.fixOrigin();
    assertThat(clock.source()).contains(UtcSource.SENDER_REPORT);
    assertThat(clock.utcNanos(9000)).isEqualTo(UTC);
    assertThat(clock.errorNanos()).isEqualTo(SECOND);
  }

  @Test
  void fixOrigin_replayWithoutSenderReport_saysThatABurstMayComeFirst() {
    SessionClock clock = new SessionClock(90_000, ReceiverOptions.defaults().withCameraClock(true));
    clock.arrival(9000, 0, UTC);
    clock.fixOrigin();
    assertThat(clock.source()).contains(UtcSource.CAMERA);
    assertThat(clock.errorNanos()).isEqualTo(SECOND);
  }

  @Test
  void utcNanos_senderReportsDrift_areFollowedAndOneWrongOneIsNot() {
    Camera camera = live(200);
    camera.clock.arrival(1L << 32, 0, UTC);
    camera.clock.senderReport(1L << 32, UTC, UTC);
    settle(camera);
    for (int i = 0; i < 20_000; i++) {
      camera.picture(250 * MILLI, 40 * MILLI);
      if (i % 20 == 0) {
        long wrong = i == 10_000 ? -3600 * SECOND : 0;
        camera.senderReport(wrong);
      }
      assertThat(camera.errorNanos()).isBetween(-20 * MILLI, 20 * MILLI);
      assertThat(camera.clock.isStepPending()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-3000, -700, 700, 3000})
  void utcNanos_senderReportsJumpForGood_areNotBelievedAnyMore(long jumpMillis) {
    Camera camera = live(0);
    camera.clock.arrival(1L << 32, 0, UTC);
    camera.clock.senderReport(1L << 32, UTC, UTC);
    settle(camera);
    assertThat(camera.clock.source()).contains(UtcSource.SENDER_REPORT);
    for (int i = 0; i < 1500; i++) {
      camera.picture(40 * MILLI, 5 * MILLI);
      if (i % 125 == 0) {
        camera.senderReport(jumpMillis * MILLI);
      }
      assertThat(camera.errorNanos()).isBetween(-20 * MILLI, 20 * MILLI);
      assertThat(camera.clock.isStepPending()).isFalse();
    }
    assertThat(camera.clock.source()).contains(UtcSource.ARRIVAL);
    assertThat(camera.clock.takeSourceChange()).isTrue();
    assertThat(camera.clock.errorNanos()).isLessThan(100 * MILLI);
  }

  @Test
  void errorNanos_latencyIsReportedAfterTheOrigin_isStatedAndFollowed() {
    Camera camera = live(0);
    long latency = 700 * MILLI;
    while (!camera.clock.isSettled()) {
      camera.picture(40 * MILLI, latency);
    }
    camera.clock.fixOrigin();
    assertThat(camera.clock.source()).contains(UtcSource.ARRIVAL);
    for (int i = 0; i < 25 * 1800; i++) {
      camera.picture(40 * MILLI, latency);
      if (i % 125 == 0) {
        long arrived = camera.captureNanos + latency;
        camera.clock.senderReport(
            camera.ticks + latency * RATE / SECOND, UTC + arrived, UTC + arrived);
      }
      if (i >= 250) {
        assertThat(camera.errorNanos()).isBetween(0L, camera.clock.errorNanos());
      }
      assertThat(camera.clock.errorNanos(camera.ticks, camera.captureNanos + latency, 0))
          .isBetween(-MILLI, MILLI);
      assertThat(camera.clock.isStepPending()).isFalse();
    }
    assertThat(camera.errorNanos()).isBetween(0L, 20 * MILLI);
    assertThat(camera.clock.errorNanos()).isLessThan(50 * MILLI);
  }

  @Test
  void isStepPending_reportsDisagree_startsANewOriginWithoutThem() {
    Camera camera = live(0);
    camera.picture(40 * MILLI, 5 * MILLI);
    reportAhead(camera, 40);
    settle(camera);
    assertThat(camera.clock.source()).contains(UtcSource.SENDER_REPORT);
    for (int i = 0; !camera.clock.isStepPending(); i++) {
      camera.picture(40 * MILLI, 5 * MILLI);
      assertThat(-camera.errorNanos()).isBetween(0L, camera.clock.errorNanos());
      if (i % 50 == 49) {
        reportAhead(camera, 10 + i);
      }
      assertThat(i).isLessThan(150);
    }
    camera.clock.restart();
    camera.picture(40 * MILLI, 5 * MILLI);
    reportAhead(camera, 30);
    settle(camera);
    assertThat(camera.clock.source()).contains(UtcSource.ARRIVAL);
    assertThat(camera.errorNanos()).isBetween(0L, 10 * MILLI);
  }

  /** Reports the present on the host's clock, and a timestamp that is ahead. */
  private static void reportAhead(Camera camera, long seconds) {
    long now = UTC + camera.captureNanos + 5 * MILLI;
    camera.clock.senderReport(camera.ticks + seconds * RATE, now, now);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, -2, 2, 3600})
  void isStepPending_hostClockSteps_afterFiveSecondsAndUtcIsKeptUntilThen(long stepSeconds) {
    Camera camera = live(0);
    settle(camera);
    camera.hostStep = stepSeconds * SECOND;
    long start = camera.captureNanos;
    while (!camera.clock.isStepPending()) {
      camera.picture(40 * MILLI, 5 * MILLI);
      assertThat(camera.errorNanos()).isBetween(0L, 10 * MILLI);
    }
    assertThat(camera.captureNanos - start).isBetween(5 * SECOND, 5 * SECOND + 100 * MILLI);
    camera.clock.restart();
    settle(camera);
    assertThat(camera.errorNanos() - camera.hostStep).isBetween(0L, 10 * MILLI);
  }

  @Test
  void isStepPending_hostClockWrongForFourSeconds_isIgnored() {
    Camera camera = live(0);
    settle(camera);
    for (int i = 0; i < 1000; i++) {
      camera.hostStep = i >= 100 && i < 200 ? 50 * SECOND : 0;
      camera.picture(40 * MILLI, 5 * MILLI);
      assertThat(camera.clock.isStepPending()).isFalse();
      assertThat(camera.errorNanos()).isBetween(0L, 10 * MILLI);
    }
  }

  @Test
  void utcNanos_hostClockCorrectedByLessThanASecond_isFollowedSlowly() {
    Camera camera = live(0);
    settle(camera);
    camera.hostStep = 300 * MILLI;
    long last = camera.errorNanos();
    for (int i = 0; i < 50_000; i++) {
      camera.picture(40 * MILLI, 5 * MILLI);
      assertThat(camera.errorNanos() - last).isBetween(-20_000L, 32_000L);
      last = camera.errorNanos();
    }
    assertThat(last).isBetween(290 * MILLI, 310 * MILLI);
    assertThat(camera.clock.isStepPending()).isFalse();
  }

  @Test
  void isStepPending_originFixedInCongestion_isCorrectedByAStep() {
    Camera camera = live(0);
    for (int i = 0; i < 20; i++) {
      camera.picture(40 * MILLI, 4 * SECOND);
    }
    camera.clock.fixOrigin();
    long start = camera.captureNanos;
    while (!camera.clock.isStepPending()) {
      camera.picture(40 * MILLI, 5 * MILLI);
    }
    assertThat(camera.captureNanos - start).isLessThan(6 * SECOND);
  }

  @Test
  void utcNanos_cameraClock_isFirstArrivalPlusMediaTime() {
    Camera camera = new Camera(ReceiverOptions.defaults().withCameraClock(true), 0);
    camera.picture(0, 7 * MILLI);
    assertThat(camera.clock.isSettled()).isTrue();
    camera.clock.fixOrigin();
    for (int i = 0; i < 10_000; i++) {
      camera.picture(40 * MILLI, -camera.captureNanos);
    }
    assertThat(camera.errorNanos()).isBetween(7 * MILLI - 20_000, 7 * MILLI);
    assertThat(camera.clock.isStepPending()).isFalse();
    assertThat(camera.clock.source()).contains(UtcSource.CAMERA);
  }
}
