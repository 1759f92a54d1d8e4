package io.lva.playback;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.Assets;
import io.lva.asset.archive.AssetView;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.spi.Clock;
import java.io.IOException;
import java.util.ArrayList;
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
final class AssetCatalog implements AutoCloseable {
  private static final int MOST_OPEN = 512;

  private final AssetStore store;
  private final Clock clock;
  private final LiveFeed.Finder feeds;
  private final ScheduledExecutorService timer;
  private final Waiting.Limit waiting;
  private final Map<String, PlayableAsset> open = new LinkedHashMap<>(16, 0.75f, true);

  AssetCatalog(
      AssetStore store,
      Clock clock,
      LiveFeed.Finder feeds,
      ScheduledExecutorService timer,
      Waiting.Limit waiting) {
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
   * @throws PlaybackException with status 404 when there is none
   */
  PlayableAsset find(String raw, String decoded) throws IOException {
    for (String folder : folders(raw, decoded)) {
      if (isAsset(folder)) {
        return asset(folder);
      }
    }
    throw PlaybackException.notFound("there is no such asset");
  }

  /** An asset without media may have no description yet. */
  private boolean isAsset(String folder) throws IOException {
    synchronized (open) {
      if (open.containsKey(folder)) {
        return true;
      }
    }
    return feeds.find(folder).isPresent()
        || store.size(folder + '/' + AssetLayout.ASSET_JSON).isPresent();
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

  /** Lists the assets for the page. */
  ObjectNode list() throws IOException {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("assets");
    for (AssetStore.Entry entry : store.list("")) {
      if (entry.folder() && AssetLayout.isFolderName(entry.name())) {
        Optional<String> name = name(entry.name());
        if (name.isPresent()) {
          describe(list.addObject(), name.get(), asset(entry.name()));
        }
      }
    }
    return answer;
  }

  private Optional<String> name(String folder) throws IOException {
    AssetView view = new AssetView(store, folder);
    if (!Assets.isAsset(view)) {
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

  private static void describe(ObjectNode object, String name, PlayableAsset asset)
      throws IOException {
    object.put("name", name);
    object.put("locator", asset.view().folder());
    object.put("live", asset.state().isRecorded());
    Optional<TimeRange> span = asset.reader().span();
    object.put("start", span.map(range -> Json.millis(range.start())).orElse(null));
    object.put("end", span.map(range -> Json.millis(range.end())).orElse(null));
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
