package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Follows the files that another process is writing, by reading what is added to them. A file gets
 * its final name before its row is in the index: until the row is there, the file is read here, to
 * its end.
 *
 * <p>Not thread-safe.
 */
final class PartFollower implements AutoCloseable {
  private static final int NEWEST_HOURS = 2;
  private static final int MOST_FILES = 16;

  /** Only this many of the newest files in an hour may have rows that are not in the index yet. */
  private static final int NEWEST_FILES = 3;

  private final AssetView view;
  private final Map<String, FollowedFile> files = new HashMap<>();
  private final Deque<LiveSegment> complete = new ArrayDeque<>();
  private Set<String> growing = Set.of();

  PartFollower(AssetView view) {
    this.view = view;
  }

  /**
   * Looks for files that have grown.
   *
   * @param indexed tells which complete files the index has
   * @param now the present time, near which the recorder writes if its clock was set back
   * @return the rows that the index does not have yet
   */
  List<SegmentRow> follow(Predicate<SegmentName> indexed, Instant now) throws IOException {
    Set<String> hours = new TreeSet<>(view.newestHours(NEWEST_HOURS));
    hours.add(SegmentName.hourFolder(now.minus(1, ChronoUnit.HOURS)));
    hours.add(SegmentName.hourFolder(now));
    Set<String> present = new HashSet<>();
    Set<String> partial = new HashSet<>();
    for (String hour : hours) {
      List<AssetView.SegmentFile> segments = view.segments(hour);
      for (int i = 0; i < segments.size(); i++) {
        SegmentName name = segments.get(i).name();
        String whole = SegmentName.completePath(name.start(), name.run(), name.sequence());
        present.add(whole);
        if (name.part()) {
          partial.add(whole);
        }
        boolean late = i >= segments.size() - NEWEST_FILES && !indexed.test(name);
        if ((name.part() || late) && !files.containsKey(whole) && files.size() < MOST_FILES) {
          open(name.path(), whole);
        }
      }
    }
    growing = partial;
    forget(present, indexed);
    return advance();
  }

  /**
   * Returns the newest segments with their parts, as a recorder in this process would report them.
   *
   * @return the newest segments, in the order of recording; empty while no process writes a file of
   *     the asset
   * @throws IOException when the store fails
   */
  List<LiveSegment> live() throws IOException {
    if (growing.isEmpty() || !view.store().isLocked(view.folder())) {
      return List.of();
    }
    List<LiveSegment> segments = new ArrayList<>(complete);
    files.forEach((name, file) -> file.live(!growing.contains(name)).ifPresent(segments::add));
    segments.sort(
        Comparator.comparingInt(LiveSegment::runNumber).thenComparingInt(LiveSegment::sequence));
    return segments;
  }

  private void open(String path, String whole) throws IOException {
    try {
      files.put(whole, new FollowedFile(view.open(path), whole));
    } catch (NoSuchFileException e) {
      return; // it has another name by now: found by that the next time
    }
  }

  private void forget(Set<String> present, Predicate<SegmentName> indexed) throws IOException {
    Iterator<Map.Entry<String, FollowedFile>> entries = files.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, FollowedFile> entry = entries.next();
      boolean known = SegmentName.parse(entry.getKey()).filter(indexed).isPresent();
      if (known || !present.contains(entry.getKey())) {
        entries.remove();
        try (FollowedFile file = entry.getValue()) {
          if (known) {
            keep(file);
          }
        }
      }
    }
  }

  /**
   * Keeps the parts of an indexed segment a little longer, for players that have seen some of them.
   */
  private void keep(FollowedFile file) throws IOException {
    Optional<SegmentRow> unused = file.advance(false);
    file.live(true).ifPresent(complete::addLast);
    if (complete.size() > LiveAsset.COMPLETE_SEGMENTS) {
      complete.removeFirst();
    }
  }

  private List<SegmentRow> advance() throws IOException {
    List<SegmentRow> rows = new ArrayList<>();
    for (Map.Entry<String, FollowedFile> entry : files.entrySet()) {
      entry.getValue().advance(growing.contains(entry.getKey())).ifPresent(rows::add);
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    for (FollowedFile followed : files.values()) {
      followed.close();
    }
    files.clear();
  }
}
