package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.Sample;
import io.lva.media.SampleData;
import io.lva.media.Ticks;
import io.lva.media.TrackSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A week of a camera with everything that can happen to its clock and its connection. */
class WeekTest {
  private static final int RATE = 25;
  private static final long DAY_PICTURES = 24L * 3600 * RATE;
  private static final long FRAME_NANOS = 1_000_000_000L / RATE;
  private static final SampleData DATA = SampleData.copyOf(new byte[8]);

  private final VirtualClock clock = new VirtualClock(Fixtures.START);
  private final ManualLoop loop = new ManualLoop(clock);
  private final Ledger ledger = new Ledger();
  private final AssetRecorder recorder =
      new AssetRecorder(Duration.ofMillis(500), loop, start -> ledger);
  private long decodeTime;

  /** UTC as the session's clock has it: true time, plus steps of the host's clock. */
  private long trueNanos = Utc.nanos(Fixtures.START);

  private long stepNanos;
  private long picture;
  private int gaps;

  /** Sums up what the writer lane would write. */
  private static final class Ledger implements Recording {
    private final GopQueue queue = new GopQueue(() -> Long.MAX_VALUE);
    private final List<QueueEntry> entries = new ArrayList<>();
    private final SegmentPlanner planner =
        new SegmentPlanner(
            Duration.ofSeconds(30), Duration.ofSeconds(30), AssetHistory.none(), RunId::random);
    private long mediaTicks;
    private long runEnd = Long.MIN_VALUE;
    private Duration missing = Duration.ZERO;
    private Duration bridged = Duration.ZERO;
    private int runs;
    private int segments;
    private Instant first = Instant.MAX;

    @Override
    public GopQueue queue() {
      return queue;
    }

    @Override
    public void ready() {
      queue.take(entries, Long.MAX_VALUE);
      for (QueueEntry entry : entries) {
        if (entry instanceof QueueEntry.GopStart start) {
          planner.group(start);
        } else if (entry instanceof QueueEntry.Media media) {
          part(media.part());
        }
      }
      entries.clear();
    }

    private void part(Part part) {
      if (planner.needsSegment(part)) {
        SegmentHead head = planner.plan(part);
        planner.endSegment();
        planner.begin(head);
        segments++;
        if (head.origin().sequence() == 0) {
          runs++;
          for (Gap gap : head.origin().gaps()) {
            missing = missing.plus(Duration.between(gap.start(), gap.end().orElseThrow()));
          }
        } else {
          assertThat(part.decodeTime()).isEqualTo(runEnd);
        }
      } else {
        assertThat(part.decodeTime()).isEqualTo(runEnd);
      }
      part.bridged()
          .ifPresent(
              gap ->
                  bridged = bridged.plus(Duration.between(gap.start(), gap.end().orElseThrow())));
      first = first.equals(Instant.MAX) ? head(part) : first;
      planner.written(part);
      mediaTicks += part.samples().durationTicks();
      runEnd = part.end();
      part.release();
    }

    private static Instant head(Part part) {
      return Utc.instant(part.decodeTime(), Fixtures.TIMESCALE);
    }

    @Override
    public void gapOpened(Gap gap) {
      // Rows are another test's.
    }

    @Override
    public void gapClosed(Gap gap) {
      // Rows are another test's.
    }

    @Override
    public void dropped(GopQueue.Dropped dropped) {
      throw new AssertionError("an unlimited queue drops nothing");
    }

    @Override
    public void late() {
      throw new AssertionError("there is one track");
    }
  }

  private void picture(long driftPpm) {
    long now = trueNanos + stepNanos;
    boolean sync = picture++ % 50 == 0;
    recorder.sample(new Sample(Fixtures.VIDEO, decodeTime, 0, sync, false, now, DATA));
    pass(1, driftPpm);
  }

