package io.lva.bench.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Holds memory and releases it at the pace at which a recorder writes, so that the recorder writes
 * to pages that were in use a moment before.
 *
 * <p>A machine that has recorded for a while is in this state: its memory is full of recordings.
 * Memory that was free for seconds behaves differently on a virtual machine whose host takes it
 * back (free page reporting): the first touch of each page is then a fault that the host serves, 11
 * µs for 4 KiB, which counts as CPU time of the recorder.
 *
 * <p>The memory is an unnamed file on a tmpfs, so nothing of it is left, whatever happens to this
 * process.
 *
 * <p>Not thread-safe.
 */
final class MemoryFiller implements AutoCloseable {
  /** The tmpfs that every Linux has; the recordings need not be there. */
  static final Path TMPFS = Path.of("/dev/shm");

  /**
   * The most memory that is released before the recorder writes: it also covers what the recorder
   * takes besides its files.
   */
  private static final long MOST_AHEAD_BYTES = 512L << 20;

  private static final int BLOCK_BYTES = 1 << 20;

  private final FileChannel file;
  private final long bytes;
  private final long aheadBytes;
  private long heldBytes;

  private MemoryFiller(FileChannel file, long bytes) {
    this.file = file;
    this.bytes = bytes;
    this.aheadBytes = Math.min(MOST_AHEAD_BYTES, bytes / 16);
    this.heldBytes = bytes;
  }

  /**
   * Takes memory.
   *
   * @param tmpfs a folder in memory
   * @param bytes the most that the recorder writes, and a little more
   */
  static MemoryFiller fill(Path tmpfs, long bytes) throws IOException {
    Path name = Files.createTempFile(tmpfs, "filler-", null);
    FileChannel file = FileChannel.open(name, StandardOpenOption.WRITE);
    Files.delete(name);
    try {
      byte[] content = new byte[BLOCK_BYTES];
      ThreadLocalRandom.current().nextBytes(content);
      for (long done = 0; done < bytes; ) {
        int length = (int) Math.min(BLOCK_BYTES, bytes - done);
        done += file.write(ByteBuffer.wrap(content, 0, length));
      }
      return new MemoryFiller(file, bytes);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Releases as much memory as was written.
   *
   * @param writtenBytes bytes written since the start
   */
  void giveBack(long writtenBytes) throws IOException {
    long held = Math.max(0, bytes - aheadBytes - writtenBytes);
    if (held < heldBytes) {
      file.truncate(held);
      heldBytes = held;
    }
  }

  /**
   * Returns how much is still held; at 0, the recorder may write to memory that was free before.
   */
  long heldBytes() {
    return heldBytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
