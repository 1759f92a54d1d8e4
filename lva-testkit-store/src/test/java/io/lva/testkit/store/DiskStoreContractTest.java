package io.lva.testkit.store;

import io.lva.asset.store.AssetStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The disk store keeps the contract. */
class DiskStoreContractTest extends AssetStoreContract {
  @TempDir private Path folder;

  @Override
  protected AssetStore open() throws IOException {
    return AssetStore.open(folder.resolve("store").toUri());
  }
}
