package io.lva.playback.window;

import io.lva.asset.AssetGap;
import io.lva.asset.AssetReader;
import io.lva.asset.format.Utc;
import io.lva.media.GapCause;
import io.lva.playback.address.ManifestRange;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Knows whether an asset is being recorded, by this process or another, and which ranges of it can
 * still grow.
 *
 * <p>A recorder that stops notes the end of its media, then names its last file, then adds the row
 * of that file. So a recording has ended once there is media up to the end that was noted: a reader
 * that considered it ended earlier would miss the last fragment.
 *
 * <p>Thread-safe.
 */
public final class RecordingState {
  /** A recorder whose lock cannot be seen and that has added nothing for this long has stopped. */
  private static final Duration STILL_RECORDING = Duration.ofSeconds(60);

  /** An outage that lasts longer counts as the end of the recording of another process. */
  private static final Duration LONGEST_OUTAGE = Duration.ofHours(24);

  /** A hole that lasts longer is not bridged. */
  private static final Duration NOT_BRIDGED = Duration.ofSeconds(15);

  /** Tolerance for times that were rounded; no sample is shorter. */
  private static final Duration ROUNDING = Duration.ofMillis(1);

  private static final Set<GapCause> END_OF_RECORDER =
      Set.of(GapCause.PROCESS_STOPPED, GapCause.OPERATOR);

  private final AssetReader reader;
  private final Supplier<Optional<LiveEdge>> edge;
  private final Supplier<Optional<List<GapCause>>> awaited;
  private final WriterWatch writer;
  private final Clock clock;

