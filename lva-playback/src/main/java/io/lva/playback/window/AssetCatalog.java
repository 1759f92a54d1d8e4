package io.lva.playback.window;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.archive.AssetView;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.store.AssetStore;
import io.lva.playback.address.PlaybackException;
import io.lva.spi.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The assets of a store, by locator: the asset's name, percent-encoded, or its folder.
 *
 * <p>Thread-safe.
 */
public final class AssetCatalog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AssetCatalog.class.getName());
  private static final int MOST_OPEN = 512;

  private final AssetStore store;
  private final Clock clock;
  private final LiveFeed.Finder feeds;
  private final ScheduledExecutorService timer;
  private final Waiting.Quota waiting;

  @GuardedBy("open")
  private final Map<String, PlayableAsset> open = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Creates the catalog of a store.
   *
   * @param store where the assets are; stays open
   * @param clock tells how old the newest media is
   * @param feeds finds what this process records
   * @param timer completes waiting requests; stays open
   * @param waiting counts the waiting requests of all assets together
   */
  public AssetCatalog(
      AssetStore store,
      Clock clock,
      LiveFeed.Finder feeds,
      ScheduledExecutorService timer,
      Waiting.Quota waiting) {
    this.store = store;
    this.clock = clock;
    this.feeds = feeds;
    this.timer = timer;
    this.waiting = waiting;
  }

  /**
   * Finds an asset.
   *
   * @param raw the locator as it stands in the address
   * @param decoded the same without escapes
   * @return the asset
   * @throws IOException when the store fails
   * @throws PlaybackException with status 400 when the locator cannot name an asset, 404 when there
   *     is no such asset
   */
  public PlayableAsset find(String raw, String decoded) throws IOException {
    for (String folder : folders(raw, decoded)) {
      if (isAsset(folder)) {
        return asset(folder);
      }
    }
    throw PlaybackException.notFound("there is no such asset");
  }

  /** Returns whether a folder is an asset; an asset without media may have no description yet. */
  private boolean isAsset(String folder) throws IOException {
    synchronized (open) {
      if (open.containsKey(folder)) {
        return true;
      }
    }
    return feeds.find(folder).isPresent()
        || isSpooled(folder)
        || store.size(folder + '/' + AssetLayout.ASSET_JSON).isPresent();
  }

  /** Returns whether the spool of this process has an asset, even while the store is down. */
  private boolean isSpooled(String folder) throws IOException {
    Optional<AssetStore> spool = feeds.recorders().spool(store.uri());
    return spool.isPresent() && spool.get().size(folder + '/' + AssetLayout.ASSET_JSON).isPresent();
  }

  private static Set<String> folders(String raw, String decoded) {
    Set<String> folders = new LinkedHashSet<>();
    try {
      folders.add(AssetLayout.folderName(decoded));
    } catch (IllegalArgumentException e) {
      throw PlaybackException.badRequest("the locator is no name of an asset");
    }
    for (String folder : List.of(raw, decoded)) {
      if (AssetLayout.isFolderName(folder)) {
        folders.add(folder);
      }
    }
    return folders;
  }

  private PlayableAsset asset(String folder) {
    PlayableAsset eldest = null;
    PlayableAsset asset;
    synchronized (open) {
      asset =
          open.computeIfAbsent(
              folder,
              name ->
                  new PlayableAsset(
                      new AssetView(store, name), clock, feeds, new Waiting(timer, waiting)));
      if (open.size() > MOST_OPEN) {
        eldest = open.remove(open.keySet().iterator().next());
      }
    }
    if (eldest != null) {
      eldest.close();
    }
    return asset;
  }

  /**
   * An asset of the store.
   *
   * @param name as it was given
   * @param asset what is known of it
   */
  public record Entry(String name, PlayableAsset asset) {
    /**
     * Creates an entry.
     *
     * @param name see above
     * @param asset see above
     */
    public Entry {}
  }

  /**
   * Lists the assets.
   *
   * @return the assets, sorted by folder
   * @throws IOException when the spool of this process fails, or the store fails and has no spool
   */
  public List<Entry> list() throws IOException {
    List<Entry> all = new ArrayList<>();
    Set<String> known = new HashSet<>();
    Optional<AssetStore> spool = feeds.recorders().spool(store.uri());
    if (spool.isPresent()) {
      list(spool.get(), known, all);
    }
    try {
      list(store, known, all);
    } catch (IOException e) {
      if (spool.isEmpty()) {
        throw e;
      }
      LOG.log(System.Logger.Level.DEBUG, "the store is away: only its spool is listed", e);
    }
    all.sort(Comparator.comparing(entry -> entry.asset().view().folder()));
    return all;
  }

  private void list(AssetStore from, Set<String> known, List<Entry> all) throws IOException {
    for (AssetStore.Entry entry : from.list("")) {
      String folder = entry.name();
      if (entry.folder() && AssetLayout.isFolderName(folder) && !known.contains(folder)) {
        Optional<String> name = name(from, folder);
        if (name.isPresent() && known.add(folder)) {
          all.add(new Entry(name.get(), asset(folder)));
        }
      }
    }
  }

  private static Optional<String> name(AssetStore from, String folder) throws IOException {
    AssetView view = new AssetView(from, folder);
    if (!view.isAsset()) {
      return Optional.empty();
    }
    Optional<String> name = AssetLayout.assetName(folder);
    if (name.isPresent()) {
      return name;
    }
    try {
      return Optional.of(view.description().name());
    } catch (AssetFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    List<PlayableAsset> all;
    synchronized (open) {
      all = new ArrayList<>(open.values());
      open.clear();
    }
    all.forEach(PlayableAsset::close);
  }
}
