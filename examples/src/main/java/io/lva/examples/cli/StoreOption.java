package io.lva.examples.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where assets are: a folder, or the URL of a store. */
final class StoreOption {
  @Option(
      names = "--store",
      paramLabel = "DIR-or-URL",
      defaultValue = "./recordings",
      description = "Where assets are: a folder or the URL of a store (default: ${DEFAULT-VALUE}).")
  private String store = "./recordings";

  static StoreOption at(String store) {
    StoreOption option = new StoreOption();
    option.store = store;
    return option;
  }

  /**
   * Returns the store as a URI; a folder becomes a {@code file:} URI.
   *
   * @throws CommandFailure when it is neither a folder nor a URL
   */
  URI uri() {
    boolean isUrl = store.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
    try {
      URI uri = isUrl ? new URI(store) : Path.of(store).toUri();
      return "file".equals(uri.getScheme())
          ? Path.of(uri).toAbsolutePath().normalize().toUri()
          : uri;
    } catch (URISyntaxException e) {
      // The text is not repeated: somebody may put a secret there.
      throw new CommandFailure("--store is neither a folder nor a URL: " + e.getReason());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "--store '" + store + "' is neither a folder nor a URL: " + e.getMessage(), e);
    }
  }

  /**
   * Returns whether the store is not a local folder, so that recordings go to a local media cache
   * first.
   */
  boolean isElsewhere() {
    return !"file".equals(uri().getScheme());
  }
}
