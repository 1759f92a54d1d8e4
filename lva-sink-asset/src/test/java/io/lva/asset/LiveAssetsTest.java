package io.lva.asset;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveAssetsTest {
  private static final URI GIVEN = URI.create("azblob:videos/site-7");
  private static final URI STORE = URI.create("https://a.blob.core.windows.net/videos/site-7/");

  @TempDir private Path folder;

  @Test
  void spool_storeWasGivenByAnotherName_isFoundByBoth() {
    LiveAssets assets = LiveAssets.empty();
    DiskAssetStore spool = new DiskAssetStore(folder, FileOps.disk());
    assets.named(GIVEN, STORE);
    assets.spool(STORE, spool);

    assertThat(assets.spool(GIVEN)).contains(spool);
    assertThat(assets.spool(STORE)).contains(spool);
    assertThat(assets.spool(URI.create("azblob:videos/site-8"))).isEmpty();
  }
}
