package io.lva.asset.archive;

import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.LaterFormatException;
import io.lva.asset.format.OriginBox;
import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.ByteSource;
import io.lva.fmp4.FileItem;
import io.lva.fmp4.FragmentedReader;
import io.lva.fmp4.InitSegment;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.ProducerReferenceTime;
import io.lva.fmp4.UuidBox;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Searches a file past the place where it stops being a segment. If no parts follow that place, the
 * process was merely killed; if parts follow it, the file is damaged.
 *
 * <p>What can be played after that place becomes a run of its own, with the same head, an origin
 * that says what is missing, and the parts from the next sync sample of the master track on. The
 * name of that run is derived from the file, so that writing it can be repeated.
 *
 * <p>Not thread-safe.
 */
final class DamagedPart {
  private static final int WINDOW_BYTES = 1 << 20;
  private static final int SIGNATURE_BYTES = 16;
  private static final int MOOF = 0x6d6f6f66;
  private static final int MFHD = 0x6d666864;
  private static final int MFHD_BYTES = 16;
  private static final int MOST_CANDIDATES = 1 << 14;
  private static final int LONGEST_FILE_SECONDS = 3600;

  private final StoredFile file;
  private final SegmentScanner scanner;
  private final Optional<SegmentRow> row;
  private boolean partsBehind;
  private Optional<FileItem.Part> resumed = Optional.empty();

  private DamagedPart(StoredFile file, SegmentScanner scanner, Optional<SegmentRow> row) {
    this.file = file;
    this.scanner = scanner;
    this.row = row;
  }

  /**
   * Reads a file.
   *
   * @param file stays open
   * @param name name of the segment
   */
  static DamagedPart read(StoredFile file, String name) throws IOException {
    SegmentScanner scanner = new SegmentScanner(file, name);
    boolean cutOff = false;
    Optional<SegmentRow> row = Optional.empty();
    try {
      cutOff = scanner.advance().isPresent();
    } catch (LaterFormatException e) {
      throw e;
    } catch (AssetFormatException e) {
      cutOff = false; // whole boxes that make no segment
    }
    try {
      row = scanner.row();
    } catch (AssetFormatException e) {
      row = Optional.empty();
    }
    DamagedPart part = new DamagedPart(file, scanner, row);
    part.search(scanner.stoppedAt() + (cutOff ? 1 : 0));
    return part;
  }

  /** Returns how many bytes can be played up to the damaged place; may be 0. */
  long wholeBytes() {
    return row.isPresent() ? scanner.wholeBytes() : 0;
  }

  /** Returns whether parts follow the place where the file stops being a segment. */
  boolean hasPartsBehind() {
    return partsBehind;
  }

