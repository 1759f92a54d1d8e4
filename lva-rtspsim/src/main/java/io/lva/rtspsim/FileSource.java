package io.lva.rtspsim;

import io.lva.media.Ticks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * A file as a source. Every client begins at the first picture of the file; after the last picture
 * the file is repeated, its times shifted by its length.
 *
 * <p>Thread-safe.
 */
final class FileSource implements MediaSource, AutoCloseable {
  private final String name;
  private final FileChannel file;
  private final FileTrack master;
  private final List<MediaTrack> tracks;

  /**
   * Serves a file.
   *
   * @param file closed by {@link #close}
   * @param tracks at least one; the first one decides how long a burst is
   */
  FileSource(String name, FileChannel file, List<FileTrack> tracks) {
    this.name = name;
    this.file = file;
    this.master = tracks.get(0);
    this.tracks = List.copyOf(tracks);
  }

  @Override
  public String title() {
    return name;
  }

  @Override
  public List<MediaTrack> tracks() {
    return tracks;
  }

  /**
   * Starts at the first unit; a burst holds the whole first group, whose last unit is due at this
   * moment.
   */
  @Override
  public Start start(long utcNanos, boolean burst) {
    long sent = burst ? master.decodeTicks(master.firstGroupUnits() - 1L) : 0;
    long sentNanos = Ticks.convert(sent, master.clockRate(), Ticks.NANOS_PER_SECOND);
    return new Start(0, utcNanos - sentNanos);
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
