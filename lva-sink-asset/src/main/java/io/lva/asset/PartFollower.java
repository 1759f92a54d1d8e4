package io.lva.asset;

import io.lva.asset.store.AssetFormatException;
import io.lva.asset.store.AssetLayout;
import io.lva.asset.store.AssetView;
import io.lva.asset.store.AssetView.SegmentFile;
import io.lva.asset.store.SegmentRow;
import io.lva.asset.store.SegmentScanner;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Follows the files that another process is writing, by reading on where they have grown.
 *
 * <p>Not thread-safe.
 */
final class PartFollower implements AutoCloseable {
  private static final int HOURS = 2;
  private static final int MOST_FILES = 16;

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
   * @return rows of what the index does not have
   */
  List<SegmentRow> follow(Predicate<AssetLayout.SegmentName> indexed) throws IOException {
    Set<String> present = new HashSet<>();
    List<String> hours = view.newestHours(HOURS);
    for (String hour : hours) {
      for (SegmentFile file : view.segments(hour)) {
        AssetLayout.SegmentName name = file.name();
        String complete = AssetLayout.segment(name.start(), name.run(), name.sequence());
        present.add(complete);
        if (name.part() && !files.containsKey(complete) && files.size() < MOST_FILES) {
          open(name.path(), complete);
        }
      }
    }
    forget(present, indexed);
    return advance();
  }

  private void open(String part, String complete) throws IOException {
    try {
      StoredFile file = view.open(part);
      files.put(complete, new Followed(file, new SegmentScanner(file, complete)));
    } catch (NoSuchFileException e) {
      return; // complete by now: the index tells
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

  private List<SegmentRow> advance() throws IOException {
    List<SegmentRow> rows = new ArrayList<>();
    for (Followed followed : files.values()) {
      advance(followed.scanner()).ifPresent(rows::add);
    }
    return rows;
  }

  private static Optional<SegmentRow> advance(SegmentScanner scanner) throws IOException {
    try {
      scanner.advance();
      return scanner.completeFragments();
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
