package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.LvaProcess;
import io.lva.rtspsim.CameraSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code lva record} and {@code lva serve} on one store: the page follows files of the other. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TwoProcessesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BEHIND = Duration.ofMillis(2500);
  private static final Duration STOPPED = Duration.ofSeconds(7);

  @TempDir private Path folder;

  @Test
  void page_ofAnotherProcess_isCloseBehindTheCamera_andKnowsWhenTheRecorderWasKilled()
      throws Exception {
    String store = folder.resolve("store").toString();
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        PlayerPage page = new PlayerPage();
        LvaProcess recorder = record(camera, store)) {
      recorder.awaitOutput("RecordingStarted", PATIENCE);
      try (LvaProcess server = LvaProcess.start(folder, "serve", "--store", store, "--port", "0")) {
        server.awaitOutput("http", PATIENCE);
        String url = server.output().substring(server.output().indexOf("http")).strip();
        page.open(url);
        page.awaitLive();
        page.awaitBehind(BEHIND);
        String badge =
            page.browser().evaluate("document.getElementById('badge').textContent").asText();
        assertThat(badge).matches("LIVE · [0-3]\\.[05] s behind");

        assertThat(assets(url)).contains("\"state\":\"live\"");
        recorder.kill();
        long killed = System.nanoTime();
        while (!assets(url).contains("\"state\":\"stopped\"")) {
          assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(STOPPED);
          LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
      }
    }
  }

  private LvaProcess record(CameraSimulator camera, String store) {
    String address = camera.uri("/pattern").toString();
    return LvaProcess.start(folder, "record", address, "--asset", "door", "--store", store);
  }

  private static String assets(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url).resolve("assets")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
