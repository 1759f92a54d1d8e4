package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.playback.http.Response;
import io.lva.spi.MetricNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorTest {
  @TempDir private Path folder;

  private HttpResponse<String> get(Monitor monitor, String path)
      throws IOException, InterruptedException {
    try (HttpPlaybackServer server =
        HttpPlaybackServer.start(
            request -> CompletableFuture.completedFuture(Response.error(404, "nothing")),
            monitor.route(HttpOptions.loopback(0)))) {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      URI.create(PageOptions.urls(server.address()).get(0)).resolve(path))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void metrics_ofARecorder_haveValuesAndHelp() throws Exception {
    Monitor monitor = new Monitor(folder.toUri());
    monitor.metrics().counter(MetricNames.RECEIVED_BYTES, "graph_instance", "door").add(7);
    HttpResponse<String> scraped = get(monitor, "/metrics");
    assertThat(scraped.statusCode()).isEqualTo(200);
    assertThat(scraped.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    assertThat(scraped.body())
        .contains("lva_received_bytes_total{graph_instance=\"door\"} 7")
        .contains("lva_store_free_bytes ");
    assertThat(scraped.body().lines().filter(line -> line.matches("# HELP \\S+ *"))).isEmpty();
  }

  @Test
  void health_storeThere_isOk() throws Exception {
    HttpResponse<String> health = get(new Monitor(folder.toUri()), "/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).isEqualTo("ok\n");
  }

  @Test
  void health_storeRemoved_saysSo() throws Exception {
    Path store = Files.createDirectory(folder.resolve("store"));
    Monitor monitor = new Monitor(store.toUri());
    Files.delete(store);
    HttpResponse<String> health = get(monitor, "/health");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body()).contains("folder of the store is missing");
  }
}
