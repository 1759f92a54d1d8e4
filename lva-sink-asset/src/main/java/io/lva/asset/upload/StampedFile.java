package io.lva.asset.upload;

import io.lva.asset.format.OriginBox;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A segment that was recorded while the store was unreachable, stamped with the epoch under which
 * it is published. Its size stays the same, because its origin box has room for the epoch.
 *
 * <p>Thread-safe.
 */
final class StampedFile implements ByteSource {
  private static final int UUID = 0x75756964;
  private static final int MOST_BOXES = 8;

  private final StoredFile file;
  private final long at;
  private final byte[] epoch;

  private StampedFile(StoredFile file, long at, byte[] epoch) {
    this.file = file;
    this.at = at;
    this.epoch = epoch;
  }

  /**
   * Stamps a file.
   *
   * @param file the file, which stays open; its origin box has epoch 0
   * @param epoch 1 or more
   * @throws IOException when the file cannot be read, or has no room for an epoch
   */
  static StampedFile of(StoredFile file, long epoch) throws IOException {
    byte[] room = OriginBox.UNKNOWN_EPOCH.getBytes(StandardCharsets.US_ASCII);
    byte[] stamp = OriginBox.epochText(epoch).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer header = ByteBuffer.allocate(8);
    long position = 0;
    for (int box = 0; box < MOST_BOXES; box++) {
      file.readFully(position, header.clear());
      long size = Integer.toUnsignedLong(header.getInt(0));
      if (header.getInt(4) == UUID && size <= OriginBox.LONGEST_PAYLOAD_BYTES) {
        ByteBuffer content = ByteBuffer.allocate((int) size);
        file.readFully(position, content);
        int index = indexOf(content.array(), room);
        if (index >= 0) {
          return new StampedFile(file, position + index, stamp);
        }
      }
      position += Math.max(8, size);
    }
    throw new IOException("the file has no room for its epoch");
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    int start = target.position();
    int count = file.read(position, target);
    for (int i = 0; i < epoch.length; i++) {
      long index = at + i - position;
      if (index >= 0 && index < count) {
        target.put(start + (int) index, epoch[i]);
      }
    }
    return count;
  }
}
