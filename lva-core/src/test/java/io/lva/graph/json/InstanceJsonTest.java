package io.lva.graph.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.InstanceRules;
import io.lva.graph.Problem;
import io.lva.graph.SystemData;
import io.lva.graph.TopologyException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceJsonTest {
  private static final String JSON =
      """
      {"@apiVersion": 1.0, "Name": "Sample-Graph-1", "systemData": {"createdAt": "x"},
       "properties": {"TopologyName": "Continuous", "description": "the door", "state": "Active",
         "parameters": [{"name": "cameraUrl", "value": "rtsp://10.0.0.5/"},
                        {"name": "cameraPassword", "Value": 1234}]}}
      """;
  private static final InstanceDefinition INSTANCE =
      new InstanceDefinition(
          "Sample-Graph-1",
          "Continuous",
          Optional.of("the door"),
          Map.of("cameraUrl", "rtsp://10.0.0.5/", "cameraPassword", "1234"));

  @Test
  void read_lenientJson_isUnderstood() {
    List<Problem> warnings = new ArrayList<>();
    assertThat(InstanceJson.read(JSON, warnings::add)).isEqualTo(INSTANCE);
    assertThat(warnings).isEmpty();
  }

  @Test
  void readWrite_instance_isEqual() {
    assertThat(InstanceJson.read(InstanceJson.write(INSTANCE))).isEqualTo(INSTANCE);
  }

  @Test
  void echo_secretValue_isLeftOut() throws IOException {
    InstanceDefinition instance = InstanceJson.read(JSON);
    SystemData data = SystemData.created(Instant.EPOCH);
    assertThat(InstanceJson.echo(instance, topology(), "Inactive", Optional.of(data)))
        .isEqualTo(
            "{\"systemData\":{\"createdAt\":\"1970-01-01T00:00:00.000Z\","
                + "\"lastModifiedAt\":\"1970-01-01T00:00:00.000Z\"},\"name\":\"Sample-Graph-1\","
                + "\"properties\":{\"topologyName\":\"Continuous\",\"description\":\"the door\","
                + "\"parameters\":[{\"name\":\"cameraUrl\",\"value\":\"rtsp://10.0.0.5/\"}],"
                + "\"state\":\"Inactive\"}}");
    assertThat(instance.toString()).doesNotContain("1234");
  }

  @Test
  void read_wrongInstance_reportsEverything() {
    String json =
        """
        {"@apiVersion": "9", "properties": {"parameters":
          [{"value": "x"}, {"name": "a"}, 5, {"name": "b", "value": {}}, {"name": "a", "value": ""}]}}
        """;
    TopologyException thrown =
        catchThrowableOfType(TopologyException.class, () -> InstanceJson.read(json));
    assertThat(thrown.problems())
        .extracting(problem -> problem.code().text() + " " + problem.path())
        .containsExactly(
            "ApiVersionNotSupported $.@apiVersion",
            "PropertyRequired $.name",
            "PropertyRequired $.properties.topologyName",
            "PropertyRequired $.properties.parameters[0].name",
            "PropertyRequired $.properties.parameters[1].value",
            "PropertyTypeInvalid $.properties.parameters[2]",
            "PropertyTypeInvalid $.properties.parameters[3].value",
            "ParameterDuplicate $.properties.parameters[4].name");
  }

  @Test
  void rules_rightInstance_findNothing() throws IOException {
    assertThat(InstanceRules.problems(topology(), INSTANCE)).isEmpty();
  }

  @Test
  void rules_wrongValues_areReportedInTheInstance() throws IOException {
    GraphTopology topology = topology();
    assertThat(problems(topology, "in st", Map.of("colour", "red")))
        .containsExactly(
            "PropertyValueInvalidPattern $.name",
            "ParameterNotDeclared $.properties.parameters[0].name",
            "ParameterValueRequired $.properties.parameters",
            "ParameterValueRequired $.properties.parameters");
    assertThat(problems(topology, "i", Map.of("cameraUrl", "door", "cameraPassword", "x")))
        .hasSize(1)
        .first()
        .asString()
        .matches("ParameterValueInvalid \\$\\.properties\\.parameters\\[[01]]\\.value");
    assertThat(problems(topology, "i", Map.of("cameraUrl", "http://a/", "cameraPassword", "x")))
        .containsExactly("RtspEndpointUrlInvalidScheme $.properties.parameters");
  }

  @Test
  void rules_wrongValueOfTypedParameter_isReported() throws IOException {
    GraphTopology topology = TopologyJson.read(OwnTopologies.read("everything.json"), w -> {});
    Map<String, String> good = Map.of("cameraUrl", "10.0.0.5", "cameraPassword", "x");
    assertThat(problems(topology, "i", good)).isEmpty();
    for (Map.Entry<String, String> wrong :
        Map.of("rate", "fast", "quality", "2.5", "quiet", "no").entrySet()) {
      java.util.LinkedHashMap<String, String> values = new java.util.LinkedHashMap<>(good);
      values.put(wrong.getKey(), wrong.getValue());
      assertThat(problems(topology, "i", values))
          .containsExactly("ParameterValueInvalid $.properties.parameters[2].value");
    }
    java.util.LinkedHashMap<String, String> values = new java.util.LinkedHashMap<>(good);
    values.put("quality", "101");
    assertThat(problems(topology, "i", values))
        .containsExactly("PropertyValueOutOfRange $.properties.parameters[2].value");
  }

  @Test
  void read_noJson_isRefused() {
    assertThatExceptionOfType(TopologyException.class).isThrownBy(() -> InstanceJson.read("[]"));
  }

  private static List<String> problems(
      GraphTopology topology, String name, Map<String, String> values) {
    return InstanceRules.problems(
            topology, new InstanceDefinition(name, topology.name(), Optional.empty(), values))
        .stream()
        .map(problem -> problem.code().text() + " " + problem.path())
        .toList();
  }

  private static GraphTopology topology() throws IOException {
    return TopologyJson.read(OwnTopologies.read("cvr.json"), warning -> {});
  }
}
