package io.lva.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lva.runtime.GraphEngine;
import io.lva.runtime.MediaRuntime;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsPlayerTest {
  private final FakeNodes nodes = new FakeNodes();
  private final MediaRuntime runtime =
      MediaRuntime.builder().nodes(nodes.source(), nodes.sink()).start();
  private final GraphEngine engine = GraphEngine.open(runtime);
  private final List<String> played = new ArrayList<>();

  private final OperationsPlayer.Listener listener =
      new OperationsPlayer.Listener() {
        @Override
        public void request(String methodName, String payload) {
          assertThat(payload).contains("@apiVersion");
        }

        @Override
        public void answer(String methodName, Answer answer) {
          played.add(methodName + " " + answer.status());
        }

        @Override
        public void waiting(String message) {
          assertThat(message).isNotBlank();
        }

        @Override
        public void skipped(String operation, String reason) {
          played.add(operation + " skipped: " + reason);
        }
      };

  @AfterEach
  void close() {
    engine.close();
    runtime.close();
  }

  private int play(Path file) throws IOException {
    assumeThat(file).exists();
    var loader = TopologyLoader.inDirectory(SharedData.path("topologies"));
    return new OperationsPlayer(new DirectMethods(engine)::invoke, loader)
        .play(Files.readString(file), listener);
  }

  @Test
  void play_continuousRecording_statusesOfTheTutorial() throws IOException {
    assertThat(play(SharedData.path("contract/operations-cvr.json"))).isZero();
    assertThat(played)
        .containsExactly(
            "GraphTopologyList 200",
            "GraphInstanceList 200",
            "GraphTopologySet 201",
            "GraphInstanceSet 201",
            "GraphInstanceActivate 200",
            "GraphInstanceList 200",
            "GraphInstanceDeactivate 200",
            "GraphInstanceDelete 200",
            "GraphInstanceList 200",
            "GraphTopologyDelete 200",
            "GraphTopologyList 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"operations.json", "operations-api1.0-earliest.json"})
  void play_motionDetection_goesOnAfterTheRefusedActivation(String file) throws IOException {
    assertThat(play(SharedData.path("contract/" + file))).isEqualTo(1);
    assertThat(played).contains("GraphTopologySet 201", "GraphInstanceActivate 400");
    assertThat(played).endsWith("GraphTopologyDelete 200", "GraphTopologyList 200");
  }

  @Test
  void play_topologyNotThere_skippedWithItsPlace() throws IOException {
    String operations =
        """
        {"apiVersion": "2.0", "operations": [{"opName": "GraphTopologySet", "opParams": {
          "topologyUrl": "https://raw.example/MediaGraph/topologies/none/topology.json"}}]}\
        """;
    var loader = TopologyLoader.inDirectory(Path.of("target"));
    int failures =
        new OperationsPlayer(new DirectMethods(engine)::invoke, loader).play(operations, listener);
    assertThat(failures).isEqualTo(1);
    assertThat(played.get(0)).startsWith("GraphTopologySet skipped:").contains("none");
  }

  @Test
  void play_otherValues_replaceThoseOfTheFileAndAddNone() {
    String operations =
        """
        {"apiVersion": "2.0", "operations": [{"opName": "GraphInstanceSet", "opParams": {
          "name": "a", "properties": {"topologyName": "t", "parameters": [
            {"name": "rtspUrl", "value": "rtsp://rtspsim:554/a.mkv"},
            {"name": "other", "value": "kept"}]}}}]}\
        """;
    List<String> payloads = new ArrayList<>();
    var player =
        new OperationsPlayer(new DirectMethods(engine)::invoke, url -> url)
            .withValues(Map.of("rtspUrl", "rtsp://127.0.0.1:8554/pattern", "unknown", "x"));
    player.play(operations, new Payloads(payloads));
    assertThat(payloads)
        .containsExactly(
            "{\"@apiVersion\":\"2.0\",\"name\":\"a\",\"properties\":{\"topologyName\":\"t\","
                + "\"parameters\":[{\"name\":\"rtspUrl\",\"value\":\"rtsp://127.0.0.1:8554/pattern\"},"
                + "{\"name\":\"other\",\"value\":\"kept\"}]}}");
  }

  @Test
  void play_commentInTheFile_passedOver() {
    String operations =
        """
        {"apiVersion": "1.0", "operations": [
          // {"opName": "GraphInstanceList", "opParams": {}},
          {"opName": "GraphTopologyList", "opParams": {}}]}\
        """;
    var player = new OperationsPlayer(new DirectMethods(engine)::invoke, url -> url);
    assertThat(player.play(operations, listener)).isZero();
    assertThat(played).containsExactly("GraphTopologyList 200");
  }

  /** Keeps the payloads only. */
  private record Payloads(List<String> seen) implements OperationsPlayer.Listener {
    @Override
    public void request(String methodName, String payload) {
      seen.add(payload);
    }

    @Override
    public void answer(String methodName, Answer answer) {}

    @Override
    public void waiting(String message) {}

    @Override
    public void skipped(String operation, String reason) {}
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "x", "{\"apiVersion\":\"1.0\",\"operations\":{}}"})
  void play_noOperationsFile_refused(String text) {
    var player = new OperationsPlayer(new DirectMethods(engine)::invoke, url -> url);
    assertThatThrownBy(() -> player.play(text, listener))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void load_addressThatLeavesTheFolder_refused() {
    var loader = TopologyLoader.inDirectory(Path.of("target"));
    assertThatThrownBy(() -> loader.load("https://x/MediaGraph/topologies/../pom.xml"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads out");
  }
}
