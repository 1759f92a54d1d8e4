package io.lva.graph.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.ApiVersion;
import io.lva.graph.AssetSink;
import io.lva.graph.FileSink;
import io.lva.graph.FrameRateFilter;
import io.lva.graph.GraphTopology;
import io.lva.graph.HttpExtension;
import io.lva.graph.Image;
import io.lva.graph.ImageScale;
import io.lva.graph.MotionDetection;
import io.lva.graph.MotionSensitivity;
import io.lva.graph.Node;
import io.lva.graph.NodeInput;
import io.lva.graph.OpaqueSpec;
import io.lva.graph.Parameter;
import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import io.lva.graph.RtspSource;
import io.lva.graph.SignalGate;
import io.lva.graph.SystemData;
import io.lva.graph.TopologyBuilder;
import io.lva.graph.TopologyException;
import io.lva.graph.UnsecuredEndpoint;
import io.lva.graph.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers of published topologies trip over. */
class TrapsTest {
  @Test
  void write_negativeDuration_hasItsSignInFront() throws IOException {
    GraphTopology topology = own("gated.json");
    SignalGate gate = spec(topology, "gate", SignalGate.class);
    assertThat(gate.activationSignalOffset()).isEqualTo(Value.of(Duration.ofSeconds(-5)));
    assertThat(TopologyJson.write(topology)).contains("\"-PT5S\"");
    SignalGate built = SignalGate.create().signalOffset(Duration.ofSeconds(-5));
    assertThat(
            TopologyJson.write(
                new GraphTopology(
                    "T",
                    ApiVersion.V2_0,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(new Node("gate", built, List.of())),
                    List.of())))
        .contains("\"activationSignalOffset\":\"-PT5S\"");
  }

  @Test
  void read_namesAndEnumsInAnyCase_writesTheContractsNamesAndKeepsTheText() throws IOException {
    GraphTopology topology = own("version1.json");
    AssetSink sink = spec(topology, "archive", AssetSink.class);
    assertThat(sink.localMediaCacheMaximumSizeMiB()).contains(Value.of(200L));
    assertThat(spec(topology, "motion", MotionDetection.class).sensitivity())
        .isEqualTo(Value.of(MotionSensitivity.MEDIUM));
    String written = TopologyJson.write(topology);
    assertThat(written)
        .contains("\"localMediaCacheMaximumSizeMiB\":\"200\"")
        .contains("\"sensitivity\":\"medium\"")
        .contains("\"segmentLength\":\"PT0M30S\"");
  }

  @Test
  void read_numbersAsNumbersOrTexts_writesTexts() throws IOException {
    GraphTopology topology = own("version1.json");
    assertThat(spec(topology, "slower", FrameRateFilter.class).maximumFps())
        .contains(Value.of(2.0));
    ImageScale scale =
        spec(topology, "inference", HttpExtension.class)
            .image()
            .flatMap(Image::scale)
            .orElseThrow();
    assertThat(scale.width()).isEqualTo(scale.height()).contains(Value.of(416L));
    assertThat(TopologyJson.write(topology))
        .contains("\"maximumFps\":\"2\"", "\"width\":\"416\",\"height\":\"416\"");
    for (String fps : List.of("8", "\"10\"", "0.1", "1.0", "\"1.0\"")) {
      String text = new String(OwnTopologies.read("version1.json"), StandardCharsets.UTF_8);
      GraphTopology read =
          TopologyJson.read(text.replace("\"maximumFps\": 2", "\"maximumFps\": " + fps));
      assertThat(TopologyJson.write(read))
          .contains("\"maximumFps\":\"" + fps.replace("\"", "") + "\"");
    }
  }

  @Test
  void read_unknownNodes_keepsThemVerbatim() throws IOException {
    GraphTopology topology = own("everything.json");
    OpaqueSpec.Processor blur = spec(topology, "blur", OpaqueSpec.Processor.class);
    assertThat(blur.type()).isEqualTo("#Contoso.Blur");
    assertThat(blur.json())
        .isEqualTo(
            "{\"strength\":1.50,\"faces\":{\"list\":[1,\"two\",null,true],\"password\":\"${key}\"}}");
    assertThat(TopologyJson.write(topology)).contains("\"screen\":12345678901234567890");
    assertThat(blur.toString()).isEqualTo("#Contoso.Blur");
  }

