package io.lva.asset.azure;

import io.lva.asset.store.AssetStore;
import io.lva.testkit.Azurite;
import io.lva.testkit.store.AssetStoreContract;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of stores, judged by Microsoft's emulator. */
class AzureBlobStoreContractTest extends AssetStoreContract {
  private static Azurite azurite;

  private final String container = "contract-" + UUID.randomUUID();

  @BeforeAll
  static void startEmulator() throws IOException {
    azurite = Azurite.start();
  }

  @AfterAll
  static void stopEmulator() {
    if (azurite != null) {
      azurite.close();
    }
  }

  @Override
  protected AssetStore open() throws IOException {
    return AzureBlobStore.connect(
        AzureBlobOptions.builder(
                container, AzureCredentials.connectionString(azurite.connectionString()))
            .prefix("site/7")
            .createContainer(true)
            .build());
  }
}
