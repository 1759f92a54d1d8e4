package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampFilterTest {
  private static final int RATE = 90_000;
  private static final long MILLI = 1_000_000L;
  private static final long UNIT = 3600;

  private final ReceiverCounters counters = new ReceiverCounters();
  private SessionClock clock = new SessionClock(RATE, ReceiverOptions.defaults());
  private TimestampFilter filter = new TimestampFilter(RATE, clock, counters);
  private long nanoTime;
  private long timestamp = 0xffff_0000L;

  private long place(long stepTicks, long stepNanos) {
    timestamp += stepTicks;
    nanoTime += stepNanos;
    long ticks = filter.place((int) timestamp, nanoTime, nanoTime);
    clock.arrival(ticks, nanoTime, nanoTime);
    if (clock.isSettled() && !clock.hasOrigin()) {
      clock.fixOrigin();
    }
    return ticks;
  }

  private long run(int pictures) {
    long ticks = 0;
    for (int i = 0; i < pictures; i++) {
      ticks = place(UNIT, 40 * MILLI);
    }
    return ticks;
  }

  @ParameterizedTest
  @ValueSource(longs = {-9800, 37_600, -11, 11, 100_000})
  void place_oneFrameJumps_isReplacedAndTheLineStays(long seconds) {
    for (int before : List.of(3, 100)) {
      clock = new SessionClock(RATE, ReceiverOptions.defaults());
      filter = new TimestampFilter(RATE, clock, counters);
      long last = run(before);
      assertThat(place(seconds * RATE, 40 * MILLI)).isEqualTo(last + UNIT);
      timestamp -= seconds * RATE;
      assertThat(place(2 * UNIT, 40 * MILLI)).isEqualTo(last + 2 * UNIT);
      assertThat(run(10)).isEqualTo(last + 12 * UNIT);
      assertThat(filter.takeJump()).isFalse();
    }
    assertThat(counters.filteredTimestamps).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {-9800, 37_600, -3, 3})
  void place_jumpStays_isConfirmedAndTheLineGoesOn(long seconds) {
    long last = run(100);
    timestamp += seconds * RATE;
    List<Long> placed = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      placed.add(place(UNIT, 40 * MILLI) - last);
    }
    for (int i = 0; i < 50; i++) {
      assertThat(placed.get(i)).isEqualTo((i + 1) * UNIT);
    }
    assertThat(filter.takeJump()).isTrue();
    assertThat(filter.takeJump()).isFalse();
    assertThat(counters.filteredTimestamps).isEqualTo(TimestampFilter.CONFIRMATIONS);
  }

  @Test
  void place_cameraPauses_isExact() {
    long last = run(100);
    assertThat(place(3600L * RATE, 3600_000 * MILLI)).isEqualTo(last + 3600L * RATE);
    assertThat(counters.filteredTimestamps).isZero();
  }

  @Test
  void place_networkStalls_isExact() {
    long last = run(100);
    assertThat(place(UNIT, 60_000 * MILLI)).isEqualTo(last + UNIT);
    for (int i = 0; i < 1500; i++) {
      place(UNIT, 0);
    }
    assertThat(run(1)).isEqualTo(last + 1502 * UNIT);
    assertThat(counters.filteredTimestamps).isZero();
  }

  @Test
  void place_burstAtTheStart_isExact() {
    long first = place(0, 0);
    for (int i = 0; i < 300; i++) {
      place(UNIT, MILLI);
    }
    assertThat(run(1)).isEqualTo(first + 301 * UNIT);
    assertThat(counters.filteredTimestamps).isZero();
  }

  @Test
  void place_reordered_isExact() {
    long base = run(100);
    for (long step : new long[] {3, 1, 2, 6, 4, 5, 9, 7, 8}) {
      long now = filter.place((int) (timestamp + step * UNIT), nanoTime, nanoTime);
      assertThat(now).isEqualTo(base + step * UNIT);
    }
  }

  @Test
  void place_onePictureASecond_toleratesItsJitter() {
    long last = place(0, 0);
    for (int i = 0; i < 50; i++) {
      long step = RATE + (i % 2 == 0 ? 4000L : -4000L);
      assertThat(place(step, 1000 * MILLI)).isEqualTo(last + step);
      last += step;
    }
  }

  @Test
  void place_replayWithCameraClock_smallHolesAreExactAndHoursAreNot() {
    clock = new SessionClock(RATE, ReceiverOptions.defaults().withCameraClock(true));
    filter = new TimestampFilter(RATE, clock, counters);
    long last = run(100);
    assertThat(place(9L * RATE, 0)).isEqualTo(last + 9L * RATE);
    last += 9L * RATE;
    assertThat(place(7200L * RATE, 0)).isLessThan(last + RATE);
    run(10);
    assertThat(filter.takeJump()).isTrue();
  }

  @Test
  void place_sameTimestampTwice_isHalfAStepLater() {
    long last = run(5);
    assertThat(place(0, 40 * MILLI)).isEqualTo(last + UNIT / 2);
    assertThat(place(UNIT, 40 * MILLI)).isEqualTo(last + UNIT);
  }

  @Test
  void place_timestampsMeanNothing_arrivalsGiveTheTimeUntilTheyDo() {
    Random random = new Random(7);
    long last = run(100);
    for (int i = 1; i <= 100; i++) {
      nanoTime += 200 * MILLI;
      long placed = filter.place(random.nextInt(), nanoTime, nanoTime);
      if (i > 20) {
        assertThat(placed - last).as("picture " + i).isEqualTo(i * 5L * UNIT);
      }
    }
    assertThat(counters.deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.TIMESTAMPS_MEANINGLESS);

    timestamp = 77;
    long before = run(52);
    assertThat(place(UNIT, 90 * MILLI)).as("by its timestamp").isEqualTo(before + UNIT);
  }

  @Test
  void place_newSourceAfterASilence_theSilenceIsNoPicture() {
    place(0, 0);
    long last = run(1);
    filter.newSource();
    long first = place(77 * RATE, 8000 * MILLI);
    assertThat(first).isEqualTo(last + 8 * RATE);

    assertThat(place(10 * RATE, 40 * MILLI)).isEqualTo(first + UNIT);
    timestamp -= 10 * RATE;
    assertThat(place(2 * UNIT, 40 * MILLI)).isEqualTo(first + 2 * UNIT);
    assertThat(counters.filteredTimestamps).isEqualTo(1);
  }

  @Test
  void place_backwardsWithoutReordering_isReplaced() {
    long last = run(100);
    filter.ordered(true);
    assertThat(place(-UNIT / 2, 40 * MILLI)).isEqualTo(last + UNIT);
    assertThat(place(UNIT / 2 + 2 * UNIT, 40 * MILLI)).isEqualTo(last + 2 * UNIT);
  }
}
