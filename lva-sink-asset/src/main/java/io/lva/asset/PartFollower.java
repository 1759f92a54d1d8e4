package io.lva.asset;

import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.SegmentScanner;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.SegmentRow;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
 * Follows the files that another process is writing, by reading on where they have grown. A file
 * has its final name before its row is in the index: until then it is read here, to its end.
 *
 * <p>Not thread-safe.
 */
final class PartFollower implements AutoCloseable {
  private static final int NEWEST_HOURS = 2;
  private static final int MOST_FILES = 16;

  /** The row of a file that is complete, and older than so many others, is not on its way. */
  private static final int NEWEST_FILES = 3;

  private final AssetView view;
  private final Map<String, Followed> files = new HashMap<>();

  private record Followed(StoredFile file, SegmentScanner scanner) {}

  PartFollower(AssetView view) {
    this.view = view;
  }

  /**
   * Looks for growth.
   *
   * @param indexed tells which complete files the index has
   * @param now where the recorder writes if its clock was set back
   * @return rows of what the index does not have
   */
  List<SegmentRow> follow(Predicate<AssetLayout.SegmentName> indexed, Instant now)
      throws IOException {
    Set<String> hours = new TreeSet<>(view.newestHours(NEWEST_HOURS));
    hours.add(AssetLayout.hourFolder(now.minus(1, ChronoUnit.HOURS)));
    hours.add(AssetLayout.hourFolder(now));
    Set<String> present = new HashSet<>();
    Set<String> growing = new HashSet<>();
    for (String hour : hours) {
      List<AssetView.SegmentFile> segments = view.segments(hour);
      for (int i = 0; i < segments.size(); i++) {
        AssetLayout.SegmentName name = segments.get(i).name();
        String complete = AssetLayout.segment(name.start(), name.run(), name.sequence());
        present.add(complete);
        if (name.part()) {
          growing.add(complete);
        }
        boolean late = i >= segments.size() - NEWEST_FILES && !indexed.test(name);
        if ((name.part() || late) && !files.containsKey(complete) && files.size() < MOST_FILES) {
          open(name.path(), complete);
        }
      }
    }
    forget(present, indexed);
    return advance(growing);
  }

  private void open(String path, String complete) throws IOException {
    try {
      StoredFile file = view.open(path);
      files.put(complete, new Followed(file, new SegmentScanner(file, complete)));
    } catch (NoSuchFileException e) {
      return; // it has another name by now: found by that the next time
    }
  }

  private void forget(Set<String> present, Predicate<AssetLayout.SegmentName> indexed)
      throws IOException {
    Iterator<Map.Entry<String, Followed>> entries = files.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Followed> entry = entries.next();
      boolean known = AssetLayout.parseSegment(entry.getKey()).filter(indexed).isPresent();
      if (known || !present.contains(entry.getKey())) {
        entries.remove();
        entry.getValue().file().close();
      }
    }
  }

  private List<SegmentRow> advance(Set<String> growing) throws IOException {
    List<SegmentRow> rows = new ArrayList<>();
    for (Map.Entry<String, Followed> entry : files.entrySet()) {
      advance(entry.getValue().scanner(), growing.contains(entry.getKey())).ifPresent(rows::add);
    }
    return rows;
  }

  private static Optional<SegmentRow> advance(SegmentScanner scanner, boolean grows)
      throws IOException {
    try {
      scanner.advance();
      return grows ? scanner.completeFragments() : scanner.row();
    } catch (AssetFormatException e) {
      return Optional.empty(); // no segment of ours; the verifier reports it when it is complete
    }
  }

  @Override
  public void close() throws IOException {
    for (Followed followed : files.values()) {
      followed.file().close();
    }
    files.clear();
  }
}
