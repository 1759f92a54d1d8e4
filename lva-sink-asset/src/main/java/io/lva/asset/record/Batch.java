package io.lva.asset.record;

import io.lva.asset.LivePart;
import io.lva.asset.format.GapBox;
import io.lva.asset.format.OriginBox;
import io.lva.fmp4.PartWriter;
import io.lva.fmp4.UuidBox;
import io.lva.media.Gap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of one segment that go to the disk in one gathering write. The headers are in the lane's
 * memory, the media is in its slabs.
 *
 * <p>Confined to its writer lane and to one call of a task.
 */
final class Batch {
  /**
   * Enough to make a system call worthwhile, yet few enough for the number of buffers it accepts.
   */
  private static final int MOST_PARTS = 64;

  private static final long MOST_BYTES = 2 << 20;

  private final OpenSegment segment;
  private final ByteBuffer scratch;
  private final List<ByteBuffer> buffers = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<LivePart> written = new ArrayList<>();
  private final List<Gap> bridged = new ArrayList<>();
  private long position;
  private long mediaBytes;

  Batch(OpenSegment segment, ByteBuffer scratch) {
    this.segment = segment;
    this.scratch = scratch.clear();
    this.position = segment.file().validBytes();
    segment.unwrittenHead().ifPresent(this::append);
  }

  /** Adds a part; returns false when there is no room for it. The first part always fits. */
  boolean add(Part part) {
    int headerBytes = PartWriter.headerBytes(part.samples().count());
    boolean room =
        parts.size() < MOST_PARTS && mediaBytes < MOST_BYTES && scratch.remaining() >= headerBytes;
    if (!room && !parts.isEmpty()) {
      return false;
    }
    part.bridged().ifPresent(this::appendGap);
    int sizeBytes = headerBytes + (int) part.data().size();
    written.add(
        new LivePart(
            part.track().id(),
            position,
            headerBytes,
            sizeBytes,
            part.decodeTime(),
            part.samples().durationTicks(),
            part.sync()));
    append(header(part, headerBytes));
    part.data().appendTo(buffers);
    position += part.data().size();
    mediaBytes += part.data().size();
    parts.add(part);
    return true;
  }

  /** Writes all parts and notes them in the segment. */
  void write() throws IOException {
    segment.file().write(buffers.toArray(new ByteBuffer[0]));
    for (int i = 0; i < parts.size(); i++) {
      segment.written(parts.get(i), written.get(i).offset(), written.get(i).sizeBytes());
    }
  }

  /** Returns the parts in order. */
  List<Part> parts() {
    return parts;
  }

  /** Returns where the parts lie in the file. */
  List<LivePart> written() {
    return written;
  }

  /** Returns the holes that are stated before the parts. */
  List<Gap> bridged() {
    return bridged;
  }

  /** Returns the size of the media. */
  long mediaBytes() {
    return mediaBytes;
  }

  private ByteBuffer header(Part part, int headerBytes) {
    ByteBuffer target =
        scratch.remaining() >= headerBytes ? scratch : ByteBuffer.allocateDirect(headerBytes);
    int start = target.position();
    long decodeTime = part.decodeTime() - segment.head().base(part.track());
    int number = segment.nextPartNumber() + parts.size();
    PartWriter.write(number, part.track().id(), decodeTime, part.samples(), target);
    return target.duplicate().flip().position(start);
  }

  private void appendGap(Gap gap) {
    bridged.add(gap);
    UuidBox box = new UuidBox(OriginBox.EXTENDED_TYPE, new GapBox(gap).toPayload());
    ByteBuffer bytes = ByteBuffer.allocate(box.sizeBytes());
    box.write(bytes);
    append(bytes.flip());
  }

  private void append(ByteBuffer bytes) {
    buffers.add(bytes);
    position += bytes.remaining();
  }
}
