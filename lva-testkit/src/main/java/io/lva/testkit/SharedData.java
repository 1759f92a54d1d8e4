package io.lva.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Data that is not part of the repository: the folder {@code shared} beside the checkout, or {@code
 * -Dlva.shared=FOLDER}.
 *
 * <p>A test that asks for absent data is skipped with a message. Names are relative to the folder.
 */
public final class SharedData {
  private SharedData() {}

  /**
   * Returns whether a file or folder exists, for a test that can prove something without it.
   *
   * @param name of the file or folder
   * @return true when it exists
   */
  public static boolean isThere(String name) {
    return Files.exists(place(name));
  }

  /**
   * Returns a file or folder, or skips the test.
   *
   * @param name of the file or folder
   * @return its path
   */
  public static Path path(String name) {
    Path path = place(name);
    Assumptions.assumeTrue(
        Files.exists(path), () -> path + " is not there; -Dlva.shared=FOLDER says where it is");
    return path;
  }

  /**
   * Returns what lies in a folder, or skips the test.
   *
   * @param folder name of the folder
   * @return its files and folders, in the order of their names
   * @throws UncheckedIOException when it cannot be read
   */
  public static List<Path> files(String folder) {
    try (Stream<Path> files = Files.list(path(folder))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file, or skips the test.
   *
   * @param file name of the file
   * @return its bytes
   * @throws UncheckedIOException when it cannot be read
   */
  public static byte[] bytes(String file) {
    return read(path(file));
  }

  /**
   * Reads all files of a folder, or skips the test.
   *
   * @param folder name of the folder
   * @return the bytes of each file, in the order of their names
   * @throws UncheckedIOException when the folder or a file cannot be read
   */
  public static List<byte[]> contents(String folder) {
    return files(folder).stream().map(SharedData::read).toList();
  }

  private static Path place(String name) {
    String folder = System.getProperty("lva.shared");
    Path shared = folder == null ? Projects.root().resolve("../shared") : Path.of(folder);
    return shared.resolve(name).normalize();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
