package io.lva.playback;

import io.lva.asset.AssetGap;
import io.lva.asset.AssetReader;
import io.lva.asset.format.TimeRange;
import io.lva.asset.format.Utc;
import io.lva.media.GapCause;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells whether an asset is recorded, by this process or another, and which ranges of it can still
 * grow.
 *
 * <p>A recorder that stops names the end of its media, then its last file, then the row of that
 * file. So a recording has ended when there is media up to where its end was noted, not before: who
 * believes that earlier misses the last fragment.
 *
 * <p>Thread-safe.
 */
final class RecordingState {
  /** Another process that added nothing for so long does not record any more. */
  private static final Duration STILL_RECORDING = Duration.ofSeconds(60);

  /** An outage that lasts longer counts as the end of the recording of another process. */
  private static final Duration LONGEST_OUTAGE = Duration.ofHours(24);

  /** What comes behind an outage is not older: such a hole is not bridged any more. */
  private static final Duration NOT_BRIDGED = Duration.ofSeconds(15);

  /** No sample is shorter. */
  private static final Duration ROUNDING = Duration.ofMillis(1);

  private static final Set<GapCause> END_OF_RECORDING =
      Set.of(GapCause.PROCESS_STOPPED, GapCause.OPERATOR, GapCause.GATE_CLOSED);

  private final AssetReader reader;
  private final Supplier<Optional<LiveEdge>> edge;
  private final Clock clock;

  /**
   * Makes the state of an asset.
   *
   * @param reader of the asset
   * @param edge the newest end, while this process records
   * @param clock tells how old the newest media is
   */
  RecordingState(AssetReader reader, Supplier<Optional<LiveEdge>> edge, Clock clock) {
    this.reader = reader;
    this.edge = edge;
    this.clock = clock;
  }

  /** Says whether somebody records the asset, here or in another process. */
  boolean isRecorded() throws IOException {
    if (edge.get().isPresent()) {
      return true;
    }
    Optional<TimeRange> span = reader.span();
    if (span.isEmpty()) {
      return false;
    }
    Instant now = Utc.instant(clock.utcNanos());
    Instant end = span.get().end();
    List<AssetGap> open = openGaps(end, now);
    if (end.isAfter(now.minus(STILL_RECORDING))) {
      Instant latest = end.plus(ROUNDING);
      return open.stream().noneMatch(gap -> isEnd(gap) && !gap.gap().start().isAfter(latest));
    }
    return end.isAfter(now.minus(LONGEST_OUTAGE)) && !open.stream().allMatch(RecordingState::isEnd);
  }

  private List<AssetGap> openGaps(Instant from, Instant to) throws IOException {
    return reader.gaps(from.minus(ROUNDING), to).stream()
        .filter(gap -> gap.gap().end().isEmpty())
        .toList();
  }

  private static boolean isEnd(AssetGap gap) {
    return gap.gap().causes().stream().anyMatch(END_OF_RECORDING::contains);
  }

  /** Says whether a playlist of a range may get more than what is complete now. */
  boolean growsIn(ManifestRange range) throws IOException {
    return (range.end().isEmpty() || !isComplete(range.end().get())) && isRecorded();
  }

  /** Says whether nothing is missing any more that lies in front of an instant. */
  private boolean isComplete(Instant end) throws IOException {
    Optional<Instant> reached = edge.get().flatMap(LiveEdge::reached);
    if (reached.isEmpty()) {
      reached = reader.span().map(TimeRange::end);
    }
    if (reached.isEmpty() || !reached.get().isBefore(end)) {
      return reached.isPresent();
    }
    Instant now = Utc.instant(clock.utcNanos());
    return now.isAfter(end.plus(NOT_BRIDGED)) && !openGaps(reached.get(), end).isEmpty();
  }
}
