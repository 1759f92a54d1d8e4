package io.lva.examples.cli;

import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.Response;
import io.lva.runtime.MicrometerMetrics;
import io.lva.spi.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * What a process tells those who watch it: {@code /metrics} in the text format of Prometheus, and
 * {@code /health}, which answers 503 while the folder of the store is missing, else 200.
 *
 * <p>Thread-safe.
 */
final class Monitor {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Metrics metrics = new MicrometerMetrics(registry);
  private final URI store;

  Monitor(URI store) {
    this.store = store;
    if (isFolder()) {
      File folder = Path.of(store).toFile();
      Gauge.builder("lva.store.free.bytes", folder, File::getUsableSpace)
          .description("Bytes that can still be recorded on the volume of the store")
          .strongReference(true)
          .register(registry);
    }
  }

  /** Returns the metrics to be given to a runtime. */
  Metrics metrics() {
    return metrics;
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Adds the two addresses to those of a server, and counts its requests. */
  HttpOptions route(HttpOptions options) {
    return options
        .withMetrics(metrics)
        .withRoute("/metrics", request -> CompletableFuture.completedFuture(scrape()))
        .withRoute("/health", request -> CompletableFuture.completedFuture(health()));
  }

  private Response scrape() {
    byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
    return Response.bytes(200, PROMETHEUS_TEXT, text).with("Cache-Control", "no-store");
  }

  private Response health() {
    if (isFolder() && !Files.isDirectory(Path.of(store))) {
      return Response.error(503, "the folder of the store is missing");
    }
    return Response.text(200, "text/plain", "ok\n").with("Cache-Control", "no-store");
  }

  private boolean isFolder() {
    return "file".equals(store.getScheme());
  }
}
