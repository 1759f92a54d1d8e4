package io.lva.graph.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.ProblemCode;
import io.lva.graph.TopologyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: a topology, or the one declared exception. */
class TopologyFuzzTest {
  private static final long SEED = 20200519;
  private static final int ROUNDS = 4000;
  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e999",
          "\"\"",
          "\"${\"",
          "\"${x}\"",
          "\"${}\"",
          "[]",
          "{}",
          "[[]]",
          "\"\\u0000\"",
          "\"PT999999999999999999S\"",
          "99999999999999999999",
          "\"rtsp://\"",
          "\"rtsp://[\"",
          "\"rtsp://a b/%\"",
          "\"-PT5S\"",
          "{\"@type\":5}",
          "\"${System.DateTime}\"");

  @Test
  void read_mutatedBytes_onlyTheDeclaredException() throws IOException {
    Random random = new Random(SEED);
    List<byte[]> seeds = seeds();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
      for (int i = random.nextInt(8); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
      readAndWrite(java.util.Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void read_mutatedTrees_onlyTheDeclaredException() throws IOException {
    Random random = new Random(SEED);
    List<byte[]> seeds = seeds();
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode tree = JsonTexts.parse(seeds.get(random.nextInt(seeds.size())));
      for (int i = random.nextInt(3); i >= 0; i--) {
        mutate(tree, random);
      }
      readAndWrite(tree.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void read_randomBytes_onlyTheDeclaredException() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      readAndWrite(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"properties\":{\"sources\":["})
  void read_deepNesting_isRefusedWithoutOverflow(String opening) {
    for (int depth : new int[] {63, 64, 65, 1000, 100_000}) {
      TopologyException thrown = refusal(opening.repeat(depth));
      assertThat(thrown.problems()).extracting("code").containsExactly(ProblemCode.JSON_INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 1000, 100_000})
  void read_deepJsonOfAnUnknownNode_isRefused(int depth) {
    String deep = "[".repeat(depth) + "]".repeat(depth);
    String json =
        "{\"@apiVersion\":\"2.0\",\"name\":\"Deep\",\"properties\":{\"sources\":["
            + "{\"@type\":\"#A\",\"name\":\"a\",\"x\":"
            + deep
            + "}]}}";
    assertThat(refusal(json).problems())
        .extracting("code")
        .containsExactly(ProblemCode.JSON_INVALID);
  }

  @Test
  void read_deepJsonOfAnUnknownNode_isWrittenAndReadAgainOrRefused() {
    for (int depth = 50; depth < 70; depth++) {
      String json =
          "{'@apiVersion':'2.0','name':'Deep','properties':{'sources':[{'@type':'#A','name':'a',"
              + "'x':"
              + "[".repeat(depth)
              + "]".repeat(depth)
              + "}],'sinks':[{'@type':'#B','name':'b','inputs':[{'nodeName':'a'}]}]}}";
      readAndWrite(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void read_tooLong_isRefused() {
    String blanks = " ".repeat(JsonTexts.MAXIMUM_LENGTH);
    assertThat(refusal("{}" + blanks).problems())
        .extracting("code")
        .containsExactly(ProblemCode.JSON_INVALID);
    assertThat(refusal("9".repeat(200))).hasMessageContaining("JSON");
    assertThat(refusal("{\"a\":" + "9".repeat(200) + "}")).hasMessageContaining("JSON");
  }

  @Test
  void read_veryManyWrongNodes_endsSoon() {
    StringBuilder json =
        new StringBuilder("{'@apiVersion':'2.0','name':'Many','properties':{'processors':[");
    String type = "#Microsoft.Media.MediaGraphSignalGateProcessor";
    for (int i = 0; i < 8000; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{'@type':'" + type + "','name':'n" + i + "','inputs':[{'nodeName':'n")
          .append((i + 1) % 8000)
          .append("'}]}");
    }
    String text = json.append("]}}").toString().replace('\'', '"');
    long start = System.nanoTime();
    assertThat(refusal(text).problems()).hasSizeGreaterThan(8000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void refusal_ofText_doesNotRepeatIt() {
    assertThat(refusal("{\"password\": hunter2}")).hasMessageNotContaining("hunter2");
    assertThat(refusal("{\"password\": \"hunter2\\q\"}")).hasMessageNotContaining("hunter2");
  }

  private static TopologyException refusal(String text) {
    TopologyException thrown =
        catchThrowableOfType(TopologyException.class, () -> TopologyJson.read(text));
    assertThat(thrown).isNotNull();
    return thrown;
  }

  @Test
  void read_mutatedInstances_onlyTheDeclaredException() throws IOException {
    Random random = new Random(SEED);
    ObjectNode seed =
        JsonTexts.parse(
            InstanceJson.write(
                new InstanceDefinition(
                    "one", "Continuous", Optional.empty(), Map.of("a", "1", "b", "2"))));
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode tree = seed.deepCopy();
      mutate(tree, random);
      try {
        InstanceDefinition instance = InstanceJson.read(tree.toString());
        assertThat(InstanceJson.read(InstanceJson.write(instance))).isEqualTo(instance);
      } catch (TopologyException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  private static void readAndWrite(byte[] bytes) {
    GraphTopology topology;
    try {
      topology = TopologyJson.read(bytes, warning -> {});
    } catch (TopologyException e) {
      assertThat(e.problems()).isNotEmpty();
      return;
    }
    assertThat(TopologyJson.readWritten(TopologyJson.write(topology))).isEqualTo(topology);
    assertThat(TopologyJson.echo(topology, Optional.empty())).isNotBlank();
    assertThat(topology.toString()).isNotBlank();
  }

  private static void mutate(ObjectNode root, Random random) throws IOException {
    List<JsonNode> containers = new ArrayList<>(List.of(root));
    for (int i = 0; i < containers.size(); i++) {
      containers.get(i).forEach(child -> addContainer(containers, child));
    }
    JsonNode chosen = containers.get(random.nextInt(containers.size()));
    JsonNode odd = JsonTexts.MAPPER.readTree(ODD.get(random.nextInt(ODD.size())));
    if (chosen instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(3)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(name, odd);
        default -> object.set(name.toUpperCase(java.util.Locale.ROOT), odd);
      }
    } else if (chosen instanceof ArrayNode array) {
      switch (random.nextInt(3)) {
        case 0 -> array.add(odd);
        case 1 -> array.removeAll();
        default -> array.addAll(array.deepCopy());
      }
    }
  }

  private static void addContainer(List<JsonNode> containers, JsonNode node) {
    if (node.isContainerNode()) {
      containers.add(node);
    }
  }

  /** Returns our own files, and the published ones where they are. */
  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : OwnTopologies.ALL) {
      seeds.add(OwnTopologies.read(name));
    }
    if (PublishedTopologies.available()) {
      for (Path file : PublishedTopologies.files()) {
        seeds.add(PublishedTopologies.read(file));
      }
    }
    return seeds;
  }
}
