package io.lva.asset.record;

import io.lva.asset.LiveSegment;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.SegmentRowBuilder;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentRow;
import io.lva.media.Ticks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The segment that is being written.
 *
 * <p>Confined to its writer lane, except for methods marked as thread-safe.
 */
final class OpenSegment {
  private final SegmentHead head;
  private final PartFile file;
  private final String name;
  private final SegmentRowBuilder row;
  private final AtomicBoolean syncRequested = new AtomicBoolean();
  private volatile boolean damaged;
  private Optional<ByteBuffer> unwrittenHead;
  private volatile Optional<Instant> playableUntil = Optional.empty();
  private volatile long playableBytes = Long.MAX_VALUE;
  private final long headBytes;
  private int partCount;

  private OpenSegment(SegmentHead head, PartFile file) throws AssetFormatException {
    this.head = head;
    this.file = file;
    this.name = head.file();
    this.row = new SegmentRowBuilder(head.init(), head.origin(), name);
    ByteBuffer bytes = head.bytes();
    this.headBytes = bytes.remaining();
    this.unwrittenHead = Optional.of(bytes);
  }

  /** Creates the file; nothing is written yet. */
  static OpenSegment create(AssetFolder folder, SegmentHead head) throws IOException {
    return new OpenSegment(head, PartFile.create(folder, head));
  }

  SegmentHead head() {
    return head;
  }

  /** Returns the file; only making it durable is thread-safe. */
  PartFile file() {
    return file;
  }

  /** Returns the name of the complete file, relative to the folder of the asset. */
  String name() {
    return name;
  }

  /** Returns the size of everything before the first part. */
  long headBytes() {
    return headBytes;
  }

  /**
   * Returns the head of the file, to be written before the first part; empty once it is written.
   */
  Optional<ByteBuffer> unwrittenHead() {
    return unwrittenHead.map(ByteBuffer::duplicate);
  }

  /** Returns the number of the next part, from 1. */
  int nextPartNumber() {
    return partCount + 1;
  }

  /** Notes that a part was written, and thus the head of the file too. */
  void written(Part part, long offset, int sizeBytes) throws AssetFormatException {
    unwrittenHead = Optional.empty();
    partCount++;
    long decodeTime = part.decodeTime() - head.base(part.track());
    boolean master = part.track().id() == head.format().master().id();
    if (master && part.sync() && playableUntil.isEmpty() && lasts(decodeTime, part)) {
      playableUntil = Optional.of(Utc.instant(part.decodeTime(), part.track().timescale()));
      playableBytes = offset;
    }
    row.part(
        part.track().id(),
        offset,
        sizeBytes,
        decodeTime,
        part.samples().durationTicks(),
        part.sync());
  }

  private static boolean lasts(long ticks, Part part) {
    return ticks >= (long) SegmentRowBuilder.SHORTEST_FRAGMENT_SECONDS * part.track().timescale();
  }

  /** Returns whether the first fragment lies within the durable bytes. Thread-safe. */
  boolean isPlayable(long durableBytes) {
    return durableBytes >= playableBytes;
  }

  /** Returns the end of the first fragment, once there is a second one. Thread-safe. */
  Optional<Instant> playableUntil() {
    return playableUntil;
  }

  /** Returns the row for the index; empty while the master track has no part. */
  Optional<SegmentRow> row() throws AssetFormatException {
    return row.row(file.validBytes());
  }

  /**
   * Returns the flag that tells whether a requested sync of this segment is still waiting.
   * Thread-safe.
   */
  AtomicBoolean syncRequested() {
    return syncRequested;
  }

  /** Notes that bytes that seemed to be written may be lost. Thread-safe. */
  void damaged() {
    damaged = true;
  }

  /** Returns whether writing must continue in another file. Thread-safe. */
  boolean isDamaged() {
    return damaged;
  }

  /** Describes the segment for playback. */
  LiveSegment live() {
    return new LiveSegment(
        head.origin().epoch(),
        head.origin().run(),
        head.origin().runNumber(),
        head.origin().sequence(),
        name,
        false,
        headBytes,
        head.tracks(),
        head.origin().gaps(),
        List.of(),
        List.of());
  }

  /** Returns the end of a part as nanoseconds since the Unix epoch. */
  static long endNanos(Part part) {
    return Ticks.convert(part.end(), part.track().timescale(), Ticks.NANOS_PER_SECOND);
  }
}
