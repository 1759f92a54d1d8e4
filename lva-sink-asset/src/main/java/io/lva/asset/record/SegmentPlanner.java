package io.lva.asset.record;

import io.lva.asset.format.OriginBox;
import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.media.Gap;
import io.lva.media.Ticks;
import io.lva.media.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides which segment and run a part belongs to.
 *
 * <p>Once a segment has reached its length, it ends before the next sync sample of the master
 * track; at twice its length, it ends before any part of that track. A run ends where the media
 * loop says so, or where media was dropped.
 *
 * <p>Confined to its writer lane.
 */
final class SegmentPlanner {
  private final Duration segmentLength;
  private final Supplier<RunId> runIds;
  private final Map<Integer, Long> ends = new HashMap<>();
  private final long epoch;
  private Duration length;
  private int runNumber;
  private List<Gap> gaps;
  private Optional<Instant> end;
  private Optional<Run> group = Optional.empty();
  private Optional<Run> loopRun = Optional.empty();
  private Optional<SegmentHead> segment = Optional.empty();
  private Optional<RunFormat> begun = Optional.empty();
  private Optional<RunId> run = Optional.empty();
  private int sequence;

  /**
   * Creates a planner before the first segment of a recording.
   *
   * @param segmentLength length of all segments but the first
   * @param firstLength length of the first segment; it differs between sinks, so that they do not
   *     all begin new files at once
   * @param history what the asset holds
   * @param runIds names new runs
   */
  SegmentPlanner(
      Duration segmentLength, Duration firstLength, AssetHistory history, Supplier<RunId> runIds) {
    this.segmentLength = segmentLength;
    this.length = firstLength;
    this.epoch = history.epoch();
    this.runNumber = history.runs() - 1;
    this.gaps = history.gaps();
    this.end = history.end();
    this.runIds = runIds;
  }

  /** Notes the beginning of a group of pictures. */
  void group(QueueEntry.GopStart start) {
    group = Optional.of(start.run());
    gaps = Gaps.join(gaps, start.gaps());
  }

  /** Returns whether a group continues the run of the open segment. */
  boolean continues(QueueEntry.GopStart start) {
    return segment.isPresent()
        && isOfRun(start.run())
        && start.gaps().isEmpty()
        && segment.get().format().sameAs(start.run().format());
  }

  /**
   * Returns whether a part needs a new segment, because no segment is open or the part does not
   * belong to the open one.
   */
  boolean needsSegment(Part part) {
    return segment.isEmpty() || beginsRun() || changesFormat() || cutsBefore(part);
  }

  /** Returns whether the open segment ends before a part. */
  boolean cutsBefore(Part part) {
    SegmentHead open = segment.orElseThrow();
    if (part.track().id() != open.format().master().id()) {
      return false;
    }
    long timescale = part.track().timescale();
    long ticks = Ticks.convert(length.toNanos(), Ticks.NANOS_PER_SECOND, timescale);
    long elapsed = part.decodeTime() - open.base(part.track());
    return elapsed >= (part.sync() ? ticks : 2 * ticks);
  }

  /**
   * Returns whether a part came late: it begins before the open segment, or before the end of its
   * track there.
   */
  boolean isLate(Part part) {
    return segment.isPresent()
        && (part.decodeTime() < segment.get().base(part.track())
            || part.decodeTime() < ends.getOrDefault(part.track().id(), Long.MIN_VALUE));
  }

  /** Plans the segment that begins with a part; this changes nothing. */
  SegmentHead plan(Part part) {
    Run now = group.orElseThrow();
    Track master = now.format().master();
    long zero = Ticks.convert(part.decodeTime(), part.track().timescale(), master.timescale());
    Instant start = Utc.instant(zero, master.timescale());
    boolean newRun = beginsRun();
    return new SegmentHead(
        now.format(),
        new OriginBox(
            epoch,
            newRun ? runIds.get() : run.orElseThrow(),
            newRun ? runNumber + 1 : runNumber,
            newRun ? 0 : sequence + 1,
            bases(now.format(), zero),
            now.utcSource(),
            now.utcErrorNanos(),
            newRun && end.isPresent() ? Gaps.between(end.get(), gaps, start) : List.of(),
            !part.sync(),
            Optional.empty()));
  }

  /** Begins a planned segment. */
  void begin(SegmentHead head) {
    if (head.origin().sequence() == 0) {
      ends.clear();
    }
    // A track beside the master may be another now, with another timescale.
    ends.keySet().retainAll(endsThatStay(head));
    begun = Optional.of(head.format());
    segment = Optional.of(head);
    loopRun = group;
    run = Optional.of(head.origin().run());
    runNumber = head.origin().runNumber();
    sequence = head.origin().sequence();
    gaps = List.of();
  }

  private Set<Integer> endsThatStay(SegmentHead head) {
    Set<Track> known = new HashSet<>(begun.map(RunFormat::tracks).orElse(List.of()));
    return head.format().tracks().stream()
        .filter(known::contains)
        .map(Track::id)
        .collect(Collectors.toSet());
  }

  /** Notes a part that was written. */
  void written(Part part) {
    ends.put(part.track().id(), part.end());
    if (part.track().id() == group.orElseThrow().format().master().id()) {
      end = Optional.of(Utc.instant(part.end(), part.track().timescale()));
    }
  }

  /** Closes the open segment to further parts. */
  void endSegment() {
    if (segment.isPresent()) {
      length = segmentLength;
    }
    segment = Optional.empty();
  }

  /** Returns the end of the recorded media, from this recording or an earlier one. */
  Optional<Instant> end() {
    return end;
  }

  private boolean beginsRun() {
    return run.isEmpty() || !gaps.isEmpty() || !isOfRun(group.orElseThrow());
  }

  private boolean changesFormat() {
    return segment.isPresent() && !segment.get().format().sameAs(group.orElseThrow().format());
  }

  private boolean isOfRun(Run other) {
    return loopRun.isPresent() && loopRun.get().number() == other.number();
  }

  private static List<OriginBox.TrackBase> bases(RunFormat format, long zero) {
    List<OriginBox.TrackBase> bases = new ArrayList<>();
    int timescale = format.master().timescale();
    for (Track track : format.tracks()) {
      long base = Ticks.convert(zero, timescale, track.timescale());
      bases.add(new OriginBox.TrackBase(track.id(), track.timescale(), base));
    }
    return bases;
  }
}
