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
 * <p>If the URI of a store has no scheme, it is a path. Methods throw {@link
 * IllegalArgumentException} when such a URI, or a URI with the scheme {@code file}, is not a valid
 * path.
 *
 * <p>Thread-safe.
 */
public final class LiveAssets implements AutoCloseable {
  private final Map<Key, LiveAsset> assets = new ConcurrentHashMap<>();

  /** Assets that sinks record whenever there is media; the value says why there is no media now. */
  private final Map<Key, Supplier<Optional<GapCause>>> awaited = new ConcurrentHashMap<>();

  private final Map<URI, AssetStore> spools = new ConcurrentHashMap<>();

  /** The URIs of stores, by the other URIs under which they were given. */
  private final Map<URI, URI> names = new ConcurrentHashMap<>();

  private record Key(URI store, String folder) {}

  private LiveAssets() {}

  /**
   * Returns the registry of what the sinks of a runtime record.
   *
   * @param shared what {@code MediaRuntime.shared()} returns
   * @return the one registry of the runtime
   * @throws IllegalStateException when the runtime is closed
   */
  public static LiveAssets of(SharedResources shared) {
    return shared.get(LiveAssets.class, LiveAssets::new);
  }

  /**
   * Returns a registry for readers that have no recorder in their process.
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
   * @param store the store as it was given to the runtime; a URI without a scheme is a path
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
   * @param store the store as it was given to the runtime; a URI without a scheme is a path
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
   * @param asset the asset as it was registered; another one of the same name stays
   */
  public void remove(URI store, LiveAsset asset) {
    assets.remove(key(store, AssetLayout.folderName(asset.name())), asset);
  }

  /**
   * Registers an asset that a sink records whenever there is media.
   *
   * @param store the store as it was given to the runtime
   * @param assetName the resolved name
   * @param cause returns why there is no media; empty when there is media or the cause is unknown;
   *     called on any thread
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public void awaits(URI store, String assetName, Supplier<Optional<GapCause>> cause) {
    awaited.put(key(store, AssetLayout.folderName(assetName)), cause);
  }

  /**
   * Removes an awaited asset because its sink is stopped.
   *
   * @param store the store as it was given to the runtime
   * @param assetName the resolved name
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public void awaitsNoLonger(URI store, String assetName) {
    awaited.remove(key(store, AssetLayout.folderName(assetName)));
  }

  /**
   * Returns why an asset has no media at present, although a sink of the runtime waits to record
   * it.
   *
   * @param store the store as it was given to the runtime
   * @param folder the folder of the asset in the store
   * @return the causes, as an empty list when none is known; an empty optional when no sink waits
   *     for media of the asset, or while the asset is being recorded
   */
  public Optional<List<GapCause>> awaited(URI store, String folder) {
    Key asset = key(store, folder);
    return Optional.ofNullable(awaited.get(asset))
        .filter(cause -> !assets.containsKey(asset))
        .map(cause -> cause.get().map(List::of).orElse(List.of()));
  }

  /**
   * Notes under which URI a store was given to the runtime; its assets are then found under both
   * URIs.
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
   * Registers the spool in which the sinks of the runtime record what they publish to a store.
   *
   * @param store as {@link AssetStore#uri} names it
   * @param spool has the same assets, including what is not published yet
   */
  public void spool(URI store, AssetStore spool) {
    spools.put(named(store), spool);
  }

  /**
   * Finds the spool in which the sinks of the runtime record what they publish to a store.
   *
   * @param store as {@link AssetStore#uri} names it
   * @return the spool; empty when this runtime records to the store in place, or not at all
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