  @Test
  void read_emptyAndAbsentLists_areTheSame() throws IOException {
    ObjectNode absent = tree("cvr.json");
    ObjectNode empty = absent.deepCopy();
    ((ObjectNode) empty.get("properties")).putArray("processors");
    ((ObjectNode) empty.at("/properties/sinks/0/inputs/0")).putArray("outputSelectors");
    assertThat(TopologyJson.read(empty.toString())).isEqualTo(TopologyJson.read(absent.toString()));
  }

  @Test
  void read_fileSinkOfEachVersion_keepsItsForm() throws IOException {
    GraphTopology version1 = own("version1.json");
    GraphTopology version2 = own("everything.json");
    assertThat(version1.apiVersion()).isEqualTo(ApiVersion.V1_0);
    assertThat(spec(version1, "files", FileSink.class).filePathPattern()).isPresent();
    assertThat(version2.apiVersion()).isEqualTo(ApiVersion.V2_0);
    assertThat(spec(version2, "files", FileSink.class).fileNamePattern()).isPresent();
    assertThat(TopologyJson.write(version1)).contains("\"@apiVersion\":\"1.0\"");
  }

  @Test
  void read_templateWhereALimitIs_isAccepted() throws IOException {
    ObjectNode json = tree("cvr.json");
    ObjectNode sink = (ObjectNode) json.at("/properties/sinks/0");
    sink.put("segmentLength", "${length}");
    ((com.fasterxml.jackson.databind.node.ArrayNode) json.at("/properties/parameters"))
        .addObject()
        .put("name", "length")
        .put("type", "String");
    assertThat(spec(TopologyJson.read(json.toString()), "archive", AssetSink.class).segmentLength())
        .isInstanceOf(Value.Template.class);
    sink.put("segmentLength", "PT45S");
    assertThatExceptionOfType(TopologyException.class)
        .isThrownBy(() -> TopologyJson.read(json.toString()))
        .withMessageContaining("30 seconds to 5 minutes");
  }

  @Test
  void read_constantAssetName_isAcceptedAlthoughTheSchemaAsksForAVariable() throws IOException {
    ObjectNode json = tree("cvr.json");
    ((ObjectNode) json.at("/properties/sinks/0")).put("assetNamePattern", "front-door");
    assertThat(
            spec(TopologyJson.read(json.toString()), "archive", AssetSink.class).assetNamePattern())
        .isEqualTo(Value.of("front-door"));
  }

  @Test
  void read_unusedParameter_isAWarning() throws IOException {
    List<Problem> warnings = new ArrayList<>();
    TopologyJson.read(OwnTopologies.read("everything.json"), warnings::add);
    assertThat(warnings)
        .containsExactly(
            new Problem(
                ProblemCode.PARAMETER_UNUSED,
                "The parameter 'quiet' is declared and not used.",
                "$.properties.parameters[5]"));
  }

  @Test
  void read_orderOfInputsAndNodes_isKept() throws IOException {
    GraphTopology topology = own("gated.json");
    assertThat(topology.node("gate").orElseThrow().inputs())
        .extracting(NodeInput::nodeName)
        .containsExactly("motion", "camera");
    assertThat(topology.nodes())
        .extracting(Node::name)
        .containsExactly("camera", "motion", "gate", "archive", "hub");
  }

  @Test
  void read_earlyBuild_isUnderstood() throws IOException {
    GraphTopology topology = own("early.json");
    assertThat(topology.name()).isEqualTo("Early");
    assertThat(topology.apiVersion()).isEqualTo(ApiVersion.V1_0);
    RtspSource camera = spec(topology, "camera", RtspSource.class);
    assertThat(camera.endpoint()).isInstanceOf(UnsecuredEndpoint.class);
    AssetSink sink = spec(topology, "archive", AssetSink.class);
    assertThat(sink.localMediaCacheMaximumSizeMiB()).contains(Value.of(512L));
    assertThat(topology.node("archive").orElseThrow().inputs())
        .containsExactly(new NodeInput("camera"));
  }

