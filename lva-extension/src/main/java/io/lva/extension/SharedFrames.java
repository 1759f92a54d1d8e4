package io.lva.extension;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Memory that is shared with a service on this machine: a file in {@code /dev/shm}, in which a
 * frame stays until it is acknowledged.
 *
 * <p>Confined to its media loop.
 */
final class SharedFrames implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(SharedFrames.class.getName());
  private static final Path FOLDER = Path.of("/dev/shm");

  private static final int CHUNK_BYTES = 1 << 20;

  private final Path file;
  private final MappedByteBuffer memory;

  /** The frames in the memory, by their offset. */
  private final TreeMap<Integer, Frame> used = new TreeMap<>();

  private record Frame(long number, int length) {}

  private SharedFrames(Path file, MappedByteBuffer memory) {
    this.file = file;
    this.memory = memory;
  }

  /**
   * Creates the file and allocates its memory.
   *
   * @param bytes its size
   * @throws IOException when the file cannot be created, for example because the system is not
   *     Linux, or when {@code /dev/shm} has no room for it
   */
  static SharedFrames create(int bytes) throws IOException {
    Path file =
        FOLDER.resolve(
            "inference_client_share_memory_"
                + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      // Services of other users open it for reading and writing.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
      fill(channel, bytes);
      return new SharedFrames(file, channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes));
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * Allocates the memory at once: if it were short, a later write to the mapped file would fault.
   */
  private static void fill(FileChannel channel, int bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(Math.min(bytes, CHUNK_BYTES));
    try {
      for (int left = bytes; left > 0; left -= zeros.position()) {
        zeros.clear().limit(Math.min(left, zeros.capacity()));
        while (zeros.hasRemaining()) {
          channel.write(zeros);
        }
      }
    } catch (IOException e) {
      throw new IOException(
          FOLDER
              + " has no room for them ("
              + e.getMessage()
              + "). Enlarge it, in a container by its shm-size, or lower sharedMemorySizeMiB.",
          e);
    }
  }

  GrpcMessage.SharedMemory description() {
    return new GrpcMessage.SharedMemory(String.valueOf(file.getFileName()), memory.capacity());
  }

  /** Stores a frame; returns its offset, or −1 when there is no room. */
  long put(long number, byte[] frame) {
    int at = 0;
    for (Map.Entry<Integer, Frame> entry : used.entrySet()) {
      if (entry.getKey() - at >= frame.length) {
        break;
      }
      at = entry.getKey() + entry.getValue().length();
    }
    if (memory.capacity() - at < frame.length) {
      return -1;
    }
    memory.put(at, frame);
    used.put(at, new Frame(number, frame.length));
    return at;
  }

  /** Frees the memory of a frame. */
  void release(long number) {
    used.values().removeIf(frame -> frame.number() == number);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "{0} was not deleted: {1}", file, e);
    }
  }
}
