package io.lva.asset.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.index.Fragments;
import io.lva.asset.index.TimeRange;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeRangesTest {
  private static final long MS = 1_000_000;

  @Test
  void add_anyOrder_isTheUnion() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      TimeRanges ranges = new TimeRanges();
      BitSet expected = new BitSet();
      for (int i = 0; i < 30; i++) {
        int start = random.nextInt(200);
        int end = start + random.nextInt(20);
        ranges.add(start * MS, end * MS);
        expected.set(start, end);
      }
      BitSet found = new BitSet();
      for (TimeRange range : ranges.all()) {
        found.set((int) (range.startNanos() / MS), (int) (range.endNanos() / MS));
      }
      assertThat(found).isEqualTo(expected);
      BitSet holes = new BitSet();
      for (TimeRange hole : ranges.holes(0, 250 * MS)) {
        holes.set((int) (hole.startNanos() / MS), (int) (hole.endNanos() / MS));
      }
      holes.flip(0, 250);
      assertThat(holes).isEqualTo(expected);
    }
  }

  @Test
  void add_lessThanAMillisecondApart_isOneRange() {
    TimeRanges ranges = new TimeRanges();
    ranges.add(0, 5 * MS);
    ranges.add(6 * MS - 1, 7 * MS);
    ranges.add(8 * MS, 9 * MS);
    assertThat(ranges.all())
        .containsExactly(TimeRange.ofNanos(0, 7 * MS), TimeRange.ofNanos(8 * MS, 9 * MS));
    assertThat(ranges.within(6 * MS, 8 * MS)).isEqualTo(List.of(TimeRange.ofNanos(6 * MS, 7 * MS)));
  }

  @Test
  void fragmentsAt_anyTick_isTheLastThatStartedBefore() {
    Fragments fragments = Fragments.builder().add(0, 1, 10).add(1, 1, 0).add(2, 1, 5).build();
    assertThat(fragments.at(-1)).isEqualTo(-1);
    assertThat(fragments.at(0)).isZero();
    assertThat(fragments.at(9)).isZero();
    assertThat(fragments.at(10)).isEqualTo(2);
    assertThat(fragments.at(1000)).isEqualTo(2);
    assertThat(fragments.durationTicks()).isEqualTo(15);
    assertThat(Fragments.empty().at(0)).isEqualTo(-1);
  }
}
