package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeTimesTest {
  private static final long UNIT = 3600;
  private static final long PAUSE = 900_000;

  /** One GOP in decode order, as distances of presentation in pictures. */
  private static final int[] NO_B = {0, 1, 2, 3, 4, 5, 6, 7};

  private static final int[] TWO_B = {0, 3, 1, 2, 6, 4, 5, 9, 7, 8};
  private static final int[] PYRAMID = {0, 4, 2, 1, 3, 8, 6, 5, 7};
  private static final int[] OPEN_GOP = {2, 0, 1, 5, 3, 4, 8, 6, 7};

  @Test
  void decodeTime_noReordering_isPresentation() {
    DecodeTimes times = times(0, 4);
    for (long presentation = 1000; presentation < 100_000; presentation += UNIT) {
      assertThat(next(times, presentation)).isEqualTo(presentation);
    }
    assertThat(times.depth()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2", "3, 2"})
  void decodeTime_depthStated_neverLaterThanPresentation(int pattern, int depth) {
    DecodeTimes times = times(depth, depth);
    long last = Long.MIN_VALUE;
    for (long presentation : stream(patterns().get(pattern), 20)) {
      long decodeTime = next(times, presentation);
      assertThat(decodeTime).isGreaterThan(last);
      assertThat(presentation - decodeTime).isBetween(pattern == 3 ? -2 * UNIT : 0, 6 * UNIT);
      last = decodeTime;
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2", "3, 1"})
  void decodeTime_depthSeenInAdvance_isRightFromTheFirstPicture(int pattern, int depth) {
    DecodeTimes times = times(0, 4);
    List<Long> presentations = stream(patterns().get(pattern), 20);
    presentations.subList(0, 12).forEach(times::observe);
    assertThat(times.depth()).isEqualTo(depth);
    List<Long> decodeTimes = presentations.stream().map(times::decodeTime).toList();
    assertThat(decodeTimes).isSorted().doesNotHaveDuplicates();
    assertThat(presentations.get(0) - decodeTimes.get(0)).isEqualTo(depth * UNIT);
    for (int i = pattern == 3 ? 12 : depth; i < decodeTimes.size() - 1; i++) {
      assertThat(decodeTimes.get(i + 1) - decodeTimes.get(i)).isEqualTo(UNIT);
    }
  }

  @Test
  void decodeTime_depthLearntOnTheWay_creepsOnceAndIsRightAfterwards() {
    DecodeTimes times = times(0, 4);
    List<Long> presentations = stream(PYRAMID, 20);
    List<Long> decodeTimes = new ArrayList<>();
    for (long presentation : presentations) {
      decodeTimes.add(next(times, presentation));
    }
    assertThat(decodeTimes).isSorted().doesNotHaveDuplicates();
    for (int i = 10; i < decodeTimes.size(); i++) {
      assertThat(decodeTimes.get(i)).isLessThanOrEqualTo(presentations.get(i));
    }
  }

  @Test
  void decodeTime_orderForbidsReordering_creepsAndRecovers() {
    DecodeTimes times = times(0, 0);
    assertThat(next(times, 1000)).isEqualTo(1000);
    assertThat(next(times, 1000)).isEqualTo(1001);
    assertThat(next(times, 400)).isEqualTo(1002);
    assertThat(next(times, 4600)).isEqualTo(4600);
    assertThat(times.depth()).isZero();
  }

  @Test
  void decodeTime_longPause_doesNotReachOverIt() {
    DecodeTimes times = times(2, 2);
    next(times, 0);
    next(times, 3 * UNIT);
    next(times, 2 * UNIT);
    assertThat(next(times, 30_000_000_000L)).isEqualTo(30_000_000_000L - 2 * UNIT);
  }

  @Test
  void restart_afterAHole_beginsDepthBeforeTheNextPicture() {
    DecodeTimes times = times(1, 1);
    stream(TWO_B, 3).forEach(presentation -> next(times, presentation));
    times.restart();
    long later = (1L << 32) + 5_000_000;
    assertThat(next(times, later)).isEqualTo(later - UNIT);
  }

  @Test
  void decodeTime_anything_strictlyAdvances() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      DecodeTimes times = times(random.nextInt(20), random.nextInt(20));
      long presentation = 1L << 32;
      long last = Long.MIN_VALUE;
      for (int i = 0; i < 300; i++) {
        presentation += random.nextInt(20_000) - 6000;
        if (random.nextInt(50) == 0) {
          times.restart();
        }
        long decodeTime = next(times, presentation);
        assertThat(decodeTime).isGreaterThan(last);
        last = decodeTime;
      }
    }
  }

  private static List<int[]> patterns() {
    return List.of(NO_B, TWO_B, PYRAMID, OPEN_GOP);
  }

  private static DecodeTimes times(int stated, int maximum) {
    DecodeTimes times = new DecodeTimes();
    times.parameters(stated, maximum, UNIT, PAUSE);
    return times;
  }

  private static long next(DecodeTimes times, long presentation) {
    times.observe(presentation);
    return times.decodeTime(presentation);
  }

  private static List<Long> stream(int[] pattern, int repetitions) {
    List<Long> result = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      for (int picture : pattern) {
        result.add((1L << 32) + (i * (long) pattern.length + picture) * UNIT);
      }
    }
    return result;
  }
}
