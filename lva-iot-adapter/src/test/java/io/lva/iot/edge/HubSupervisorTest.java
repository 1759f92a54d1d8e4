package io.lva.iot.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The supervisor with a client whose answers the test gives. */
class HubSupervisorTest {
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<String> desired = new LinkedBlockingQueue<>();
  private final CompletableFuture<HubClient.Listener> listener = new CompletableFuture<>();
  private final CompletableFuture<FakeHubClient> made = new CompletableFuture<>();
  private final HubSupervisor supervisor =
      new HubSupervisor(this::client, thread, Duration.ofSeconds(1), new Collector());
  private FakeHubClient client;

  /** Collects the desired properties. */
  private final class Collector implements HubSupervisor.Listener {
    @Override
    public void online(HubClient connected) {}

    @Override
    public void offline() {}

    @Override
    public void desired(String properties) {
      desired.add(properties);
    }

    @Override
    public void method(HubClient from, String request, String name, String payload) {}

    @Override
    public void input(String input, String id, Map<String, String> properties, String body) {}
  }

  private HubClient client(HubClient.Listener from) {
    FakeHubClient fake = new FakeHubClient(from);
    listener.complete(from);
    made.complete(fake);
    return fake;
  }

  @BeforeEach
  void start() throws Exception {
    supervisor.start();
    client = made.get(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    supervisor.close();
    thread.shutdownNow();
  }

  private String nextDesired() throws InterruptedException {
    return requireNonNull(desired.poll(60, TimeUnit.SECONDS), "no desired properties");
  }

  @Test
  void desired_patchSkipsAVersionWhileTheTwinIsRead_readOnceMore() throws Exception {
    CompletableFuture<String> first = client.nextRead();
    listener.join().desired("{\"$version\": 9, \"logLevel\": \"Error\"}");
    first.complete("{\"$version\": 7}");
    assertThat(nextDesired()).contains("7");

    client.nextRead().complete("{\"$version\": 9, \"logLevel\": \"Error\"}");
    assertThat(nextDesired()).contains("9", "Error");

    listener.join().desired("{\"$version\": 10}");
    assertThat(nextDesired()).contains("10");
    assertThat(client.isAskedForTwin()).isFalse();
  }
}
