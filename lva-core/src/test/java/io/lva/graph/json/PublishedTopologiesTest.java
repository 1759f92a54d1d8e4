package io.lva.graph.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.GraphTopology;
import io.lva.graph.OpaqueSpec;
import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import io.lva.graph.SystemData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishedTopologiesTest {
  private static final SystemData DATA =
      SystemData.created(Instant.parse("2020-05-19T07:41:34.507Z"));

  @Test
  void read_everyPublishedFile_isAccepted() throws IOException {
    for (Path file : PublishedTopologies.files()) {
      List<Problem> warnings = new ArrayList<>();
      GraphTopology topology = TopologyJson.read(PublishedTopologies.read(file), warnings::add);
      assertThat(topology.nodes()).as("%s", file).isNotEmpty();
      assertThat(topology.nodes())
          .as("%s", file)
          .noneMatch(node -> node.spec() instanceof OpaqueSpec);
      assertThat(warnings)
          .as("%s", file)
          .extracting(Problem::code)
          .isSubsetOf(ProblemCode.PARAMETER_UNUSED, ProblemCode.PARAMETER_NOT_SECRET);
    }
  }

  @Test
  void write_everyPublishedFile_readsBackEqual() throws IOException {
    for (Path file : PublishedTopologies.files()) {
      GraphTopology topology = TopologyJson.read(PublishedTopologies.read(file), warning -> {});
      String written = TopologyJson.write(topology);
      assertThat(TopologyJson.read(written)).as("%s", file).isEqualTo(topology);
      assertThat(TopologyJson.write(TopologyJson.read(written))).isEqualTo(written);
    }
  }

  @Test
  void write_everyPublishedFile_keepsEachValue() throws IOException {
    for (Path file : PublishedTopologies.files()) {
      JsonNode original = JsonTexts.parse(PublishedTopologies.read(file));
      GraphTopology topology = TopologyJson.read(PublishedTopologies.read(file), warning -> {});
      JsonNode written = JsonTexts.parse(TopologyJson.write(topology));
      assertThat(normalised(written)).as("%s", file).isEqualTo(normalised(original));
    }
  }

  @Test
  void echo_everyPublishedFile_isNormalisedAndWithoutSecrets() throws IOException {
    for (Path file : PublishedTopologies.files()) {
      GraphTopology topology = TopologyJson.read(PublishedTopologies.read(file), warning -> {});
      String echo = TopologyJson.echo(topology, Optional.of(DATA));
      assertThat(echo).doesNotContain("\"password\"", "@apiVersion");
      ObjectNode json = JsonTexts.parse(echo);
      assertThat(json.fieldNames())
          .toIterable()
          .containsExactly("systemData", "name", "properties");
      JsonNode properties = json.get("properties");
      for (String list : List.of("parameters", "sources", "processors", "sinks")) {
        assertThat(properties.get(list)).as("%s %s", file, list).isInstanceOf(ArrayNode.class);
      }
      assertThat(properties.at("/sources/0/transport").asText()).isEqualToIgnoringCase("Tcp");
      for (String list : List.of("processors", "sinks")) {
        for (JsonNode node : properties.get(list)) {
          for (JsonNode input : node.get("inputs")) {
            assertThat(input.get("outputSelectors")).isInstanceOf(ArrayNode.class);
          }
        }
      }
    }
  }

  /** All texts, names of properties in lower case, nothing that is empty. */
  private static JsonNode normalised(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonTexts.MAPPER.createObjectNode();
      object
          .properties()
          .forEach(
              entry -> {
                JsonNode value = normalised(entry.getValue());
                if (!(value instanceof ArrayNode array && array.isEmpty())) {
                  copy.set(entry.getKey().toLowerCase(java.util.Locale.ROOT), value);
                }
              });
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonTexts.MAPPER.createArrayNode();
      array.forEach(element -> copy.add(normalised(element)));
      return copy;
    }
    return JsonTexts.MAPPER.getNodeFactory().textNode(node.asText());
  }
}
