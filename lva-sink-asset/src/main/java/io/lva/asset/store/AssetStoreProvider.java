package io.lva.asset.store;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** Opens the stores of one kind; found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface AssetStoreProvider {
  /**
   * Returns the URI schemes of this kind.
   *
   * @return the URI schemes, for example {@code file}
   */
  Set<String> schemes();

  /**
   * Opens a store.
   *
   * @param uri of one of the schemes, or without a scheme for {@code file}
   * @return the store, to be closed
   * @throws IOException when it cannot be opened; the message says what to do, without secrets
   */
  AssetStore open(URI uri) throws IOException;
}
