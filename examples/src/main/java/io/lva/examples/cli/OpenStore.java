package io.lva.examples.cli;

import io.lva.asset.Assets;
import io.lva.asset.archive.AssetView;
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
   * @throws CommandFailure when there is none, or it cannot be opened
   */
  static AssetStore open(URI uri) {
    check(uri);
    try {
      return AssetStore.open(uri);
    } catch (IOException e) {
      throw new CommandFailure(
          "asset store " + uri + " cannot be opened: " + FailureReason.of(e), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("asset store " + uri + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Looks whether there is a store.
   *
   * @throws CommandFailure when its folder is not there
   */
  static void check(URI uri) {
    if ("file".equals(uri.getScheme()) && !Files.isDirectory(Path.of(uri))) {
      throw new CommandFailure(
          "there is no asset store at " + Path.of(uri) + ": name another with --store");
    }
  }

  /**
   * Finds an asset.
   *
   * @throws CommandFailure when it does not exist, or cannot
   */
  static AssetView asset(AssetStore store, String name) throws IOException {
    try {
      return Assets.find(store, name)
          .orElseThrow(
              () ->
                  new CommandFailure(
                      "there is no asset '" + name + "' in the store; lva assets lists them"));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("'" + name + "' names no asset: " + e.getMessage(), e);
    }
  }
}
