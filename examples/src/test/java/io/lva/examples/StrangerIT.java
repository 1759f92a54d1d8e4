package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.stranger.PulseCounter;
import com.example.stranger.StrangerMain;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.examples.judge.StrangerCode;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.graph.TopologyException;
import io.lva.graph.Value;
import io.lva.media.GapCause;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of an integrator are nodes like those of the library, wherever their jar is put. */
class StrangerIT {
  private static final String PACKAGE = "com/example/stranger";
  private static final String MAIN = "com.example.stranger.StrangerMain";

  @TempDir private Path folder;

  @Test
  void stranger_onTheClassPath_recordsAllBesideAFailingSink() throws IOException {
    Map<String, String> services =
        Map.of(
            "io.lva.graph.NodeTypeProvider",
            "com.example.stranger.StrangerTypes",
            "io.lva.spi.NodeProvider",
            "com.example.stranger.PulseCounterProvider\ncom.example.stranger.BrittleSinkProvider");
    assertRecords(compile().onTheClassPath(services, MAIN));
  }

  @Test
  void stranger_onTheModulePath_recordsAllBesideAFailingSink() throws IOException {
    assertRecords(compile().onTheModulePath("stranger/" + MAIN));
  }

  @Test
  void build_wrongValues_namedLikeThoseOfTheLibrary() {
    var graph = GraphTopology.builder("Stranger");
    var counter = PulseCounter.every(0).label(Value.of("reserved"));
    graph
        .source("camera", RtspSource.at("rtsp://camera"))
        .via("counter", counter)
        .media()
        .to("archive", AssetSink.named("counted"));
    assertThatThrownBy(graph::build)
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining("'every' must be at least 1")
        .hasMessageContaining("'label' must not be 'reserved'");
  }

  @Test
  void build_soundIntoAProcessorOfPictures_refused() {
    var graph = GraphTopology.builder("Stranger");
    graph
        .source("camera", RtspSource.at("rtsp://camera"))
        .audio()
        .via("counter", PulseCounter.every(1))
        .media()
        .to("archive", AssetSink.named("counted"));
    assertThatThrownBy(graph::build)
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining("no matching media types between nodes 'camera' and 'counter'");
  }

  @Test
  void topology_ofTypesOfOthers_builds() {
    assertThat(StrangerMain.topology("rtsp://camera").processors().get(0).spec())
        .isInstanceOf(PulseCounter.class);
  }

  private StrangerCode compile() throws IOException {
    return StrangerCode.compile(
        folder,
        PACKAGE,
        """
        module stranger {
          requires io.lva.core;
          requires io.lva.sink.asset;
          exports com.example.stranger;
          provides io.lva.graph.NodeTypeProvider with com.example.stranger.StrangerTypes;
          provides io.lva.spi.NodeProvider with
              com.example.stranger.PulseCounterProvider, com.example.stranger.BrittleSinkProvider;
        }
        """);
  }

  private void assertRecords(List<String> launch) throws IOException {
    Path store = Files.createDirectory(folder.resolve("store"));
    String output;
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start()) {
      Judges.Verdict verdict =
          StrangerCode.run(launch, camera.uri("/pattern").toString(), store.toUri().toString());
      assertThat(verdict.exitCode()).as(verdict.errors()).isZero();
      output = verdict.output();
    }
    assertThat(output)
        .contains(
            "/graphInstances/stranger/sinks/brittle RuntimeError",
            "sample 100 breaks",
            "verified 0 problems, counted true")
        .doesNotContain("CAMERA_UNREACHABLE", "NetworkError");
    try (AssetStore assets = AssetStore.open(store.toUri())) {
      AssetReport report = AssetVerifier.verify(assets, "counted", progress -> {});
      assertThat(report.problems()).isEmpty();
      assertThat(report.runs()).hasSize(1);
      assertThat(report.gaps()).allMatch(gap -> gap.causes().equals(List.of(GapCause.OPERATOR)));
    }
  }
}
