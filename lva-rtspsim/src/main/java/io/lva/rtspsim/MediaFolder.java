package io.lva.rtspsim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The files of a folder as sources, under {@code /media/} and their names.
 *
 * <p>Immutable.
 *
 * @param sources by path; closed together with the folder
 * @param rejected what is wrong with the other files, by the path that each would have had
 */
record MediaFolder(Map<String, FileSource> sources, Map<String, String> rejected)
    implements AutoCloseable {
  private static final Logger LOG = System.getLogger(MediaFolder.class.getName());
  private static final long CACHE_BYTES = 256L << 20;
  private static final int MOST_FILES = 1000;
  private static final List<String> MP4 = List.of(".mp4", ".m4v", ".mov");
  private static final List<String> ANNEX_B = List.of(".h264", ".264");

  static MediaFolder none() {
    return new MediaFolder(Map.of(), Map.of());
  }

  static MediaFolder read(Path folder) throws IOException {
    AtomicLong cacheBytes =
        new AtomicLong(Math.min(CACHE_BYTES, Runtime.getRuntime().maxMemory() / 4));
    MediaFolder result = new MediaFolder(new TreeMap<>(), new TreeMap<>());
    for (Path file : files(folder)) {
      result.add(file, cacheBytes);
    }
    return result;
  }

  @Override
  public void close() {
    for (FileSource source : sources.values()) {
      close(source);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("media folder " + folder + " is not a folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().limit(MOST_FILES).toList();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  /** Adds a file; a file that cannot be played does not keep the others from being served. */
  private void add(Path file, AtomicLong cacheBytes) {
    String name = String.valueOf(file.getFileName());
    try {
      sources.put("/media/" + name, open(name, file, cacheBytes));
    } catch (UnservableFileException | IOException wrong) {
      rejected.put("/media/" + name, String.valueOf(wrong.getMessage()));
    }
  }

  private static FileSource open(String name, Path path, AtomicLong cacheBytes)
      throws IOException, UnservableFileException {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean mp4 = MP4.stream().anyMatch(lower::endsWith);
    if (!mp4 && ANNEX_B.stream().noneMatch(lower::endsWith)) {
      throw new UnservableFileException("neither MP4 (.mp4) nor raw H.264 (.h264)");
    }
    FileChannel file = FileChannel.open(path);
    boolean opened = false;
    try {
      FileSource source =
          mp4 ? Mp4Opener.open(name, file, cacheBytes) : AnnexBOpener.open(name, file, cacheBytes);
      opened = true;
      return source;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private static void close(FileSource source) {
    try {
      source.close();
    } catch (IOException failed) {
      LOG.log(Level.DEBUG, "cannot close a media file", failed);
    }
  }
}
