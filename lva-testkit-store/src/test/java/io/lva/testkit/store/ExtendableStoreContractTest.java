package io.lva.testkit.store;

import io.lva.asset.store.AssetStore;
import io.lva.asset.store.ObjectAssetStore;
import io.lva.spi.Clock;

/** The store in memory keeps the contract when it can extend objects, too. */
class ExtendableStoreContractTest extends AssetStoreContract {
  private final MemoryObjectStore objects =
      MemoryObjectStore.extendable(Clock.system(), ObjectAssetStore.DEFAULT_LEASE);

  @Override
  protected AssetStore open() {
    return objects.elsewhere(Clock.system(), ObjectAssetStore.DEFAULT_LEASE);
  }
}
