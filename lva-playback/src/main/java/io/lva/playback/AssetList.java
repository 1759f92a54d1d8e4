package io.lva.playback;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.playback.window.AssetCatalog;
import io.lva.playback.window.PlayableAsset;
import io.lva.playback.window.RecordingState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

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
    object.put(
        "start",
        asset.reader().span().map(range -> JsonAnswers.millis(range.start())).orElse(null));
    object.put("end", asset.state().newestEnd().map(JsonAnswers::millis).orElse(null));
  }
}