  /**
   * Creates the state of an asset.
   *
   * @param reader of the asset
   * @param edge the newest end, while this process records or another can be followed
   * @param awaited why there is no media, while a recorder of this process waits for it
   * @param writer notices that a recorder in another process was killed
   * @param clock tells how old the newest media is
   */
  RecordingState(
      AssetReader reader,
      Supplier<Optional<LiveEdge>> edge,
      Supplier<Optional<List<GapCause>>> awaited,
      WriterWatch writer,
      Clock clock) {
    this.awaited = awaited;
    this.reader = reader;
    this.edge = edge;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Returns whether somebody records the asset, here or in another process.
   *
   * @return true also while the camera is off; for a recorder that cannot be followed, up to 24
   *     hours after its newest media
   * @throws IOException when the store fails
   */
  public boolean isRecorded() throws IOException {
    if (edge.get().isPresent()) {
      return true;
    }
    Optional<Instant> newest = newestEnd();
    if (newest.isEmpty()
        || newest.get().isBefore(Utc.instant(clock.utcNanos()).minus(LONGEST_OUTAGE))
        || writer.isGone()) {
      return false;
    }
    Instant now = Utc.instant(clock.utcNanos());
    Instant end = newest.get();
    List<AssetGap> open = openGaps(end, now);
    if (end.isAfter(now.minus(STILL_RECORDING))) {
      Instant latest = end.plus(ROUNDING);
      return open.stream().noneMatch(gap -> isEnd(gap) && !gap.gap().start().isAfter(latest));
    }
    return !open.stream().allMatch(RecordingState::isEnd);
  }

  /** What happens at the newest end of an asset. */
  public enum Activity {
    /** Media arrives. */
    LIVE,
    /** Somebody records, and no media arrives: the camera is off, say. */
    INTERRUPTED,
    /**
     * Somebody is about to record and has no media: the camera is being connected, or a gate has
     * not opened.
     */
    WAITING,
    /** Nobody records. */
    STOPPED;

    /**
     * Returns the name that answers use.
     *
     * @return the name in lower case
     */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What happens at the newest end of an asset.
   *
   * @param activity whether media arrives
   * @param since when the media ended; empty while it arrives or when there is none
   * @param causes why no media arrives, as far as the recorder knows
   */
  public record Status(Activity activity, Optional<Instant> since, List<GapCause> causes) {
    /**
     * Copies the list.
     *
     * @param activity see above
     * @param since see above
     * @param causes see above
     */
    public Status {
      causes = List.copyOf(causes);
    }

    /**
     * Returns whether somebody records.
     *
     * @return true also while no media arrives
     */
    public boolean recorded() {
      return activity == Activity.LIVE || activity == Activity.INTERRUPTED;
    }
  }

  /**
   * Returns what happens at the newest end.
   *
   * @return the state as far as this process knows it: of another process it sees only the files
   * @throws IOException when the store fails
   */
  public Status status() throws IOException {
    Optional<Instant> end = newestEnd();
    Instant now = Utc.instant(clock.utcNanos());
    List<AssetGap> open = end.isEmpty() ? List.of() : openGaps(end.get(), now);
    List<GapCause> causes = open.isEmpty() ? List.of() : open.get(open.size() - 1).gap().causes();
    if (!isRecorded()) {
      Optional<List<GapCause>> missing = awaited.get();
      if (missing.isPresent()) {
        return new Status(Activity.WAITING, end, missing.get());
      }
      return isAwaitedElsewhere(end, causes, now)
          ? new Status(Activity.WAITING, end, List.of())
          : new Status(Activity.STOPPED, end, causes);
    }
    boolean arrives =
        end.isEmpty() || (open.isEmpty() && end.get().isAfter(now.minus(NOT_BRIDGED)));
    return arrives
        ? new Status(Activity.LIVE, Optional.empty(), List.of())
        : new Status(Activity.INTERRUPTED, end, causes);
  }

  /**
   * Returns whether another process is about to record: it holds the lock, but shows nothing before
   * its first media. A recorder that has stopped may hold the lock a little longer.
   */
  private boolean isAwaitedElsewhere(Optional<Instant> end, List<GapCause> causes, Instant now)
      throws IOException {
    boolean ofAnotherRecorder =
        end.isEmpty()
            || (causes.stream().anyMatch(END_OF_RECORDER::contains)
                && end.get().isBefore(now.minus(NOT_BRIDGED)));
    return ofAnotherRecorder && writer.isHeld();
  }

  /**
   * Returns where the media recorded last ends. What was recorded before a clock was set back may
   * end later, and does not count.
   *
   * @return the instant, or empty when nothing is recorded
   * @throws IOException when the store fails
   */
  public Optional<Instant> newestEnd() throws IOException {
    return reader.newestEnd();
  }

  private List<AssetGap> openGaps(Instant from, Instant to) throws IOException {
    return reader.gaps(from.minus(ROUNDING), to).stream()
        .filter(gap -> gap.gap().end().isEmpty())
        .toList();
  }

  private static boolean isEnd(AssetGap gap) {
    List<GapCause> causes = gap.gap().causes();
    return causes.contains(GapCause.GATE_CLOSED)
        || causes.stream().anyMatch(END_OF_RECORDER::contains);
  }

  /**
   * Returns whether a manifest of a range may get more than what is complete now.
   *
   * @param range what was asked for
   * @return false when everything of the range is recorded, or nothing follows
   * @throws IOException when the store fails
   */
  public boolean growsIn(ManifestRange range) throws IOException {
    return (range.end().isEmpty() || !isComplete(range.end().get())) && isRecorded();
  }

  /** Returns whether no media before an instant is still to come. */
  private boolean isComplete(Instant end) throws IOException {
    Optional<Instant> reached = edge.get().flatMap(LiveEdge::reached);
    if (reached.isEmpty()) {
      reached = newestEnd();
    }
    if (reached.isEmpty() || !reached.get().isBefore(end)) {
      return reached.isPresent();
    }
    Instant now = Utc.instant(clock.utcNanos());
    return now.isAfter(end.plus(NOT_BRIDGED)) && !openGaps(reached.get(), end).isEmpty();
  }
}
