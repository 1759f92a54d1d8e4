package io.lva.graph.json;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.IotHubMessageSink;
import io.lva.graph.MotionDetection;
import io.lva.graph.Parameter;
import io.lva.graph.RtspSource;
import io.lva.graph.SignalGate;
import io.lva.graph.TopologyBuilder;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PublishedExampleTest {
  @Test
  void build_eventBasedRecording_equalsThePublishedFile() throws IOException {
    TopologyBuilder g =
        GraphTopology.builder("EVRtoAssetsOnMotionDetection")
            .description("Event-based video recording to Assets based on motion events");
    var user =
        g.parameter(
            Parameter.string("rtspUserName")
                .defaultsTo("dummyUserName")
                .description("rtsp source user name."));
    var password =
        g.parameter(
            Parameter.string("rtspPassword")
                .defaultsTo("dummyPassword")
                .description("rtsp source password."));
    var url = g.parameter(Parameter.string("rtspUrl").description("rtsp Url"));
    var sensitivity =
        g.parameter(
            Parameter.string("motionSensitivity")
                .defaultsTo("medium")
                .description("motion detection sensitivity"));
    var hubOutput =
        g.parameter(
            Parameter.string("hubSinkOutputName")
                .defaultsTo("inferenceOutput")
                .description("hub sink output name"));

    var camera = g.source("rtspSource", RtspSource.at(url).credentials(user, password));
    var motion = camera.video().via("motionDetection", MotionDetection.sensitivity(sensitivity));
    var gated =
        g.process(
            "signalGateProcessor",
            SignalGate.open(ofSeconds(30), ofSeconds(30)),
            new SignalGate.Ports(motion.events(), camera.video()));
    gated
        .video()
        .to(
            "assetSink",
            AssetSink.named("sampleAssetFromEVR-LVAEdge-${System.DateTime}")
                .segmentLength(ofSeconds(30))
                .localCache("/var/lib/azuremediaservices/tmp/", 200));
    motion.events().to("hubSink", IotHubMessageSink.output(hubOutput));

    assertThat(g.build())
        .isEqualTo(
            TopologyJson.read(
                PublishedTopologies.read("evr-motion-assets/2.0/topology.json"), problem -> {}));
  }
}
