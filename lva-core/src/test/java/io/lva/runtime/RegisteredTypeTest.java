package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.MediaOutput;
import io.lva.graph.NodeSpec;
import io.lva.graph.NodeTraits;
import io.lva.graph.ObjectType;
import io.lva.graph.OpaqueSpec;
import io.lva.graph.Origin;
import io.lva.graph.Property;
import io.lva.graph.PropertyObject;
import io.lva.graph.RtspSource;
import io.lva.graph.Settings;
import io.lva.graph.StreamKind;
import io.lva.graph.TopologyException;
import io.lva.graph.Value;
import io.lva.graph.ValueTypes;
import io.lva.graph.json.TopologyJson;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node type that only the builder of the runtime is told of. */
class RegisteredTypeTest {
  @TempDir private Path folder;

  /** Lets every so many samples pass. */
  private static final class Thinning extends PropertyObject
      implements NodeSpec.Processor<MediaOutput, MediaOutput> {
    private static final Property.Scalar<Long> EVERY =
        Property.required("every", ValueTypes.WHOLE).limited(count -> count >= 1, "be at least 1");
    static final ObjectType<Thinning> TYPE =
        ObjectType.of("#Example.Thinning", Thinning::new, EVERY)
            .node(NodeTraits.processor().taking(StreamKind.VIDEO).giving(StreamKind.VIDEO));

    private Thinning(Settings settings) {
      super(TYPE, settings);
    }

    static Thinning every(long samples) {
      return new Thinning(Settings.empty().with(EVERY, Value.of(samples)));
    }

    @Override
    public String type() {
      return TYPE.name();
    }

    @Override
    public MediaOutput outputs(Origin self) {
      return new MediaOutput(self);
    }
  }

  private static final class Provider implements NodeProvider {
    @Override
    public String type() {
      return Thinning.TYPE.name();
    }

    @Override
    public Optional<ObjectType<?>> objectType() {
      return Optional.of(Thinning.TYPE);
    }

    @Override
    public NodeRuntime create(NodeSpec spec, NodeContext context) {
      throw new AssertionError("not activated here");
    }
  }

  private MediaRuntime runtime() {
    return MediaRuntime.builder().nodes(new Provider()).applicationDataDirectory(folder).start();
  }

  private static GraphTopology topology() {
    var graph = GraphTopology.builder("Thinned");
    graph
        .source("camera", RtspSource.at("rtsp://camera"))
        .video()
        .via("thin", Thinning.every(10))
        .to("archive", AssetSink.named("thinned"));
    return graph.build();
  }

  @Test
  void read_typeOfTheBuilder_typedAndEqual() {
    String json = TopologyJson.write(topology());
    try (MediaRuntime runtime = runtime()) {
      assertThat(TopologyJson.readWritten(json, runtime.nodeTypes())).isEqualTo(topology());
    }
    assertThat(TopologyJson.readWritten(json).processors().get(0).spec())
        .isInstanceOf(OpaqueSpec.class);
  }

  @Test
  void read_wrongPropertyOfTheType_refusedByItsOwnRule() {
    String json = TopologyJson.write(topology()).replaceAll("\"every\":\"?10\"?", "\"every\":0");
    try (MediaRuntime runtime = runtime()) {
      assertThatThrownBy(() -> TopologyJson.readWritten(json, runtime.nodeTypes()))
          .isInstanceOf(TopologyException.class)
          .hasMessageContaining("'every' must be at least 1");
    }
  }

  @Test
  void engine_openedAgain_keptTopologyIsTyped() {
    try (MediaRuntime runtime = runtime();
        GraphEngine engine = GraphEngine.open(runtime)) {
      engine.setTopology(topology());
    }
    try (MediaRuntime runtime = runtime();
        GraphEngine engine = GraphEngine.open(runtime)) {
      assertThat(engine.topology("Thinned").orElseThrow().topology()).isEqualTo(topology());
    }
  }

  @Test
  void start_objectTypeOfTheContract_isLeftOut() {
    NodeProvider impostor =
        new NodeProvider() {
          @Override
          public String type() {
            return RtspSource.at("rtsp://camera").type();
          }

          @Override
          public Optional<ObjectType<?>> objectType() {
            return Optional.of(RtspSource.at("rtsp://camera").objectType());
          }

          @Override
          public NodeRuntime create(NodeSpec spec, NodeContext context) {
            throw new AssertionError("not activated here");
          }
        };
    try (MediaRuntime runtime = MediaRuntime.builder().nodes(impostor).start()) {
      assertThat(TopologyJson.readWritten(TopologyJson.write(topology()), runtime.nodeTypes()))
          .isNotNull();
    }
  }
}