  /** Looks for a {@code moof} that begins with its {@code mfhd}. */
  private void search(long from) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    int candidates = 0;
    for (long at = from; file.size() - at >= SIGNATURE_BYTES; ) {
      window.clear().limit((int) Math.min(WINDOW_BYTES, file.size() - at));
      file.readFully(at, window);
      int last = window.flip().limit() - SIGNATURE_BYTES;
      for (int i = 0; i <= last; i++) {
        if (isSignature(window, i)) {
          partsBehind = true;
          candidates++;
          if (candidates > MOST_CANDIDATES || resumesAt(at + i)) {
            return;
          }
        }
      }
      at += last + 1;
    }
  }

  private static boolean isSignature(ByteBuffer bytes, int at) {
    return bytes.getInt(at + 4) == MOOF
        && bytes.getInt(at + 8) == MFHD_BYTES
        && bytes.getInt(at + 12) == MFHD;
  }

  /**
   * Returns whether a whole part of the master track, at which decoding can start, is at an offset.
   */
  private boolean resumesAt(long offset) throws IOException {
    Optional<InitSegment> head = scanner.head();
    Optional<OriginBox> origin = scanner.origin();
    if (head.isEmpty() || origin.isEmpty()) {
      return false;
    }
    try {
      resumed =
          new FragmentedReader(file, head.get(), offset)
              .next()
              .filter(FileItem.Part.class::isInstance)
              .map(FileItem.Part.class::cast)
              .filter(part -> follows(part, origin.get().tracks().get(0)));
      return resumed.isPresent();
    } catch (Mp4Exception e) {
      return false;
    }
  }

  private boolean follows(FileItem.Part part, OriginBox.TrackBase master) {
    long end = end(master) - master.base();
    long time = part.baseMediaDecodeTime();
    return part.trackId() == master.id()
        && part.startsWithSync()
        && time >= end
        && time - end <= (long) LONGEST_FILE_SECONDS * master.timescale();
  }

  /** Returns where the master track is damaged, in ticks since the Unix epoch. */
  private long end(OriginBox.TrackBase master) {
    return row.map(known -> known.master().endTicks()).orElse(master.base());
  }

  /**
   * What can be played after the damage.
   *
   * @param part its name while it is being written
   * @param content the whole segment
   */
  record Rest(String part, ByteSource content) {}

  /** Returns what can be played after the damage. */
  Optional<Rest> rest() throws IOException {
    if (resumed.isEmpty()) {
      return Optional.empty();
    }
    FileItem.Part first = resumed.get();
    OriginBox before = scanner.origin().orElseThrow();
    OriginBox.TrackBase master = before.tracks().get(0);
    Instant start = Utc.instant(master.base() + first.baseMediaDecodeTime(), master.timescale());
    String place = before.run() + "/" + before.sequence() + "/" + first.offset();
    RunId run = RunId.of(AssetLayout.sha256(place.getBytes(StandardCharsets.UTF_8)));
    List<Gap> gaps = new ArrayList<>();
    if (row.isEmpty()) {
      gaps.addAll(before.gaps().subList(0, Math.min(before.gaps().size(), 16)));
    }
    Instant end = Utc.instant(end(master), master.timescale());
    gaps.add(
        Gap.open("lost-" + run, end, GapOrigin.START_UP, GapCause.STORAGE_ERROR).closedAt(start));
    OriginBox origin =
        new OriginBox(
            before.epoch(),
            run,
            Math.min(OriginBox.HIGHEST_RUN_NUMBER, before.runNumber() + 1),
            0,
            before.tracks(),
            before.utcSource(),
            before.utcErrorNanos(),
            gaps,
            false,
            Optional.empty());
    String name = SegmentName.partPath(start, run, 0);
    ByteBuffer head = head(origin, start, first.baseMediaDecodeTime());
    return Optional.of(new Rest(name, new Piece(head, file, first.offset(), file.size())));
  }

  private ByteBuffer head(OriginBox origin, Instant start, long mediaTime) {
    ByteBuffer init = scanner.head().orElseThrow().bytes().asByteBuffer();
    UuidBox box = new UuidBox(OriginBox.EXTENDED_TYPE, origin.toPayload());
    ByteBuffer head =
        ByteBuffer.allocate(init.remaining() + box.sizeBytes() + ProducerReferenceTime.SIZE_BYTES);
    head.put(init);
    box.write(head);
    new ProducerReferenceTime(origin.tracks().get(0).id(), start, mediaTime).write(head);
    return head.flip();
  }

  /** Writes what cannot be played, from the damage to the next playable part or the end. */
  void writeDamaged(AssetWriter writer, String name) throws IOException {
    long end = resumed.isPresent() ? resumed.get().offset() : file.size();
    writer.put(name, new Piece(ByteBuffer.allocate(0), file, wholeBytes(), end));
  }

  /** Bytes in memory, then a range of a file. */
  private record Piece(ByteBuffer head, StoredFile file, long from, long to) implements ByteSource {
    @Override
    public long size() {
      return head.limit() + to - from;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      if (position < head.limit()) {
        int length = (int) Math.min(target.remaining(), head.limit() - position);
        target.put(head.slice((int) position, length));
        return length;
      }
      long at = from + position - head.limit();
      if (at >= to) {
        return -1;
      }
      int limit = target.limit();
      target.limit((int) Math.min(limit, target.position() + to - at));
      try {
        return file.read(at, target);
      } finally {
        target.limit(limit);
      }
    }
  }
}
