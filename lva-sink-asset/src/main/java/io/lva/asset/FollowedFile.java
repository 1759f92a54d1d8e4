package io.lva.asset;

import io.lva.asset.archive.SegmentScanner;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.FileItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that another process is writing; each {@link #advance} reads what has been added to it.
 *
 * <p>Not thread-safe.
 */
final class FollowedFile implements AutoCloseable {
  private final StoredFile file;
  private final SegmentScanner scanner;
  private final List<FileItem.Part> parts = new ArrayList<>();

  /** Begins to follow a file, which {@link #close} closes. */
  FollowedFile(StoredFile file, String complete) {
    this.file = file;
    this.scanner = new SegmentScanner(file, complete, parts::add);
  }

  /**
   * Reads what has been written since the last call.
   *
   * @param grows whether further parts may come
   * @return the row of the whole file or, while it grows, of its complete fragments; empty when it
   *     has no complete fragment, or when it is not a segment, which the verifier reports
   */
  Optional<SegmentRow> advance(boolean grows) throws IOException {
    try {
      scanner.advance();
      return grows ? scanner.completeFragments() : scanner.row();
    } catch (AssetFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns what has been read so far, as a recorder in this process would describe it. */
  Optional<LiveSegment> live(boolean complete) {
    try {
      return scanner.row().map(row -> live(row, complete));
    } catch (AssetFormatException e) {
      return Optional.empty();
    }
  }

  private LiveSegment live(SegmentRow row, boolean complete) {
    return new LiveSegment(
        row.epoch(),
        row.run(),
        row.runNumber(),
        row.sequence(),
        row.file(),
        complete,
        parts.get(0).offset(),
        row.tracks().stream().map(FollowedFile::withoutFragments).toList(),
        scanner.origin().orElseThrow().gaps(),
        List.of(),
        parts.stream().map(part -> live(row, part)).toList());
  }

  private static TrackRow withoutFragments(TrackRow track) {
    return new TrackRow(
        track.id(),
        track.timescale(),
        track.base(),
        0,
        track.init(),
        track.codec(),
        track.width(),
        track.height(),
        Fragments.empty());
  }

  private static LivePart live(SegmentRow row, FileItem.Part part) {
    long base =
        row.tracks().stream()
            .filter(track -> track.id() == part.trackId())
            .findFirst()
            .orElseThrow()
            .base();
    return new LivePart(
        part.trackId(),
        part.offset(),
        part.headerBytes(),
        (int) part.sizeBytes(),
        base + part.baseMediaDecodeTime(),
        part.durationTicks(),
        part.startsWithSync());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
