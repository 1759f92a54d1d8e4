package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GopQueueTest {
  private static final Run RUN =
      new Run(0, RunFormat.of(TrackSet.of(Fixtures.VIDEO)).orElseThrow(), UtcSource.ARRIVAL, 0);
  private static final int BYTES = 100;

  private long limit = 10 * BYTES;
  private final GopQueue queue = new GopQueue(() -> limit);
  private long time;

  private Optional<GopQueue.Dropped> group(int parts) {
    queue.begin(RUN, List.of());
    Optional<GopQueue.Dropped> dropped = Optional.empty();
    for (int i = 0; i < parts; i++) {
      Optional<GopQueue.Dropped> now = queue.add(Fixtures.part(time++, 1, i == 0, BYTES));
      dropped = dropped.or(() -> now);
    }
    return dropped;
  }

  private List<QueueEntry> take() {
    List<QueueEntry> entries = new ArrayList<>();
    queue.take(entries, Long.MAX_VALUE);
    return entries;
  }

  private static List<Long> times(List<QueueEntry> entries) {
    List<Long> times = new ArrayList<>();
    for (QueueEntry entry : entries) {
      if (entry instanceof QueueEntry.Media media) {
        times.add(media.part().decodeTime());
      }
    }
    return times;
  }

  @Test
  void take_groups_comeInOrder() {
    group(2);
    group(1);

    List<QueueEntry> entries = take();

    assertThat(entries).hasSize(5);
    assertThat(entries.get(0)).isEqualTo(new QueueEntry.GopStart(RUN, List.of()));
    assertThat(entries.get(3)).isInstanceOf(QueueEntry.GopStart.class);
    assertThat(times(entries)).containsExactly(0L, 1L, 2L);
  }

  @Test
  void take_groupUnderConstruction_comesPartByPart() {
    group(1);
    assertThat(take()).hasSize(2);

    queue.add(Fixtures.part(time++, 1, false, BYTES));

    assertThat(times(take())).containsExactly(1L);
    group(1);
    assertThat(take()).hasSize(2);
  }

  @Test
  void add_overTheLimit_dropsTheOldestGroupThatIsNotBegun() {
    group(4);
    assertThat(times(take())).hasSize(4);
    group(3);
    group(3);

    Optional<GopQueue.Dropped> dropped = group(1);

    assertThat(dropped).isPresent();
    assertThat(dropped.get().bytes()).isEqualTo(3 * BYTES);
    assertThat(dropped.get().groups()).isEqualTo(1);
    assertThat(dropped.get().first()).isTrue();
    List<QueueEntry> rest = take();
    assertThat(times(rest)).containsExactly(7L, 8L, 9L, 10L);
    QueueEntry.GopStart start = (QueueEntry.GopStart) rest.get(0);
    assertThat(start.gaps()).extracting(Gap::origin).containsExactly(GapOrigin.QUEUE);
    assertThat(start.gaps().get(0).causes()).containsExactly(GapCause.BACKPRESSURE);
  }

  @Test
  void add_moreGroupsOverTheLimit_isOneGap() {
    group(4);
    take();
    int first = 0;
    for (int i = 0; i < 20; i++) {
      Optional<GopQueue.Dropped> dropped = group(3);
      first += dropped.isPresent() && dropped.get().first() ? 1 : 0;
    }

    assertThat(first).isEqualTo(1);
    assertThat(queue.usedBytes()).isLessThanOrEqualTo(10 * BYTES);
    QueueEntry.GopStart start = (QueueEntry.GopStart) take().get(0);
    assertThat(start.gaps()).hasSize(1);
  }

  @Test
  void add_onlyGroupIsBegunAndTooLong_dropsItsRest() {
    group(4);
    take();
    queue.done(4 * BYTES);
    for (int i = 0; i < 30; i++) {
      queue.add(Fixtures.part(time++, 1, false, BYTES));
    }

    assertThat(queue.usedBytes()).isZero();
    group(2);
    List<QueueEntry> entries = take();
    assertThat(times(entries)).containsExactly(34L, 35L);
    assertThat(((QueueEntry.GopStart) entries.get(0)).gaps()).hasSize(1);
  }

  /** The budget is shared by more cameras now, and the lane stalls behind the end of a run. */
  @Test
  void add_limitShrinksAfterARun_dropsTheNewGroupAndKeepsTheRun() {
    group(8);
    queue.take(new ArrayList<>(), 2 * BYTES);
    queue.endRun();
    limit = 5 * BYTES;

    Optional<GopQueue.Dropped> dropped = group(1);

    assertThat(dropped).isPresent();
    assertThat(dropped.get().bytes()).isEqualTo(BYTES);
    assertThat(dropped.get().groups()).isEqualTo(1);
    assertThat(dropped.get().first()).isTrue();
    List<QueueEntry> rest = take();
    assertThat(times(rest)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(rest).endsWith(new QueueEntry.RunEnd());
    queue.done(8 * BYTES);
    group(1);
    assertThat(gapsOfFirst(take())).containsExactly("queue");
  }

  @Test
  void add_limitShrinksWhileAllIsBeingWritten_dropsTheNewGroup() {
    group(8);
    queue.endRun();
    take();
    limit = 5 * BYTES;

    Optional<GopQueue.Dropped> dropped = group(1);

    assertThat(dropped.map(GopQueue.Dropped::groups)).contains(1);
    assertThat(queue.usedBytes()).isEqualTo(8 * BYTES);
    queue.done(8 * BYTES);
    group(1);
    assertThat(gapsOfFirst(take())).containsExactly("queue");
  }

  @Test
  void add_droppedGroupBeganARun_itsGapStaysInFrontOfTheNext() {
    group(7);
    take();
    Gap source = Gap.open("a", Fixtures.START, GapOrigin.SOURCE, GapCause.CAMERA_UNREACHABLE);
    queue.begin(RUN, List.of(source));
    queue.add(Fixtures.part(time++, 1, true, BYTES));
    group(3);

    List<Gap> gaps = ((QueueEntry.GopStart) take().get(0)).gaps();

    assertThat(gaps).extracting(Gap::origin).containsExactly(GapOrigin.SOURCE, GapOrigin.QUEUE);
  }

  @Test
  void add_anything_releasesWhatItDrops() {
    for (int i = 0; i < 100; i++) {
      group(1 + i % 5);
      if (i % 7 == 0) {
        long bytes = 0;
        for (QueueEntry entry : take()) {
          if (entry instanceof QueueEntry.Media media) {
            bytes += media.part().data().size();
            media.part().release();
          }
        }
        queue.done(bytes);
      }
      assertThat(queue.usedBytes()).isBetween(0L, 10L * BYTES);
    }
  }

  @Test
  void take_marks_keepTheirPlace() {
    group(1);
    queue.endRun();
    group(1);
    queue.end(Gap.open("a", Fixtures.START, GapOrigin.RUNTIME, GapCause.OPERATOR));

    List<QueueEntry> entries = take();

    assertThat(entries.get(2)).isEqualTo(new QueueEntry.RunEnd());
    assertThat(entries.get(5)).isInstanceOf(QueueEntry.RecordingEnd.class);
    assertThat(take()).isEmpty();
  }

  @Test
  void hasRoom_anotherGroupWouldNotFit_isFalse() {
    group(4);
    assertThat(queue.hasRoom()).isTrue();
    group(4);
    assertThat(queue.hasRoom()).isFalse();
  }

  @Test
  void add_droppedGroupWithHole_holeIsInFrontOfTheNext() {
    group(4);
    take();
    group(1);
    queue.add(behindHole("a"));
    group(3);

    assertThat(group(2)).isPresent();

    assertThat(gapsOfFirst(take())).containsExactly("queue", "a");
  }

  @Test
  void add_holeInTheRestThatIsDropped_isInFrontOfTheNext() {
    group(4);
    take();
    queue.add(behindHole("a"));
    while (queue.add(Fixtures.part(time++, 1, false, BYTES)).isEmpty()) {
      assertThat(queue.usedBytes()).isPositive();
    }
    queue.add(behindHole("b"));
    assertThat(times(take())).isEmpty();
    group(1);

    assertThat(gapsOfFirst(take())).containsExactly("queue", "a", "b");
  }

  private Part behindHole(String id) {
    Part part = Fixtures.part(time++, 1, false, BYTES);
    Gap hole = Gap.open(id, Fixtures.START, GapOrigin.SOURCE, GapCause.BACKPRESSURE);
    return new Part(
        part.track(),
        part.decodeTime(),
        part.sync(),
        part.samples(),
        part.data(),
        Optional.of(hole));
  }

  private static List<String> gapsOfFirst(List<QueueEntry> entries) {
    QueueEntry.GopStart start = (QueueEntry.GopStart) entries.get(0);
    return start.gaps().stream()
        .map(gap -> gap.origin() == GapOrigin.QUEUE ? "queue" : gap.id())
        .toList();
  }
}
