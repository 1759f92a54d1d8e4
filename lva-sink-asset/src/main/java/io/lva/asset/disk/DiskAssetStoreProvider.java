package io.lva.asset.disk;

import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetStoreProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Set;

/** Opens {@code file:} URIs and paths. Thread-safe. */
public final class DiskAssetStoreProvider implements AssetStoreProvider {
  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public DiskAssetStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("file");
  }

  @Override
  public AssetStore open(URI uri) throws IOException {
    try {
      Path root = uri.getScheme() == null ? Path.of(uri.getPath()) : Path.of(uri);
      return new DiskAssetStore(root, FileOps.disk());
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IOException("not the path of a folder: " + uri, e);
    }
  }
}
