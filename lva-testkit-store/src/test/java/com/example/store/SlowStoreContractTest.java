package com.example.store;

import io.lva.asset.store.AssetStore;
import io.lva.testkit.store.AssetStoreContract;

/** A store that was written from the documentation keeps the contract. */
class SlowStoreContractTest extends AssetStoreContract {
  private final SlowStore store = new SlowStore();

  @Override
  protected AssetStore open() {
    return store.again();
  }
}