  @Test
  void read_firstBuilds_motionDetectorCommentAndSinkWithoutCacheAreUnderstood() throws IOException {
    GraphTopology topology = own("first.json");
    assertThat(topology.node("md").orElseThrow().spec()).isInstanceOf(MotionDetection.class);
    AssetSink sink = spec(topology, "archive", AssetSink.class);
    assertThat(sink.localMediaCachePath()).isEmpty();
    assertThat(TopologyJson.write(topology))
        .contains("MediaGraphMotionDetectionProcessor")
        .doesNotContain("moduleName");
    assertThat(TopologyJson.readWritten(TopologyJson.write(topology))).isEqualTo(topology);
  }

  @Test
  void read_sinkOfFirstBuildsWithNamesOfLaterOnes_needsItsCache() throws IOException {
    String text = new String(OwnTopologies.read("first.json"), StandardCharsets.UTF_8);
    assertThatExceptionOfType(TopologyException.class)
        .isThrownBy(() -> TopologyJson.read(text.replace("moduleName", "nodeName")))
        .satisfies(
            refused ->
                assertThat(refused.problems())
                    .extracting(Problem::path)
                    .containsExactly(
                        "$.properties.sinks[0].localMediaCacheMaximumSizeMiB",
                        "$.properties.sinks[0].localMediaCachePath"));
  }

  @Test
  void read_otherSystemVariable_isOfUnknownTypesOnly() throws IOException {
    ObjectNode json = tree("cvr.json");
    ObjectNode sink = (ObjectNode) json.at("/properties/sinks/0");
    sink.put("assetNamePattern", "a-${System.Runtime.DateTime}");
    assertThatExceptionOfType(TopologyException.class)
        .isThrownBy(() -> TopologyJson.read(json.toString()));
    sink.put("@type", "#Microsoft.VideoAnalyzer.VideoSink");
    assertThat(TopologyJson.write(TopologyJson.read(json.toString())))
        .contains("a-${System.Runtime.DateTime}");
  }

  @Test
  void read_passwordOfAPlainParameter_isAWarningAndOfASecretNone() throws IOException {
    ObjectNode json = tree("cvr.json");
    assertThat(warnings(json)).doesNotContain(ProblemCode.PARAMETER_NOT_SECRET);
    json.at("/properties/parameters")
        .forEach(parameter -> ((ObjectNode) parameter).put("type", "String"));
    assertThat(warnings(json)).containsOnlyOnce(ProblemCode.PARAMETER_NOT_SECRET);
  }

  private static List<ProblemCode> warnings(ObjectNode json) {
    List<ProblemCode> codes = new ArrayList<>();
    TopologyJson.read(json.toString(), warning -> codes.add(warning.code()));
    return codes;
  }

  @Test
  void readWrite_ownTopologies_areEqual() throws IOException {
    for (String name : OwnTopologies.ALL) {
      GraphTopology topology = own(name);
      assertThat(TopologyJson.read(TopologyJson.write(topology))).as(name).isEqualTo(topology);
      assertThat(TopologyJson.read(TopologyJson.pretty(TopologyJson.write(topology))))
          .isEqualTo(topology);
    }
  }

  @Test
  void readWritten_sinkWithoutCache_isReadAndOfAClientRefused() {
    TopologyBuilder graph = GraphTopology.builder("NoCache");
    graph.source("camera", RtspSource.at("rtsp://10.0.0.5/")).to("archive", AssetSink.named("a"));
    GraphTopology topology = graph.build();
    String written = TopologyJson.write(topology);
    assertThat(TopologyJson.readWritten(written)).isEqualTo(topology);
    assertThatExceptionOfType(TopologyException.class).isThrownBy(() -> TopologyJson.read(written));
  }

  @Test
  void echo_everyNodeType_isNormalisedAndWithoutSecrets() throws IOException {
    SystemData data =
        SystemData.created(Instant.parse("2020-05-19T07:41:34.5Z"))
            .modified(Instant.parse("2020-05-20T00:00:00Z"));
    String echo = TopologyJson.echo(own("everything.json"), Optional.of(data));
    assertThat(echo)
        .startsWith(
            "{\"systemData\":{\"createdAt\":\"2020-05-19T07:41:34.500Z\","
                + "\"lastModifiedAt\":\"2020-05-20T00:00:00.000Z\"},\"name\":\"Everything\"")
        .doesNotContain("top secret", "password", "headerValue", "\"${key}\"", "@apiVersion");
    JsonNode json = JsonTexts.parse(echo);
    assertThat(json.at("/properties/processors/0/outputMotionRegion").isBoolean()).isTrue();
    assertThat(json.at("/properties/sources/0/transport").asText()).isEqualTo("Http");
    assertThat(json.at("/properties/processors/1/inputs/0/outputSelectors").isArray()).isTrue();
  }

