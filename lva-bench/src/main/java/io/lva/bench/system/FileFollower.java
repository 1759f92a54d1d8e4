package io.lva.bench.system;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads recordings while they grow, and notes the age of each frame when it appears.
 *
 * <p>Confined to its thread.
 */
final class FileFollower implements Runnable {
  private static final long LOOK_NANOS = 5_000_000;
  private static final long SEARCH_NANOS = 250_000_000;

  private final List<Path> folders;
  private final Lags lags;
  private final Map<Path, Followed> files = new HashMap<>();

  private record Followed(FileChannel channel, StampReader reader) {}

  /** Follows all recordings in the given folders. */
  FileFollower(List<Path> folders, Lags lags) {
    this.folders = List.copyOf(folders);
    this.lags = lags;
  }

  @Override
  public void run() {
    try {
      long searched = System.nanoTime() - SEARCH_NANOS;
      while (!Thread.currentThread().isInterrupted()) {
        if (System.nanoTime() - searched >= SEARCH_NANOS) {
          searched = System.nanoTime();
          search();
        }
        for (Followed file : files.values()) {
          file.reader.read(file.channel);
        }
        java.util.concurrent.locks.LockSupport.parkNanos(LOOK_NANOS);
      }
    } catch (java.nio.channels.ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("the files cannot be followed: " + e.getMessage());
    } finally {
      files.values().forEach(FileFollower::close);
    }
  }

  /** Returns the recordings in a folder, complete or not, in the order of their names. */
  static List<Path> recordings(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(file -> file.toString().matches(".*\\.(mp4|mp4\\.part|raw)")).forEach(found::add);
    } catch (java.io.UncheckedIOException e) {
      return List.of(); // renamed in the meantime: the next listing finds it
    }
    found.sort(null);
    return found;
  }

  private void search() throws IOException {
    for (Path folder : folders) {
      for (Path file : recordings(folder)) {
        Path name = Path.of(file.toString().replaceFirst("\\.part$", ""));
        if (!files.containsKey(name)) {
          follow(file, name);
        }
      }
    }
  }

  private void follow(Path file, Path name) throws IOException {
    try {
      FileChannel channel = FileChannel.open(file);
      StampReader reader = new StampReader(stamp -> lags.seen(stamp, System.nanoTime()));
      files.put(name, new Followed(channel, reader));
    } catch (NoSuchFileException e) {
      return; // renamed since: the next search finds it
    }
  }

  private static void close(Followed file) {
    try {
      file.channel.close();
    } catch (IOException e) {
      System.err.println("a file cannot be closed: " + e.getMessage());
    }
  }
}
