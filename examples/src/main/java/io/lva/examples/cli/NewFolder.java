package io.lva.examples.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a store that a command may have to create. If it did not exist before and is empty
 * at the end, it is removed again, so that a command that fails leaves nothing behind.
 */
final class NewFolder {
  private final Optional<Path> created;

  private NewFolder(Optional<Path> created) {
    this.created = created;
  }

  static NewFolder of(URI store) {
    boolean isNew = "file".equals(store.getScheme()) && Files.notExists(Path.of(store));
    return new NewFolder(isNew ? Optional.of(Path.of(store)) : Optional.empty());
  }

  /** Removes the folder if it is new and empty. */
  void removeIfEmpty() {
    created.ifPresent(
        folder -> {
          try {
            Files.deleteIfExists(folder);
          } catch (IOException e) {
            // something was recorded
          }
        });
  }
}