  @Test
  void echo_urlWithUser_isWithoutIt() throws IOException {
    ObjectNode json = tree("cvr.json");
    ((ObjectNode) json.at("/properties/sources/0/endpoint"))
        .put("url", "rtsp://root:pw@10.0.0.5/a");
    ((com.fasterxml.jackson.databind.node.ArrayNode) json.at("/properties/parameters")).remove(0);
    List<Problem> warnings = new ArrayList<>();
    GraphTopology topology = TopologyJson.read(json.toString(), warnings::add);
    assertThat(warnings).extracting(Problem::code).containsExactly(ProblemCode.CREDENTIALS_IN_URL);
    assertThat(TopologyJson.echo(topology, Optional.empty()))
        .contains("rtsp://10.0.0.5/a")
        .doesNotContain("root:pw");
    assertThat(TopologyJson.write(topology)).contains("root:pw");
  }

  @Test
  void echo_publishedPasswordParameter_keepsItsDefaultAsTheModuleDid() {
    Parameter<String> password = Parameter.string("password").defaultsTo("dummy");
    GraphTopology topology =
        new GraphTopology(
            "T",
            ApiVersion.V2_0,
            Optional.empty(),
            List.of(password, Parameter.secret("secret").defaultsTo(io.lva.graph.Secret.of("pw"))),
            List.of(),
            List.of(),
            List.of());
    assertThat(TopologyJson.echo(topology, Optional.empty()))
        .contains("dummy")
        .doesNotContain("pw")
        .contains("\"processors\":[]");
  }

  private static GraphTopology own(String name) throws IOException {
    return TopologyJson.read(OwnTopologies.read(name), warning -> {});
  }

  private static ObjectNode tree(String name) throws IOException {
    return JsonTexts.parse(OwnTopologies.read(name));
  }

  private static <S> S spec(GraphTopology topology, String node, Class<S> type) {
    return type.cast(topology.node(node).orElseThrow().spec());
  }

  @ParameterizedTest
  @CsvSource({"200.0,200", "2e2,200", "\"200\",200"})
  void read_wholeNumberWrittenAsDecimal_isTheWholeNumber(String json, String written)
      throws IOException {
    GraphTopology topology = TopologyJson.read(cvrWithCache(json));
    assertThat(TopologyJson.write(topology))
        .contains("\"localMediaCacheMaximumSizeMiB\":\"" + written + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"200.5", "\"200.0\"", "1e2147483647", "1e-2147483647", "1e30", "true", "{}", "[]"})
  void read_noWholeNumber_isRefused(String json) {
    assertThatExceptionOfType(TopologyException.class)
        .isThrownBy(() -> TopologyJson.read(cvrWithCache(json)))
        .satisfies(
            refused ->
                assertThat(refused.problems())
                    .extracting(Problem::path)
                    .contains("$.properties.sinks[0].localMediaCacheMaximumSizeMiB"));
  }

  private static String cvrWithCache(String json) throws IOException {
    ObjectNode topology = tree("cvr.json");
    ((ObjectNode) topology.at("/properties/sinks/0")).put("localMediaCacheMaximumSizeMiB", "CACHE");
    return topology.toString().replace("\"CACHE\"", json);
  }

  @Test
  void echo_urlOfAnUnknownNode_isWithoutItsUser() throws IOException {
    ObjectNode json = tree("cvr.json");
    ObjectNode sink = (ObjectNode) json.at("/properties/sinks/0");
    sink.put("@type", "#Contoso.Sink").put("target", "https://u:hunter2@10.0.0.9/a");
    sink.putArray("mirrors").add("ftp://u:hunter2@10.0.0.9/b").add(7);
    sink.putObject("deep").put("PassWord", "hunter2").put("kept", true);
    GraphTopology topology = TopologyJson.read(json.toString());
    assertThat(TopologyJson.echo(topology, Optional.empty()))
        .doesNotContain("hunter2")
        .contains("https://10.0.0.9/a", "ftp://10.0.0.9/b\",7", "\"deep\":{\"kept\":true}");
    assertThat(TopologyJson.write(topology)).contains("u:hunter2@10.0.0.9/a");
  }
}
