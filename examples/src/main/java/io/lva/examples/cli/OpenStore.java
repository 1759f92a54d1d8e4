package io.lva.examples.cli;

import io.lva.asset.Assets;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the store that a command reads, or says why it cannot. */
final class OpenStore {
  private OpenStore() {}

  /**
   * Opens a store that must exist.
   *
   * @throws CommandFailure when the store does not exist or cannot be opened
   */
  static AssetStore open(URI uri) {
    check(uri);
    try {
      return AssetStore.open(uri);
    } catch (IOException e) {
      throw failure(e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("the asset store cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the failure that says why a store cannot be opened. Its URI is not repeated: it may
   * contain a secret.
   */
  static CommandFailure failure(IOException cause) {
    return new CommandFailure(
        "the asset store cannot be opened: " + FailureReason.of(cause), cause);
  }

  /**
   * Checks that the folder of a store exists; a store that is not on disk is not checked.
   *
   * @throws CommandFailure when the folder does not exist
   */
  static void check(URI uri) {
    if ("file".equals(uri.getScheme()) && !Files.isDirectory(Path.of(uri))) {
      throw new CommandFailure(
          "there is no asset store at " + Path.of(uri) + ": name another with --store");
    }
  }

  /**
   * Checks that an asset exists.
   *
   * @return its name
   * @throws CommandFailure when it does not exist, or no asset can have this name
   */
  static String asset(AssetStore store, String name) throws IOException {
    try {
      if (!Assets.exists(store, name)) {
        throw new CommandFailure(
            "there is no asset '" + name + "' in the store; lva assets lists them");
      }
      return name;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("'" + name + "' names no asset: " + e.getMessage(), e);
    }
  }
}
