package io.lva.playback;

import io.lva.asset.store.StoredFile;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.TfdtPatch;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of one track in a stretch of a file, as a player gets them: other boxes are left out,
 * and the time of each part, eight bytes, counts from the Unix epoch.
 *
 * <p>Immutable.
 */
final class MediaPieces {
  private static final int MOOF = 0x6d6f6f66;
  private static final int MDAT = 0x6d646174;
  private static final int TRAF = 0x74726166;
  private static final int TFHD = 0x74666864;
  private static final int TIME_BYTES = 8;
  private static final int MOST_BOXES = 1 << 16;

  private final List<Piece> pieces;
  private final long sizeBytes;

  /** One part: where it lies, and what its time becomes. */
  private record Piece(long offset, long sizeBytes, int timeOffset, long time) {}

  private MediaPieces(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
    this.sizeBytes = pieces.stream().mapToLong(Piece::sizeBytes).sum();
  }

  /**
   * Finds the parts.
   *
   * @param file that holds the parts
   * @param offset of the first {@code moof}
   * @param lengthBytes up to the end of the last {@code mdat}
   * @param trackId number of the track; parts of other tracks are left out
   * @param baseTicks added to the time of each part
   * @throws IOException when the file cannot be read or has something else there
   */
  static MediaPieces find(
      StoredFile file, long offset, long lengthBytes, int trackId, long baseTicks)
      throws IOException {
    List<Piece> pieces = new ArrayList<>();
    ByteBuffer head = ByteBuffer.allocate(TfdtPatch.PREFIX_BYTES);
    long end = offset + lengthBytes;
    int boxes = 0;
    for (long at = offset; at < end; ) {
      readHead(file, at, end, head);
      long size = boxSize(head, at, end);
      if (head.getInt(4) == MOOF) {
        Piece piece = piece(file, head, at, size, end, baseTicks);
        if (trackId(head) == trackId) {
          pieces.add(piece);
        }
        size = piece.sizeBytes();
      }
      at += size;
      if (++boxes > MOST_BOXES) {
        throw new IOException("too many boxes at byte " + offset);
      }
    }
    return new MediaPieces(pieces);
  }

  private static Piece piece(
      StoredFile file, ByteBuffer head, long at, long moofBytes, long end, long baseTicks)
      throws IOException {
    try {
      int timeOffset = TfdtPatch.locate(head);
      TfdtPatch.add(head, baseTicks);
      ByteBuffer media = ByteBuffer.allocate(16);
      readHead(file, at + moofBytes, end, media);
      if (media.getInt(4) != MDAT) {
        throw new IOException("no 'mdat' after the 'moof' at byte " + at);
      }
      long mediaBytes = boxSize(media, at + moofBytes, end);
      return new Piece(at, moofBytes + mediaBytes, timeOffset, head.getLong(timeOffset));
    } catch (Mp4Exception e) {
      throw new IOException("the part at byte " + at + ": " + e.getMessage(), e);
    }
  }

  private static void readHead(StoredFile file, long at, long end, ByteBuffer head)
      throws IOException {
    head.clear();
    if (end - at < 8) {
      throw new EOFException("no box at byte " + at);
    }
    head.limit((int) Math.min(head.capacity(), end - at));
    file.readFully(at, head);
    head.flip();
  }

  private static long boxSize(ByteBuffer head, long at, long end) throws IOException {
    long size = Integer.toUnsignedLong(head.getInt(0));
    if (size == 1 && head.remaining() >= 16) {
      size = head.getLong(8);
    }
    if (size < 8 || size > end - at) {
      throw new IOException("a box of " + size + " bytes at byte " + at);
    }
    return size;
  }

  /**
   * Returns the track of a {@code moof}: {@code traf} follows {@code mfhd}, and begins with {@code
   * tfhd}.
   */
  private static int trackId(ByteBuffer moof) throws IOException {
    int at = 8;
    while (at + 24 <= moof.limit()) {
      if (moof.getInt(at + 4) == TRAF && moof.getInt(at + 12) == TFHD) {
        return moof.getInt(at + 20);
      }
      int size = moof.getInt(at);
      if (size < 8 || size > moof.limit()) {
        break;
      }
      at += size;
    }
    throw new IOException("a 'moof' without track");
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Reads from a range as much as a buffer has room for.
   *
   * @param file in which the parts were found
   * @param from first byte of the range
   * @param length number of bytes, 1 or more
   * @param buffer takes the bytes
   * @return the number of bytes read, 1 or more
   * @throws IOException when the file cannot be read
   */
  int read(StoredFile file, long from, long length, ByteBuffer buffer) throws IOException {
    long skip = from;
    for (Piece piece : pieces) {
      if (skip < piece.sizeBytes()) {
        int count = (int) Math.min(buffer.remaining(), Math.min(length, piece.sizeBytes() - skip));
        read(file, piece, skip, buffer.slice().limit(count));
        buffer.position(buffer.position() + count);
        return count;
      }
      skip -= piece.sizeBytes();
    }
    throw new EOFException("nothing at byte " + from);
  }

  private static void read(StoredFile file, Piece piece, long from, ByteBuffer chunk)
      throws IOException {
    file.readFully(piece.offset() + from, chunk);
    // The chunk may hold the time of the part, or some bytes of it.
    for (int i = 0; i < TIME_BYTES; i++) {
      long index = piece.timeOffset() + i - from;
      if (index >= 0 && index < chunk.limit()) {
        chunk.put((int) index, (byte) (piece.time() >>> (8 * (TIME_BYTES - 1 - i))));
      }
    }
  }
}
