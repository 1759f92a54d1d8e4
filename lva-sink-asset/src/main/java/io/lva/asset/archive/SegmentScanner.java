package io.lva.asset.archive;

import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.GapBox;
import io.lva.asset.format.OriginBox;
import io.lva.asset.format.SegmentRowBuilder;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.fmp4.ByteSource;
import io.lva.fmp4.FileItem;
import io.lva.fmp4.FragmentedReader;
import io.lva.fmp4.InitSegment;
import io.lva.fmp4.Mp4Exception;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a segment file what the index says about it. Only headers are read; reading can
 * continue whenever the file has grown.
 *
 * <p>Not thread-safe.
 */
public final class SegmentScanner {
  private final FragmentedReader reader;
  private final String file;
  private final Consumer<FileItem.Part> parts;
  private final List<GapCloseRow> gaps = new ArrayList<>();
  private final List<GapCloseRow> pendingGaps = new ArrayList<>();
  private @Nullable InitSegment head;
  private @Nullable OriginBox origin;
  private @Nullable SegmentRowBuilder builder;
  private long wholeBytes;
  private long itemAt;

  /**
   * Creates a scanner at the first byte of a file; this reads nothing.
   *
   * @param source the file; stays open
   * @param file its name when it is complete, relative to the folder of the asset
   */
  public SegmentScanner(ByteSource source, String file) {
    this(source, file, part -> {});
  }

  /**
   * Creates a scanner at the first byte of a file; this reads nothing.
   *
   * @param source the file; stays open
   * @param file its name when it is complete, relative to the folder of the asset
   * @param parts receives each whole part, in the order of the file
   */
  public SegmentScanner(ByteSource source, String file, Consumer<FileItem.Part> parts) {
    this.reader = new FragmentedReader(source);
    this.file = file;
    this.parts = parts;
  }

  /**
   * Reads on to the end, or to the first thing that is not whole.
   *
   * @return a description of what stopped reading; empty when the file ends after a whole box
   * @throws IOException when the source fails; {@link AssetFormatException} when the boxes are
   *     whole but do not form a segment
   */
  public Optional<String> advance() throws IOException {
    try {
      Optional<FileItem> item = next();
      while (item.isPresent()) {
        item(item.get());
        item = next();
      }
      return reader.torn();
    } catch (Mp4Exception e) {
      return Optional.of("byte " + reader.position() + ": " + e.getMessage());
    }
  }

  private Optional<FileItem> next() throws IOException, Mp4Exception {
    itemAt = reader.position();
    return reader.next();
  }

  private void item(FileItem item) throws AssetFormatException {
    if (item instanceof FileItem.Head found) {
      head = found.init();
    } else if (item instanceof FileItem.Extension extension) {
      if (extension.box().extendedType().equals(OriginBox.EXTENDED_TYPE)) {
        ownBox(extension);
      }
    } else if (item instanceof FileItem.Part part) {
      if (builder == null) {
        throw new AssetFormatException("no origin box in front of the first part");
      }
      builder.part(
          part.trackId(),
          part.offset(),
          part.sizeBytes(),
          part.baseMediaDecodeTime(),
          part.durationTicks(),
          part.startsWithSync());
      gaps.addAll(pendingGaps);
      pendingGaps.clear();
      wholeBytes = part.end();
      parts.accept(part);
    }
  }

  private void ownBox(FileItem.Extension extension) throws AssetFormatException {
    if (!OriginBox.isOrigin(extension.box().payload())) {
      pendingGaps.add(new GapCloseRow(GapBox.parse(extension.box().payload()).gap(), true));
    } else if (head == null || origin != null) {
      throw new AssetFormatException("an origin box at byte " + extension.offset());
    } else {
      OriginBox parsed = OriginBox.parse(extension.box().payload());
      builder = new SegmentRowBuilder(head, parsed, file);
      origin = parsed;
      parsed.gaps().forEach(gap -> gaps.add(new GapCloseRow(gap, false)));
    }
  }

  /**
   * Returns where the last whole part ends, which is the size of the file once it is cut.
   *
   * @return bytes; 0 when there is no complete part
   */
  public long wholeBytes() {
    return wholeBytes;
  }

  /**
   * Returns where reading stopped: before a box that is not whole or does not belong in a segment.
   */
  long stoppedAt() {
    return itemAt;
  }

  /**
   * Returns the head of the file.
   *
   * @return the head, or empty while it is not whole
   */
  public Optional<InitSegment> head() {
    return Optional.ofNullable(head);
  }

  /**
   * Returns where the file lies on the time line.
   *
   * @return the origin, or empty while its box is not whole
   */
  public Optional<OriginBox> origin() {
    return Optional.ofNullable(origin);
  }

  /**
   * Returns the row of what was read so far.
   *
   * @return the row as if the file ended after its last whole part; empty while the master track
   *     has no whole part
   * @throws AssetFormatException when the numbers do not make a row
   */
  public Optional<SegmentRow> row() throws AssetFormatException {
    return builder == null ? Optional.empty() : builder.row(wholeBytes);
  }

  /**
   * Returns the row of the fragments that are complete, while the file is being written.
   *
   * @return the row; empty while the master track has no complete fragment
   * @throws AssetFormatException when the numbers do not make a row
   */
  public Optional<SegmentRow> completeFragments() throws AssetFormatException {
    return builder == null ? Optional.empty() : builder.completeFragments(wholeBytes);
  }

  /**
   * Returns the gaps that the file states: those before it, and those bridged within it.
   *
   * @return the gaps, in the order of the file
   */
  public List<GapCloseRow> gaps() {
    return List.copyOf(gaps);
  }

  /**
   * Returns all rows of the file.
   *
   * @return gaps, then the segment; empty while the master track has no whole part
   * @throws AssetFormatException when the numbers do not make a row
   */
  public List<IndexRow> rows() throws AssetFormatException {
    Optional<SegmentRow> row = row();
    if (row.isEmpty()) {
      return List.of();
    }
    List<IndexRow> rows = new ArrayList<>(gaps);
    rows.add(row.get());
    return rows;
  }
}
