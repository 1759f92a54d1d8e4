package io.lva.playback;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.index.TimeRange;
import io.lva.playback.window.AssetCatalog;
import io.lva.playback.window.LiveEdge;
import io.lva.playback.window.PlayableAsset;
import io.lva.playback.window.RecordingState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The assets of a store, as the page shows them. */
final class AssetList {
  private AssetList() {}

  /**
   * Lists the assets.
   *
   * @param now the time of this host, for pages whose clock differs
   */
  static ObjectNode answer(List<AssetCatalog.Entry> entries, Instant now) throws IOException {
    ObjectNode answer = JsonAnswers.object();
    answer.put("now", JsonAnswers.millis(now));
    ArrayNode list = answer.putArray("assets");
    for (AssetCatalog.Entry entry : entries) {
      describe(list.addObject(), entry.name(), entry.asset());
    }
    return answer;
  }

  private static void describe(ObjectNode object, String name, PlayableAsset asset)
      throws IOException {
    RecordingState.Status status = asset.state().status();
    object.put("name", name);
    object.put("locator", asset.view().folder());
    object.put("live", status.recorded());
    object.put("state", status.activity().text());
    object.put("since", status.since().map(JsonAnswers::millis).orElse(null));
    ArrayNode causes = object.putArray("causes");
    status.causes().forEach(cause -> causes.add(cause.text()));
    // A recording that has just begun has no complete fragment, but can be played.
    Optional<TimeRange> open = asset.edge().flatMap(LiveEdge::newest);
    Optional<TimeRange> span = asset.reader().span().or(() -> open);
    Optional<Instant> end = asset.state().newestEnd().or(() -> open.map(TimeRange::end));
    object.put("start", span.map(TimeRange::start).map(JsonAnswers::millis).orElse(null));
    object.put("end", end.map(JsonAnswers::millis).orElse(null));
  }
}
