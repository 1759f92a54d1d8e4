package io.lva.fmp4;

import io.lva.fmp4.FileItem.Extension;
import io.lva.fmp4.FileItem.Head;
import io.lva.fmp4.FileItem.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The intact items of a fragmented file, for recovery and for rebuilding an index.
 *
 * <p>Immutable.
 *
 * @param items in the order of the file; the last is a part, if the file has any
 * @param wholeBytes end of the last item, at which the file may be cut; 0 when there is none
 * @param damage describes the incomplete or malformed data at which reading stopped; empty when the
 *     file was read to its end
 */
public record FragmentedFile(List<FileItem> items, long wholeBytes, Optional<String> damage) {
  /**
   * Copies the list.
   *
   * @param items in the order of the file
   * @param wholeBytes end of the last item
   * @param damage description of the data at which reading stopped, if any
   */
  public FragmentedFile {
    items = List.copyOf(items);
  }

  /**
   * Reads a file up to its end or its first item that is incomplete or malformed.
   *
   * @param source the file; stays open
   * @return the intact items
   * @throws IOException when the source fails
   */
  public static FragmentedFile read(ByteSource source) throws IOException {
    FragmentedReader reader = new FragmentedReader(source);
    List<FileItem> items = new ArrayList<>();
    Optional<String> damage;
    try {
      Optional<FileItem> item = reader.next();
      while (item.isPresent()) {
        items.add(item.get());
        item = reader.next();
      }
      damage = reader.torn();
    } catch (Mp4Exception e) {
      damage = Optional.of(String.valueOf(e.getMessage()));
    }
    boolean parts = items.stream().anyMatch(Part.class::isInstance);
    while (parts && !(items.get(items.size() - 1) instanceof Part)) {
      items.remove(items.size() - 1);
    }
    long end = items.isEmpty() ? 0 : items.get(items.size() - 1).end();
    return new FragmentedFile(items, end, damage);
  }

  /**
   * Returns the head of the file.
   *
   * @return the head, or empty when there is none, for example in a file that was cut off within
   *     its {@code moov}
   */
  public Optional<InitSegment> init() {
    return items.stream()
        .filter(Head.class::isInstance)
        .map(item -> ((Head) item).init())
        .findFirst();
  }

  /**
   * Returns the parts.
   *
   * @return the parts, in the order of the file
   */
  public List<Part> parts() {
    return items.stream().filter(Part.class::isInstance).map(Part.class::cast).toList();
  }

  /**
   * Returns the {@code uuid} boxes.
   *
   * @return the {@code uuid} boxes, in the order of the file
   */
  public List<Extension> extensions() {
    return items.stream().filter(Extension.class::isInstance).map(Extension.class::cast).toList();
  }
}
