package com.example.store;

import io.lva.asset.store.AssetStore;
import io.lva.testkit.store.AssetStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The store that the tests share with processes they kill keeps the contract. */
class FolderObjectStoreContractTest extends AssetStoreContract {
  @TempDir private Path folder;

  @Override
  protected AssetStore open() throws IOException {
    return new FolderObjectStore(folder);
  }
}
