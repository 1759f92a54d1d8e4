package io.lva.asset;

import io.lva.asset.format.AssetLayout;
import io.lva.asset.store.AssetStore;
import io.lva.media.GapCause;
import io.lva.spi.SharedResources;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The assets that the sinks of one runtime record. Readers and players of the same process that are
 * given this registry see each part as it is written.
 *
 * <p>A URI of a store without a scheme is a path. Methods throw {@link IllegalArgumentException}
 * when such a URI, or one with the scheme {@code file}, is not a valid path.
 *
 * <p>Thread-safe.
 */
public final class LiveAssets implements AutoCloseable {
  private final Map<Key, LiveAsset> assets = new ConcurrentHashMap<>();

  /** Assets that sinks record whenever there is media, and why there is none. */
  private final Map<Key, Supplier<Optional<GapCause>>> awaited = new ConcurrentHashMap<>();

  private final Map<URI, AssetStore> spools = new ConcurrentHashMap<>();

  /** The URIs of stores, by another URI under which each was given. */
  private final Map<URI, URI> names = new ConcurrentHashMap<>();

  private record Key(URI store, String folder) {}

  private LiveAssets() {}

  /**
   * Returns what the sinks of a runtime record.
   *
   * @param shared what {@code MediaRuntime.shared()} returns
   * @return the one registry of the runtime
   * @throws IllegalStateException when the runtime is closed
   */
  public static LiveAssets of(SharedResources shared) {
    return shared.get(LiveAssets.class, LiveAssets::new);
  }

  /**
   * Returns a registry for readers without a recorder in their process.
   *
   * @return an empty registry
   */
  public static LiveAssets empty() {
    return new LiveAssets();
  }

  /** Forgets everything, when the runtime is closed. */
  @Override
  public void close() {
    assets.clear();
    awaited.clear();
    spools.clear();
    names.clear();
  }

  /**
   * Finds an asset that is recorded now.
   *
   * @param store the store as it was given to the runtime; a URI without scheme is a path
   * @param assetName the resolved name
   * @return its newest end; empty when no sink of the runtime records it
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public Optional<LiveAsset> find(URI store, String assetName) {
    return Optional.ofNullable(assets.get(key(store, AssetLayout.folderName(assetName))));
  }

  /**
   * Finds an asset that is recorded now.
   *
   * @param store the store as it was given to the runtime; a URI without scheme is a path
   * @param folder the folder of the asset in the store
   * @return its newest end; empty when no sink of the runtime records it
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

  /**
   * Registers an asset that a sink records whenever there is media.
   *
   * @param store the store as it was given to the runtime
   * @param assetName the resolved name
   * @param cause returns why there is no media, or empty when there is or that is unknown; called
   *     on any thread
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public void awaits(URI store, String assetName, Supplier<Optional<GapCause>> cause) {
    awaited.put(key(store, AssetLayout.folderName(assetName)), cause);
  }

  /**
   * Removes an awaited asset, because its sink is stopped.
   *
   * @param store the store as it was given to the runtime
   * @param assetName the resolved name
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public void awaitsNoLonger(URI store, String assetName) {
    awaited.remove(key(store, AssetLayout.folderName(assetName)));
  }

  /**
   * Returns why an asset that a sink of the runtime is about to record, for the first time or
   * again, has no media.
   *
   * @param store the store as it was given to the runtime
   * @param folder the folder of the asset in the store
   * @return the causes, an empty list when none is known; empty when no sink waits for media of the
   *     asset, and while the asset is recorded
   */
  public Optional<List<GapCause>> awaited(URI store, String folder) {
    Key asset = key(store, folder);
    return Optional.ofNullable(awaited.get(asset))
        .filter(cause -> !assets.containsKey(asset))
        .map(cause -> cause.get().map(List::of).orElse(List.of()));
  }

  /**
   * Notes under which URI a store was given to the runtime; its assets are found under both.
   *
   * @param given such as {@code azblob:videos}
   * @param store as {@link AssetStore#uri} names it
   */
  public void named(URI given, URI store) {
    names.put(normalized(given), normalized(store));
  }

  private Key key(URI store, String folder) {
    return new Key(named(store), folder);
  }

  private URI named(URI store) {
    URI known = normalized(store);
    return names.getOrDefault(known, known);
  }

  /**
   * Registers where the sinks of the runtime record what is published to a store.
   *
   * @param store as {@link AssetStore#uri} names it
   * @param spool the same assets, with what is not published yet
   */
  public void spool(URI store, AssetStore spool) {
    spools.put(named(store), spool);
  }

  /**
   * Finds where the sinks of the runtime record what is published to a store.
   *
   * @param store as {@link AssetStore#uri} names it
   * @return the spool; empty for a store that is recorded to in place, or not by this runtime
   */
  public Optional<AssetStore> spool(URI store) {
    return Optional.ofNullable(spools.get(named(store)));
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