  /** A camera whose clock drifts sends pictures a little too fast or too slow. */
  private void pass(long pictures, long driftPpm) {
    decodeTime += pictures * Fixtures.TIMESCALE / RATE;
    trueNanos += pictures * (FRAME_NANOS + FRAME_NANOS * driftPpm / 1_000_000);
  }

  private Gap open(GapCause cause) {
    Gap gap = Gap.open("g" + gaps++, Utc.instant(trueNanos + stepNanos), GapOrigin.SOURCE, cause);
    recorder.gapOpened(gap);
    return gap;
  }

  private void close(Gap gap) {
    picture = 0;
    recorder.gapClosed(gap.closedAt(Utc.instant(trueNanos + stepNanos)));
  }

  private void happen(Random random, int event, long driftPpm) {
    switch (event) {
      case 0 -> {
        Gap gap = open(GapCause.PACKET_LOSS);
        pass(1 + random.nextInt(100), driftPpm);
        close(gap);
      }
      case 1 -> {
        Gap gap = open(GapCause.CAMERA_UNREACHABLE);
        pass(25 + random.nextInt(25 * 60), driftPpm);
        decodeTime = random.nextInt();
        recorder.tracks(TrackSet.of(Fixtures.VIDEO));
        close(gap);
      }
      default -> stepNanos += (random.nextBoolean() ? 1 : -1) * random.nextLong(60_000_000_000L);
    }
  }

  private void record(int days, long driftPpm, int losses, int reconnects, int steps) {
    Random random = new Random(driftPpm + losses);
    List<Integer> events = new ArrayList<>();
    events.addAll(java.util.Collections.nCopies(losses, 0));
    events.addAll(java.util.Collections.nCopies(reconnects, 1));
    events.addAll(java.util.Collections.nCopies(steps, 2));
    java.util.Collections.shuffle(events, random);
    recorder.tracks(TrackSet.of(Fixtures.VIDEO));
    long between = days * DAY_PICTURES / (events.size() + 1);
    for (int event : events) {
      for (long i = 0; i < between; i++) {
        picture(driftPpm);
      }
      happen(random, event, driftPpm);
    }
    for (long i = 0; i < between; i++) {
      picture(driftPpm);
    }
    recorder.end(GapCause.OPERATOR);
    assertBalanced();
  }

  /** Media + gaps - overlaps = elapsed, on the session's clock, within one picture per day. */
  private void assertBalanced() {
    Duration elapsed = Duration.between(ledger.first, Utc.instant(trueNanos + stepNanos));
    Duration media =
        Duration.ofNanos(
            Ticks.convert(ledger.mediaTicks, Fixtures.TIMESCALE, Ticks.NANOS_PER_SECOND));
    Duration balance = media.plus(ledger.missing).minus(elapsed).abs();
    assertThat(balance).isLessThan(Duration.ofNanos(7 * FRAME_NANOS));
    Duration exact =
        Duration.between(
            Utc.instant(ledger.runEnd, Fixtures.TIMESCALE), Utc.instant(trueNanos + stepNanos));
    assertThat(exact.abs()).isLessThan(Duration.ofNanos(FRAME_NANOS));
  }

  @Test
  void day_drift300ppm_isFollowedWithoutANewRun() {
    record(1, 300, 0, 0, 0);

    assertThat(ledger.runs).isEqualTo(1);
    assertThat(ledger.segments).isBetween(2870, 2890);
  }

  @Test
  void day_driftMinus300ppm_isFollowedWithoutANewRun() {
    record(1, -300, 0, 0, 0);

    assertThat(ledger.runs).isEqualTo(1);
  }

  @Test
  void week_driftLossReconnectsAndSteps_balance() {
    record(7, 300, 2000, 200, 12);

    assertThat(ledger.runs).isBetween(100, 250);
    assertThat(ledger.bridged).isGreaterThan(Duration.ofMinutes(30));
    assertThat(ledger.missing.abs()).isGreaterThan(Duration.ofMinutes(30));
  }
}
