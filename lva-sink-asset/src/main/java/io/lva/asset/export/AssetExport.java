package io.lva.asset.export;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.KeptMedia;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.ByteSource;
import io.lva.media.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time range of an asset as one progressive MP4 file. It is laid out and its size is known, but
 * its media is still in the segments. Any byte range of it can be read; from a store that is not a
 * disk, segments are read a window at a time, unless their media was kept during the layout.
 *
 * <p>Not thread-safe: one file of the asset is kept open.
 */
public final class AssetExport implements ByteSource, AutoCloseable {
  private static final int COPY_BYTES = 256 << 10;

  private final AssetReader reader;
  private final List<TimeRange> ranges;
  private final ByteBuffer header;
  private final MediaRanges media;
  private final KeptMedia kept;
  private @Nullable StoredFile open;
  private String openName = "";
  private ByteBuffer frame = ByteBuffer.allocate(0);
  private int frameIndex = -1;

  AssetExport(
      AssetReader reader, List<TimeRange> ranges, Bytes header, MediaRanges media, KeptMedia kept) {
    this.kept = kept;
    this.reader = reader;
    this.ranges = List.copyOf(ranges);
    this.header = header.asByteBuffer();
    this.media = media;
  }

  /** Receives the progress of writing. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after every few hundred kilobytes, on the thread that writes.
     *
     * @param writtenBytes how much has been written
     * @param totalBytes size of the file
     */
    void written(long writtenBytes, long totalBytes);
  }

  /**
   * Returns the times that the file shows, without the gaps that were cut out.
   *
   * @return the ranges within the requested bounds, in order
   */
  public List<TimeRange> ranges() {
    return ranges;
  }

  @Override
  public long size() {
    return header.limit() + media.sizeBytes();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (position >= size()) {
      return -1;
    }
    if (position < header.limit()) {
      int length = Math.min(target.remaining(), header.limit() - (int) position);
      target.put(header.slice((int) position, length));
      return length;
    }
    return readMedia(position - header.limit(), target);
  }

  private int readMedia(long position, ByteBuffer target) throws IOException {
    int index = media.at(position);
    long within = position - media.start(index);
    long left = media.start(index + 1) - position;
    int limit = target.limit();
    target.limit((int) Math.min(limit, target.position() + left));
    try {
      FlacSample converted = media.converted(index);
      if (converted != null) {
        ByteBuffer frame = frame(index, converted);
        int length = target.remaining();
        target.put(frame.slice((int) within, length));
        return length;
      }
      int count = file(index).read(media.offset(index) + within, target);
      if (count < 0) {
        throw new EOFException(media.file(index).file() + " is shorter than its index says");
      }
      return count;
    } finally {
      target.limit(limit);
    }
  }

  /** Returns a converted sample, which may be read from the store in pieces. */
  private ByteBuffer frame(int index, FlacSample sample) throws IOException {
    if (frameIndex != index) {
      ByteBuffer source = ByteBuffer.allocate(sample.sourceBytes());
      file(index).readFully(media.offset(index), source);
      frame = sample.convert(source.flip());
      frameIndex = index;
    }
    return frame;
  }

  private StoredFile file(int index) throws IOException {
    Fragment fragment = media.file(index);
    StoredFile file = open;
    if (file == null || !openName.equals(fragment.file())) {
      close();
      file = reader.stretch(fragment, 0, media.fileEnd(index), kept).open();
      open = file;
      openName = fragment.file();
    }
    return file;
  }

  /**
   * Writes the whole file.
   *
   * @param target takes all bytes
   * @param progress told how much has been written
   * @throws IOException when a store or the target fails
   */
  public void writeTo(WritableByteChannel target, Progress progress) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
    long reported = 0;
    for (long at = 0; at < size(); ) {
      fill(at, buffer.clear());
      at += buffer.flip().remaining();
      while (buffer.hasRemaining()) {
        target.write(buffer);
      }
      if (at - reported >= COPY_BYTES || at == size()) {
        reported = at;
        progress.written(at, size());
      }
    }
  }

  private void fill(long position, ByteBuffer buffer) throws IOException {
    int count = read(position, buffer);
    while (count > 0 && buffer.hasRemaining()) {
      count = read(position + buffer.position(), buffer);
    }
  }

  /**
   * Closes the segment file that is open.
   *
   * @throws IOException when the store fails
   */
  @Override
  public void close() throws IOException {
    StoredFile file = open;
    open = null;
    if (file != null) {
      file.close();
    }
  }

  /** Where the media of an export lies, in the order of its bytes. Not thread-safe. */
  static final class MediaRanges {
    private long[] starts = new long[65];
    private long[] offsets = new long[64];
    private Fragment[] files = new Fragment[64];
    private @Nullable FlacSample[] converted = new FlacSample[64];
    private int count;

    void add(Fragment file, long offset, long length) {
      boolean joins =
          count > 0
              && converted[count - 1] == null
              && files[count - 1].file().equals(file.file())
              && offsets[count - 1] + starts[count] - starts[count - 1] == offset;
      if (joins) {
        starts[count] += length;
        return;
      }
      append(file, offset, length);
    }

    void add(Fragment file, long offset, FlacSample sample) {
      append(file, offset, sample.sizeBytes());
      converted[count - 1] = sample;
    }

    private void append(Fragment file, long offset, long length) {
      if (count == files.length) {
        starts = Arrays.copyOf(starts, count * 2 + 1);
        offsets = Arrays.copyOf(offsets, count * 2);
        files = Arrays.copyOf(files, count * 2);
        converted = Arrays.copyOf(converted, count * 2);
      }
      files[count] = file;
      offsets[count] = offset;
      starts[count + 1] = starts[count] + length;
      count++;
    }

    /** Returns the sample that is converted when it is read; null for media that is copied. */
    @Nullable FlacSample converted(int index) {
      return converted[index];
    }

    long sizeBytes() {
      return starts[count];
    }

    /** Returns the range that holds a byte of the media. */
    int at(long position) {
      int found = Arrays.binarySearch(starts, 0, count, position);
      return found >= 0 ? found : -found - 2;
    }

    /** Returns the end of the bytes that this range and later ranges take from its file. */
    long fileEnd(int index) {
      String file = files[index].file();
      long end = 0;
      for (int i = index; i < count && files[i].file().equals(file); i++) {
        FlacSample sample = converted[i];
        long length = sample == null ? starts[i + 1] - starts[i] : sample.sourceBytes();
        end = Math.max(end, offsets[i] + length);
      }
      return end;
    }

    long start(int index) {
      return starts[index];
    }

    long offset(int index) {
      return offsets[index];
    }

    Fragment file(int index) {
      return files[index];
    }
  }
}
