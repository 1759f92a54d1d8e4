package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.examples.judge.Verified;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code lva demo} as its user starts and stops it, and what the page makes of that. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class DemoIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void demo_twice_servesOnTwoPortsAndStopsWithoutLoss() throws Exception {
    try (LvaProcess first = demo("first");
        LvaProcess second = demo("second")) {
      assertThat(url(first)).isNotEqualTo(url(second));
      awaitPage(url(first));
      awaitPage(url(second));
      for (LvaProcess demo : new LvaProcess[] {first, second}) {
        demo.interrupt();
        Judges.Verdict verdict = demo.await(PATIENCE);
        assertThat(verdict.exitCode()).as(verdict.errors()).isZero();
      }
    }
    assertThat(Recorded.files(folder, ".part")).isEmpty();
    for (String store : new String[] {"first", "second"}) {
      Verified asset = Verified.of(folder, folder.resolve(store), "demo");
      assertThat(asset.problems()).isEmpty();
      assertThat(asset.runs()).hasSize(1);
      assertThat(asset.gaps()).extracting(Verified.Gap::cause).containsExactly("operator");
    }
  }

  @Test
  void restart_afterAKill_isSeenByThePageThatStayedOpen() throws IOException {
    try (PlayerPage page = new PlayerPage()) {
      String address;
      try (LvaProcess demo = demo("store")) {
        address = url(demo);
        page.open(address);
        page.awaitLive();
        demo.kill();
      }
      page.await("!document.getElementById('message').hidden");
      Instant killed = Instant.now();

      String port = Integer.toString(URI.create(address).getPort());
      try (LvaProcess again = demo("store", "--port", port)) {
        page.await("archive.player.wallClock() > " + killed.toEpochMilli());
        page.awaitLive();
        page.await("document.getElementById('message').hidden");
        page.await("archive.strip.gaps.some((gap) => gap.causes.includes('process-stopped'))");
        again.interrupt();
        assertThat(again.await(PATIENCE).exitCode()).isZero();
      }
    }
  }

  private LvaProcess demo(String store, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "demo";
    arguments[1] = "--store";
    arguments[2] = folder.resolve(store).toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    LvaProcess demo = LvaProcess.start(folder, arguments);
    demo.awaitOutput("Ctrl-C", PATIENCE);
    return demo;
  }

  private static String url(LvaProcess demo) {
    String line =
        demo.output().lines().filter(each -> each.startsWith("page")).findFirst().orElseThrow();
    return line.substring(line.indexOf("http"));
  }

  /** Waits until a player can start. */
  private static void awaitPage(String url) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "demo/content.ism/manifest(format=m3u8-cmaf).m3u8"))
            .build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
      assertThat(System.nanoTime()).as("nothing is recorded").isLessThan(end);
    }
  }
}
