package io.lva.playback;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.AssetGap;
import io.lva.asset.AssetReader;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.playback.address.PlaybackException;
import io.lva.playback.address.RequestTime;
import io.lva.playback.http.Request;
import java.io.IOException;
import java.time.Instant;

/** Lists the gaps of a range with their causes, for the page. */
final class GapList {
  private GapList() {}

  /**
   * Answers a request.
   *
   * @throws PlaybackException with status 400 when times are missing or malformed, or the span is
   *     empty or longer than 25 hours
   */
  static ObjectNode answer(Request request, AssetReader reader) throws IOException {
    Instant start = RequestTime.parse("startTime", AvailableMedia.required(request, "startTime"));
    Instant end = RequestTime.parse("endTime", AvailableMedia.required(request, "endTime"));
    AvailableMedia.checkSpan(start, end);
    ObjectNode answer = JsonAnswers.object();
    ArrayNode list = answer.putArray("gaps");
    for (AssetGap asset : reader.gaps(start, end)) {
      Gap gap = asset.gap();
      ObjectNode object = list.addObject();
      object.put("start", JsonAnswers.millis(gap.start()));
      object.put("end", asset.end().map(JsonAnswers::millis).orElse(null));
      if (!asset.setBack().isZero()) {
        object.put("clockStepMillis", -asset.setBack().toMillis()); // times come twice
      }
      ArrayNode causes = object.putArray("causes");
      for (GapCause cause : gap.causes()) {
        causes.add(cause.text());
      }
      object.put("origin", gap.origin().text());
      object.put("bridged", asset.bridged());
    }
    return answer;
  }
}
