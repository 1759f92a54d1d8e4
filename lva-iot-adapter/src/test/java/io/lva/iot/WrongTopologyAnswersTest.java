package io.lva.iot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.runtime.EngineLimits;
import io.lva.runtime.GraphEngine;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of wrong topologies, as a client sees their answers. */
class WrongTopologyAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path TOPOLOGIES = Path.of("../lva-core/src/test/resources/topologies");

  private final MediaRuntime runtime = MediaRuntime.builder().start();
  private final GraphEngine engine = GraphEngine.open(runtime, new EngineLimits(50, 1000));
  private final DirectMethods methods = new DirectMethods(engine);

  @AfterEach
  void close() {
    engine.close();
    runtime.close();
  }

  @Test
  void set_eachWrongTopology_answers400WithEveryProblemAndKeepsNothing() throws IOException {
    JsonNode rows = JSON.readTree(Files.readString(TOPOLOGIES.resolve("wrong.json")));
    assertThat(rows).hasSizeGreaterThanOrEqualTo(60);
    for (JsonNode row : rows) {
      ObjectNode topology = right(row.get("base").asText());
      row.get("edits").forEach(edit -> apply(edit, topology));
      Answer answer = methods.invoke("GraphTopologySet", topology.toString());
      assertThat(answer.status()).as("%s: %s", row.get("what"), answer.payload()).isEqualTo(400);
      List<String> expected = new ArrayList<>();
      row.get("problems").forEach(problem -> expected.add(problem.asText()));
      if (!expected.get(0).endsWith("$.@apiVersion")) { // refused before the rest is read
        assertThat(details(answer))
            .as("%s", row.get("what"))
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
    assertThat(engine.topologies()).isEmpty();
  }

  private static ObjectNode right(String name) throws IOException {
    String text = Files.readString(TOPOLOGIES.resolve(name));
    return (ObjectNode) JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static List<String> details(Answer answer) throws IOException {
    List<String> details = new ArrayList<>();
    for (JsonNode detail : JSON.readTree(answer.payload()).at("/error/details")) {
      details.add(detail.get("code").asText() + " " + detail.get("target").asText());
    }
    return details;
  }

  private static void apply(JsonNode edit, ObjectNode root) {
    JsonPointer at = JsonPointer.compile(edit.get("at").asText());
    switch (edit.get("op").asText()) {
      case "add" -> ((ArrayNode) root.at(at)).add(edit.get("value"));
      case "remove" -> parent(root, at).remove(at.last().getMatchingProperty());
      default -> parent(root, at).set(at.last().getMatchingProperty(), edit.get("value"));
    }
  }

  private static ObjectNode parent(ObjectNode root, JsonPointer at) {
    return (ObjectNode) root.at(at.head());
  }
}
