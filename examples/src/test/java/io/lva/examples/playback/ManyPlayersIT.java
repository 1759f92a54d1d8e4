package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.examples.judge.LvaProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording beside which two hundred players follow, download, stall and send nonsense. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ManyPlayersIT {
  private static final int FOLLOWING = 100;
  private static final int DOWNLOADING = 100;
  private static final int STALLED = 40;
  private static final Duration LOAD = Duration.ofSeconds(8);
  private static final String CONTENT = "camera/content.ism/";
  private static final Pattern SEQUENCE = Pattern.compile("#EXT-X-MEDIA-SEQUENCE:([0-9]+)");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  @Test
  void recording_besideManyPlayers_hasNoGap() throws Exception {
    Path store = folder.resolve("store");
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Socket> stalled = new ArrayList<>();
    try (PlayerRig rig = new PlayerRig(store)) {
      Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      rig.awaitPlayable(rig.url() + CONTENT + "manifest(format=m3u8-cmaf)");
      long end = System.nanoTime() + LOAD.toNanos();
      for (int i = 0; i < STALLED; i++) {
        stalled.add(stall(rig, i));
      }
      List<CompletableFuture<Void>> players = new ArrayList<>();
      for (int i = 0; i < FOLLOWING; i++) {
        players.add(CompletableFuture.runAsync(() -> follow(rig, end), threads));
      }
      for (int i = 0; i < DOWNLOADING; i++) {
        players.add(CompletableFuture.runAsync(() -> download(rig, end), threads));
      }
      CompletableFuture.allOf(players.toArray(CompletableFuture[]::new)).join();
      assertThat(serverThreads()).isLessThanOrEqualTo(256);
      rig.awaitRecorded(start.plus(LOAD));
      rig.stopRecording();
      assertThat(failed).hasValue(0);
      assertThat(answered).hasValueGreaterThan(FOLLOWING + DOWNLOADING);
      assertNoGap(rig, start);
    } finally {
      threads.shutdownNow();
      for (Socket socket : stalled) {
        socket.close();
      }
    }
    assertThat(LvaProcess.run(folder, "verify", "--store", store.toString()).exitCode()).isZero();
  }

  private static long serverThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lva-http-"))
        .count();
  }

  /** Sends half a request, or reads nothing of an answer. */
  private static Socket stall(PlayerRig rig, int number) throws IOException {
    URI page = URI.create(rig.url());
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new java.net.InetSocketAddress(page.getHost(), page.getPort()));
    String[] texts = {
      "GET / HTTP/1.1\r\nX-Slow: ",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n",
      "GET /page/hls.js HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(4),
      "G"
    };
    socket
        .getOutputStream()
        .write(texts[number % texts.length].getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Asks for each next part, as a player at the live edge does. */
  private void follow(PlayerRig rig, long end) {
    String url = rig.url() + CONTENT + "video.m3u8";
    String playlist = get(url);
    while (System.nanoTime() < end) {
      Matcher first = SEQUENCE.matcher(playlist);
      if (!first.find()) {
        failed.incrementAndGet();
        return;
      }
      long number = Long.parseLong(first.group(1)) + fragments(playlist).size();
      playlist = get(url + "?_HLS_msn=" + number + "&_HLS_part=0&_HLS_skip=YES");
      if (playlist.contains("#EXT-X-SKIP")) {
        playlist = get(url);
      }
    }
  }

  private void download(PlayerRig rig, long end) {
    while (System.nanoTime() < end) {
      for (String fragment : fragments(get(rig.url() + CONTENT + "video.m3u8"))) {
        get(rig.url() + CONTENT + fragment);
      }
    }
  }

  private static List<String> fragments(String playlist) {
    return playlist.lines().filter(line -> line.startsWith("m/")).toList();
  }

  private String get(String url) {
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(90)).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
      (response.statusCode() == 200 ? answered : failed).incrementAndGet();
      return response.body();
    } catch (IOException e) {
      failed.incrementAndGet();
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private void assertNoGap(PlayerRig rig, Instant start) throws IOException {
    String range =
        "startTime=" + start.minusSeconds(30) + "&endTime=" + Instant.now().plusSeconds(1);
    JsonNode gaps = MAPPER.readTree(get(rig.url() + CONTENT + "gaps?" + range));
    assertThat(gaps.path("gaps"))
        .as(gaps.toString())
        .allMatch(gap -> gap.path("causes").path(0).asText().equals("operator"));
    JsonNode ranges =
        MAPPER.readTree(get(rig.url() + CONTENT + "availableMedia?precision=full&" + range));
    assertThat(ranges.path("timeRanges")).as(ranges.toString()).hasSize(1);
  }
}
