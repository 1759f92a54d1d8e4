package io.lva.graph;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyBuilderTest {
  private static final AssetSink SINK = AssetSink.named("cam-${System.DateTime}");

  @Test
  void build_linearGraph_hasItsNodesAndConnections() {
    TopologyBuilder graph = GraphTopology.builder("Linear");
    Parameter<String> url = graph.parameter(Parameter.string("url"));
    graph.source("camera", RtspSource.at(url)).video().to("archive", SINK);

    GraphTopology topology = graph.build();

    assertThat(topology.parameters()).hasSize(1);
    assertThat(topology.node("archive").orElseThrow().inputs())
        .containsExactly(
            new NodeInput("camera", List.of(OutputSelector.is(io.lva.media.MediaType.VIDEO))));
    assertThat(topology.apiVersion()).isEqualTo(ApiVersion.V2_0);
  }

  @Test
  void build_severalMistakes_reportsThemAll() {
    TopologyBuilder graph = GraphTopology.builder("not a name");
    MediaOutput camera = graph.source("camera", RtspSource.at("http://10.0.0.5/"));
    camera.to("camera", SINK.segmentLength(ofSeconds(45)));
    camera.to("other", AssetSink.named("a/b-${nothing}"));

    TopologyException thrown = catchThrowableOfType(TopologyException.class, graph::build);

    assertThat(thrown.problems())
        .extracting(problem -> problem.code().text() + " " + problem.path())
        .containsExactlyInAnyOrder(
            "PropertyValueInvalidPattern $.name",
            "GraphValidationError $.properties.sinks[0].name",
            "RtspEndpointUrlInvalidScheme $.properties.sources[0]",
            "PropertyValueOutOfRange $.properties.sinks[0].segmentLength",
            "PropertyValueInvalidPattern $.properties.sinks[1].assetNamePattern",
            "ParameterNotDeclared $.properties.sinks[1].assetNamePattern");
    assertThat(thrown).hasMessageContaining("segmentLength").hasMessageContaining("nothing");
  }

  @Test
  void build_handleOfAnotherBuilder_isRefused() {
    TopologyBuilder one = GraphTopology.builder("One");
    MediaOutput camera = one.source("camera", RtspSource.at("rtsp://10.0.0.5/"));
    TopologyBuilder two = GraphTopology.builder("Two");
    two.source("camera", RtspSource.at("rtsp://10.0.0.6/")).to("archive", SINK);
    two.process("motion", MotionDetection.create(), camera);

    assertThatExceptionOfType(TopologyException.class)
        .isThrownBy(two::build)
        .withMessageContaining("another builder")
        .withMessageContaining("$.properties.processors[0].inputs[0].nodeName");
  }

  @Test
  void builder_afterBuild_isClosed() {
    TopologyBuilder graph = GraphTopology.builder("Once");
    MediaOutput camera = graph.source("camera", RtspSource.at("rtsp://10.0.0.5/"));
    camera.to("archive", SINK);
    GraphTopology topology = graph.build();

    assertThatIllegalStateException().isThrownBy(graph::build);
    assertThatIllegalStateException().isThrownBy(() -> camera.to("late", SINK));
    assertThat(topology.sinks()).hasSize(1);
  }

  @Test
  void output_usedTwice_feedsTwoNodes() {
    TopologyBuilder graph = GraphTopology.builder("FanOut");
    MediaOutput video = graph.source("camera", RtspSource.at("rtsp://10.0.0.5/")).video();
    video.to("archive", SINK);
    MotionDetection.Outputs motion =
        video.via("motion", MotionDetection.sensitivity(MotionSensitivity.HIGH));
    motion.events().to("hub", IotHubMessageSink.output("events"));

    assertThat(graph.build().nodes())
        .extracting(Node::name)
        .containsExactly("camera", "motion", "archive", "hub");
  }

  @Test
  void topology_listOfCaller_isCopied() {
    java.util.ArrayList<NodeInput> inputs = new java.util.ArrayList<>();
    inputs.add(new NodeInput("camera"));
    Node node = new Node("archive", SINK, inputs);
    inputs.clear();
    assertThat(node.inputs()).hasSize(1);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> node.inputs().clear());
  }

  @Test
  void fileSink_toVersion2_splitsItsPath() {
    FileSink converted =
        FileSink.path("/var/media/${room}/clip-${System.DateTime}").toVersion2(512);
    assertThat(converted)
        .isEqualTo(FileSink.in("/var/media/${room}", "clip-${System.DateTime}", 512));
    assertThat(converted.toVersion2(9)).isSameAs(converted);
    assertThat(FileSink.path("/clip").toVersion2(1)).isEqualTo(FileSink.in("/", "clip", 1));
    assertThat(FileSink.path("C:\\clip").toVersion2(1)).isEqualTo(FileSink.in("C:\\", "clip", 1));
    assertThat(FileSink.path("C:/media/clip").toVersion2(1))
        .isEqualTo(FileSink.in("C:/media", "clip", 1));
    assertThat(FileSink.path("").toVersion2(1)).isEqualTo(FileSink.in("", "", 1));
  }

  @Test
  void toString_topologyWithSecrets_hasNone() {
    TopologyBuilder graph = GraphTopology.builder("Secrets");
    Parameter<Secret> key =
        graph.parameter(Parameter.secret("key").defaultsTo(Secret.of("hunter2")));
    graph
        .source(
            "camera", RtspSource.at("rtsp://root:hunter2@10.0.0.5/").credentials("u", "hunter2"))
        .to("archive", SINK);
    graph.parameter(Parameter.string("unused"));

    GraphTopology topology = graph.build();

    assertThat(topology.toString()).doesNotContain("hunter2").contains("10.0.0.5", "****");
    assertThat(key.toString()).doesNotContain("hunter2");
    assertThat(Value.template("hunter2${key}", ValueTypes.SECRET).toString())
        .isEqualTo("****${key}");
    assertThat(Value.template("rtsp://u:hunter2@${host}/", ValueTypes.URL).toString())
        .isEqualTo("rtsp://${host}/");
  }

  @Test
  void toString_plainParameterThatFillsAPassword_isHidden() {
    TopologyBuilder graph = GraphTopology.builder("Plain");
    Parameter<String> key = graph.parameter(Parameter.string("doorKey").defaultsTo("hidden1"));
    Parameter<Secret> pin = graph.parameter(Parameter.secret("pin"));
    Parameter<String> user = graph.parameter(Parameter.string("user").defaultsTo("admin"));
    graph
        .source(
            "camera",
            RtspSource.at("rtsp://c/")
                .credentials(
                    UsernamePasswordCredentials.of(
                        user.as(ValueTypes.TEXT),
                        Value.template("${doorKey}-${pin}", ValueTypes.SECRET))))
        .to("asset", AssetSink.named("a"));
    GraphTopology topology = graph.build();
    assertThat(topology.secretParameters()).containsExactlyInAnyOrder("doorKey", "pin");
    assertThat(topology.toString()).doesNotContain("hidden1");
    assertThat(key.toString() + pin).isEqualTo("doorKey:String=****pin:SecretString");
  }
}
