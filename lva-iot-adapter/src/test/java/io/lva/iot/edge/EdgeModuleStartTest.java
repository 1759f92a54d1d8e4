package io.lva.iot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.graph.NodeSpec;
import io.lva.iot.Answer;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module when its engine cannot be opened. */
class EdgeModuleStartTest {
  @TempDir private Path folder;

  /** A provider that does not know its type. */
  private static final class Nameless implements NodeProvider {
    @Override
    public String type() {
      throw new IllegalStateException("no type");
    }

    @Override
    public NodeRuntime create(NodeSpec spec, NodeContext context) {
      throw new AssertionError("not created");
    }
  }

  @Test
  void start_keptTwinAndAProviderWithoutAType_everyMethodAnswersWithTheProblem() throws Exception {
    String twin = EdgeRig.settings(folder.resolve("data"));
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(state.resolve("twin.json"), twin);
    EdgeOptions options =
        EdgeOptions.standard(state).runtime(runtime -> runtime.nodes(new Nameless()));
    CompletableFuture<FakeHubClient> made = new CompletableFuture<>();
    try (EdgeModule module =
        EdgeModule.start(
            options,
            listener -> {
              FakeHubClient client = new FakeHubClient(listener);
              made.complete(client);
              return client;
            })) {
      assertThat(module).isNotNull();
      FakeHubClient client = made.get(30, TimeUnit.SECONDS);
      client.nextRead().complete(twin);
      Answer answer = client.call("GraphTopologyList", EdgeRig.VERSION);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.payload())
          .contains("ModuleConfigurationRequired", "The settings cannot be applied", "type");
    }
  }
}
