package io.lva.asset;

import io.lva.asset.format.AssetLayout;
import io.lva.asset.store.AssetStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The assets that this process records.
 *
 * <p>Thread-safe.
 */
public final class LiveAssets {
  private static final LiveAssets OF_PROCESS = new LiveAssets();

  private final Map<Key, LiveAsset> assets = new ConcurrentHashMap<>();

  private final Map<URI, AssetStore> spools = new ConcurrentHashMap<>();

  private record Key(URI store, String folder) {}

  LiveAssets() {}

  /**
   * Returns the registry of this process.
   *
   * @return what all asset sinks of the process record
   */
  public static LiveAssets ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Finds an asset that is recorded now.
   *
   * @param store the store as it was given to the runtime; a URI without scheme is a path
   * @param assetName the resolved name
   * @return its newest end, unless nobody in this process records it
   */
  public Optional<LiveAsset> find(URI store, String assetName) {
    return Optional.ofNullable(assets.get(key(store, AssetLayout.folderName(assetName))));
  }

  /**
   * Finds an asset that is recorded now.
   *
   * @param store the store as it was given to the runtime; a URI without scheme is a path
   * @param folder the folder of the asset in the store
   * @return its newest end, unless nobody in this process records it
   */
  public Optional<LiveAsset> findByFolder(URI store, String folder) {
    return Optional.ofNullable(assets.get(key(store, folder)));
  }

  /**
   * Registers an asset while it is recorded.
   *
   * @param store the store as it was given to the runtime
   * @param asset its newest end
   */
  public void add(URI store, LiveAsset asset) {
    assets.put(key(store, AssetLayout.folderName(asset.name())), asset);
  }

  /**
   * Removes an asset whose recording has ended.
   *
   * @param store the store as it was given to the runtime
   * @param asset as registered; another one of that name stays
   */
  public void remove(URI store, LiveAsset asset) {
    assets.remove(key(store, AssetLayout.folderName(asset.name())), asset);
  }

  private static Key key(URI store, String folder) {
    return new Key(normalized(store), folder);
  }

  /**
   * Registers where the sinks of this process record what is published to a store.
   *
   * @param store as {@link AssetStore#uri} names it
   * @param spool the same assets, with what is not published yet
   */
  public void spool(URI store, AssetStore spool) {
    spools.put(normalized(store), spool);
  }

  /**
   * Finds where the sinks of this process record what is published to a store.
   *
   * @param store as {@link AssetStore#uri} names it
   * @return empty for a store that is recorded to in place, or by nobody here
   */
  public Optional<AssetStore> spool(URI store) {
    return Optional.ofNullable(spools.get(normalized(store)));
  }

  private static URI normalized(URI store) {
    if (store.getScheme() == null) {
      return Path.of(store.getPath()).toAbsolutePath().normalize().toUri();
    }
    if (store.getScheme().equals("file")) {
      return Path.of(store).toAbsolutePath().normalize().toUri();
    }
    return store.normalize();
  }
}
