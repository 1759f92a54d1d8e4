package io.lva.asset.disk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes folders of a store, even where a file is in the way. That file is renamed, because
 * recording must go on and files of others are never deleted.
 *
 * <p>Thread-safe: there is no state.
 */
final class Folders {
  private static final System.Logger LOGGER = System.getLogger(Folders.class.getName());
  private static final String MOVED_SUFFIX = ".moved";
  private static final int MOST_NAMES = 1000;

  private Folders() {}

  /**
   * Creates a folder and those above it.
   *
   * @param files the access to files
   * @param root folder of the store; nothing above it is touched
   * @param folder a folder in the store
   */
  static void make(FileOps files, Path root, Path folder) throws IOException {
    try {
      files.makeDirectories(folder);
    } catch (IOException e) {
      if (!moveObstacle(files, root, folder)) {
        throw e;
      }
      files.makeDirectories(folder);
    }
  }

  private static boolean moveObstacle(FileOps files, Path root, Path folder) throws IOException {
    Path path = root;
    for (Path name : root.relativize(folder)) {
      path = path.resolve(name);
      if (files.size(path).isPresent()) {
        Path free = freeName(files, path);
        files.rename(path, free);
        LOGGER.log(
            System.Logger.Level.WARNING,
            path + " is a file where a folder belongs; it is now " + free.getFileName());
        return true;
      }
    }
    return false;
  }

  private static Path freeName(FileOps files, Path path) throws IOException {
    String name = path.getFileName() + MOVED_SUFFIX;
    for (int i = 2; i < MOST_NAMES; i++) {
      if (files.size(path.resolveSibling(name)).isEmpty()) {
        break;
      }
      name = path.getFileName() + MOVED_SUFFIX + '-' + i;
    }
    return path.resolveSibling(name);
  }
}
