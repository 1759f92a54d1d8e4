package io.lva.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.media.MediaEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {
  private static final Instant NOW = Instant.parse("2020-05-12T23:33:09.381Z");
  private static final RecordingOutput ASSET =
      new RecordingOutput(RecordingOutput.Type.ASSET_NAME, "sampleAsset-20200512T233309Z");
  private static final RecordingOutput FILE =
      new RecordingOutput(RecordingOutput.Type.FILE_PATH, "/var/media/a.mp4");
  private static final EventSource CAMERA =
      EventSource.ofInstance("/mediaGraph/here", "Sample-Graph-2").node("sources", "rtspSource");

  private static EventRecord record(GraphEvent event) {
    return EventRecord.of(CAMERA, NOW, event);
  }

  static Stream<Row> catalogue() {
    return Stream.of(
        row(
            new GraphEvent.MediaSessionEstablished("v=0\r\ns=x\r\n"),
            "Graph.Diagnostics.MediaSessionEstablished",
            "{\"sdp\":\"SDP:\\nv=0\\r\\ns=x\\r\\n\"}"),
        row(
            new GraphEvent.RecordingStarted(ASSET, NOW),
            "Graph.Operational.RecordingStarted",
            "{\"outputType\":\"assetName\",\"outputLocation\":\"sampleAsset-20200512T233309Z\"}"),
        row(
            new GraphEvent.RecordingAvailable(FILE, NOW),
            "Graph.Operational.RecordingAvailable",
            "{\"outputType\":\"filePath\",\"outputLocation\":\"/var/media/a.mp4\"}"),
        row(
            new GraphEvent.RecordingStopped(FILE, NOW),
            "Graph.Operational.RecordingStopped",
            "{\"outputType\":\"filePath\",\"outputLocation\":\"/var/media/a.mp4\"}"),
        row(
            new GraphEvent.MediaFormatError("unsupportedVideoFormat", "the camera sends JPEG"),
            "Graph.Diagnostics.MediaFormatError",
            "{\"timestamp\":1589326389381,\"code\":\"unsupportedVideoFormat\","
                + "\"reason\":\"the camera sends JPEG\"}"),
        row(
            new GraphEvent.ProtocolError(
                "rtsp", "404", "rtsp://cam/main", "cam:554", "no such stream"),
            "Graph.Diagnostics.ProtocolError",
            "{\"code\":\"404\",\"target\":\"rtsp://cam/main\",\"protocol\":\"rtsp\","
                + "\"errorCode\":\"404\",\"host\":\"cam:554\",\"reason\":\"no such stream\"}"),
        row(
            new GraphEvent.AuthorizationError("cam:554", "403", "not allowed"),
            "Graph.Diagnostics.AuthorizationError",
            "{\"errorCode\":\"403\",\"host\":\"cam:554\",\"reason\":\"not allowed\"}"),
        row(
            new GraphEvent.NetworkError("cam:554", "connectionRefused", "nobody listens"),
            "Graph.Diagnostics.NetworkError",
            "{\"errorCode\":\"connectionRefused\",\"host\":\"cam:554\","
                + "\"reason\":\"nobody listens\"}"),
        row(
            new GraphEvent.DataDropped("video", "disk too slow"),
            "Graph.Diagnostics.DataDropped",
            "{\"dataType\":\"video\",\"reason\":\"disk too slow\"}"),
        row(
            new GraphEvent.StorageError("/srv/recordings", "noSpace", "the volume is full"),
            "Graph.Diagnostics.StorageError",
            "{\"storageAccountName\":\"/srv/recordings\",\"errorCode\":\"noSpace\","
                + "\"reason\":\"the volume is full\"}"),
        row(
            new GraphEvent.RuntimeError("outOfMemory", "media budget is used up"),
            "Edge.Diagnostics.RuntimeError",
            "{\"code\":\"outOfMemory\",\"reason\":\"media budget is used up\"}"),
        row(
            new GraphEvent.InferenceMessage(
                "hubOutput",
                new MediaEvent.Analysis(
                    TimeUnit.MILLISECONDS.toNanos(NOW.toEpochMilli()),
                    List.of(Inference.of(new InferenceValue.Motion(Optional.empty()))))),
            "Graph.Analytics.Inference",
            "{\"timestamp\":143039375044290,"
                + "\"inferences\":[{\"type\":\"motion\",\"motion\":{}}]}"));
  }

  private record Row(GraphEvent event, String type, String body) {}

  private static Row row(GraphEvent event, String type, String body) {
    return new Row(event, "Microsoft.Media." + type, body);
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void body_ofEachType_asTheContractSays(Row row) {
    EventRecord record = record(row.event());
    assertThat(EventJson.standard().eventType(record)).isEqualTo(row.type());
    assertThat(EventJson.standard().body(record)).isEqualTo(row.body());
  }

  @Test
  void catalogue_allTypes_covered() {
    List<Class<?>> covered = new ArrayList<>();
    catalogue().forEach(row -> covered.add(row.event().getClass()));
    assertThat(covered).containsExactlyInAnyOrder(GraphEvent.class.getPermittedSubclasses());
  }

  @Test
  void flat_event_idTopicSubjectTypeTimeDataVersion() {
    EventRecord record = record(new GraphEvent.DataDropped("video", "slow"));
    assertThat(EventJson.standard().flat(record))
        .isEqualTo(
            "{\"id\":\""
                + record.id()
                + "\",\"topic\":\"/mediaGraph/here\","
                + "\"subject\":\"/graphInstances/Sample-Graph-2/sources/rtspSource\","
                + "\"eventType\":\"Microsoft.Media.Graph.Diagnostics.DataDropped\","
                + "\"eventTime\":\"2020-05-12T23:33:09.381Z\","
                + "\"data\":{\"dataType\":\"video\",\"reason\":\"slow\"},\"dataVersion\":\"1.0\"}");
  }

  @Test
  void tutorialNames_sessionEstablished_formerPrefixAndNoOther() {
    EventJson tutorial = EventJson.tutorial();
    assertThat(tutorial.envelope(record(new GraphEvent.MediaSessionEstablished("v=0"))))
        .contains("\"Microsoft.Media.MediaGraph.Diagnostics.MediaSessionEstablished\"");
    assertThat(tutorial.eventType(record(new GraphEvent.RecordingStarted(ASSET, NOW))))
        .isEqualTo("Microsoft.Media.Graph.Operational.RecordingStarted");
  }
}
