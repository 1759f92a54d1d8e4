package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.fmp4.PartSamples;
import io.lva.fmp4.SampleFlags;
import io.lva.playback.HttpSocket.Answer;
import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.playback.http.Response;
import io.lva.spi.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Players that are many, slow, broken or hostile, over real connections. */
class HttpPlaybackServerTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String VIDEO = "/door/content.ism/video.m3u8";
  private static final String FRAGMENT = "/door/content.ism/m/20261122/aaaaaaaa/0/1-0.m4s";
  private static final int FRAGMENT_BYTES = 5 << 20;
  private static final int PLAYERS = 200;
  private static final int LIVE_PLAYERS = 500;
  private static final int HALF_OPEN = 600;
  private static final Duration STALLED = Duration.ofSeconds(1);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private ScriptedAsset asset;
  private Playback playback;
  private HttpPlaybackServer server;
  private ExecutorService players;
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final Set<String> counters = ConcurrentHashMap.newKeySet();
  private volatile DoubleSupplier connections = () -> 0;

  @BeforeEach
  void start() throws IOException {
    Path store = Files.createDirectory(folder.resolve("store"));
    Files.writeString(folder.resolve("secret"), "secret");
    Files.writeString(store.resolve("secret"), "secret");
    asset = new ScriptedAsset(store, "door", START);
    PartSamples samples = new PartSamples();
    samples.add(2 * ScriptedAsset.TIMESCALE, FRAGMENT_BYTES, SampleFlags.of(true, false), 0);
    asset.part(/* sync= */ true, samples, new byte[FRAGMENT_BYTES]);
    asset.closeSegment();
    asset.fragments(2);
    asset.part();
    playback =
        new Playback(
            new DiskAssetStore(store, FileOps.disk()),
            asset.clock(),
            asset,
            new NothingIsDue(),
            Playback.readers());
    serve(NEVER);
    players = Executors.newCachedThreadPool();
  }

  private void serve(Duration stalled) throws IOException {
    server =
        HttpPlaybackServer.start(
            playback,
            HttpOptions.loopback(0)
                .withIdleTime(stalled)
                .withHosts(Set.of("door"))
                .withMetrics(counting()));
  }

  private Metrics counting() {
    return new Metrics() {
      @Override
      public Counter counter(String name, String... tags) {
        String key = name + String.join("", tags);
        counters.add(key);
        return amount -> counts.merge(key, amount, Long::sum);
      }

      @Override
      public Registration gauge(String name, DoubleSupplier value, String... tags) {
        connections = value;
        return () -> connections = () -> 0;
      }
    };
  }

  /** Serves with a server that soon cuts off who takes nothing. */
  private void serveTheQuick() throws IOException {
    closeServer();
    serve(STALLED);
  }

  private void closeServer() {
    server.close();
    await("its threads end", () -> workers() == 0);
  }

  @AfterEach
  void stop() {
    players.shutdownNow();
    closeServer();
    playback.close();
  }

  /** Who waits is answered when there is something new, and not because the time has run out. */
  private static final class NothingIsDue extends ScheduledThreadPoolExecutor {
    NothingIsDue() {
      super(2);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      return super.schedule(task, Math.max(delay, unit.convert(NEVER)), unit);
    }

    @Override
    public void execute(Runnable task) {
      ScheduledFuture<?> unused = super.schedule(task, 0, TimeUnit.NANOSECONDS);
    }
  }

  private Answer ask(String method, String target, String... headers) throws IOException {
    return HttpSocket.ask(server.address(), method, target, headers);
  }

  private Answer get(String target, String... headers) throws IOException {
    return ask("GET", target, headers);
  }

  /** Threads of the server that answer requests; those of other servers have ended. */
  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lva-http-"))
        .count();
  }

  private static long heapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private <T> List<Future<T>> atOnce(int count, Callable<T> task) {
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      futures.add(players.submit(task));
    }
    return futures;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret",
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/%2e%2e%2fsecret",
        "/..%5csecret",
        "/..;/secret",
        "//secret",
        "/./secret",
        "/secret",
        "/page/../../secret",
        "/page/%2e%2e/%2e%2e/secret",
        "/../content.ism/video.m3u8",
        "/%2e%2e/content.ism/manifest(format=m3u8-cmaf)",
        "/..%2fstore%2fdoor/content.ism/video.m3u8",
        "/store%2fdoor/content.ism/video.m3u8",
        "/./content.ism/video.m3u8",
        "/.%00/content.ism/video.m3u8",
        "/door%00/content.ism/video.m3u8",
        "/door%2findex/content.ism/video.m3u8",
        "/%c0%ae%c0%ae/content.ism/video.m3u8",
        "/door/content.ism/../../secret",
        "/door/content.ism/..%2f..%2fsecret",
        "/door/content.ism/m/20261122/aaaaaaaa/0/..%2f..%2f..%2f..%2fasset.json",
        "/door/content.ism/m/20261122/aaaaaaaa/0/%2e%2e/1-0.m4s",
        "/door/content.ism/asset.json",
        "/door/asset.json",
        "/door/index/20261122.jsonl",
        "/%25%32%65%25%32%65/secret",
        "/%ff%fe/content.ism/video.m3u8"
      })
  void path_outOfTheStore_isNotFound(String target) throws IOException {
    Answer answer = get(target);
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.text()).doesNotContain("secret\"").doesNotContain("format\"");
    assertThat(answer.text()).hasSizeLessThan(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\r\n\r\n",
        "GET /door/content.ism/video.m3u8?_HLS_msn=%zz HTTP/1.1\r\n\r\n",
        "GET /a b c HTTP/1.1\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
        "GET http://[:: HTTP/1.1\r\n\r\n"
      })
  void request_thatIsNone_isRefusedOrCutOff(String request) throws IOException {
    try (HttpSocket socket = new HttpSocket(server.address())) {
      socket.send(request);
      assertThat(socket.answer().status()).isIn(0, 400, 404);
    }
    assertThat(get(VIDEO).status()).isEqualTo(200);
  }

  @Test
  void methods_thatReadNothing_areRefused() throws IOException {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "TRACE", "FOO")) {
      Answer answer = ask(method, VIDEO, "Content-Length: 0");
      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(answer.headers().get("allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
    assertThat(ask("OPTIONS", VIDEO).status()).isEqualTo(204);
  }

  @Test
  void head_isTheHeadersOfGet() throws IOException {
    for (String target : List.of("/", VIDEO, FRAGMENT, "/assets", "/nothing")) {
      Answer get = get(target);
      Answer head = ask("HEAD", target, "Range: bytes=0-1");
      assertThat(head.status()).as(target).isEqualTo(get.status());
      assertThat(head.headers().get("content-length"))
          .as(target)
          .isEqualTo(Integer.toString(get.body().length));
      assertThat(head.headers().get("etag")).isEqualTo(get.headers().get("etag"));
    }
  }

  @Test
  void addressAndHeaders_thatAreTooLong_areRefused() throws IOException {
    assertThat(get("/" + "a".repeat(9000)).status()).isEqualTo(414);
    assertThat(get("/door/content.ism/video(" + "a".repeat(2000) + ")").status()).isEqualTo(400);
    assertThat(get("/" + "a".repeat(1000) + "/content.ism/video.m3u8").status()).isIn(400, 404);
    assertThat(get("/a".repeat(100)).status()).isEqualTo(404);
    try (HttpSocket socket = new HttpSocket(server.address())) {
      socket.request("GET", VIDEO, "X: " + "x".repeat(60_000));
      assertThat(socket.answer().status()).isEqualTo(200);
    }
    assertThat(bytesTaken("GET / HTTP/1.1\r\nX: ")).isLessThan(8 << 20);
    assertThat(bytesTaken("GET /")).isLessThan(8 << 20);
  }

  /** Sends without end until the server has enough. */
  private int bytesTaken(String start) throws IOException {
    int sent = 0;
    try (HttpSocket socket = new HttpSocket(server.address())) {
      socket.send(start);
      for (; sent < 64 << 20; sent += 1 << 16) {
        socket.send("x".repeat(1 << 16));
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("");
    }
    return sent;
  }

  @Test
  void hosts_otherThanOurs_areRefused() throws IOException {
    assertThat(from("evil.example", "X: y").status()).isEqualTo(421);
    assertThat(from("127.0.0.1:8080", "X: y").status()).isEqualTo(200);
    assertThat(from("[::1]:8080", "X: y").status()).isEqualTo(200);
    assertThat(from("localhost", "X: y").status()).isEqualTo(200);
    assertThat(from("127.0.0.1.evil.example", "X: y").status()).isEqualTo(421);
  }

  @Test
  void pages_ofOtherOrigins_readNothingUnlessAllowed() throws IOException {
    assertThat(from("door", "Origin: http://door").status()).isEqualTo(200);
    Answer refused = from("door", "Origin: https://evil.example");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("https://evil.example");
    assertThat(refused.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(from("door", "Origin: null").status()).isEqualTo(403);
    assertThat(from("door", "X: y").headers())
        .containsEntry("cross-origin-resource-policy", "same-origin");
  }

  @Test
  void pages_ofAnAllowedOrigin_mayRead() throws IOException {
    closeServer();
    HttpOptions options =
        HttpOptions.loopback(0)
            .withHosts(Set.of("door"))
            .withOrigins(Set.of("https://player.example"));
    server = HttpPlaybackServer.start(playback, options);
    Answer allowed = from("door", "Origin: https://player.example");
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.headers())
        .containsEntry("access-control-allow-origin", "https://player.example");
    assertThat(allowed.headers().get("vary")).contains("Origin");
    Answer preflight = ask("OPTIONS", VIDEO, "Origin: https://player.example");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.headers().get("access-control-allow-headers")).contains("Range");
    assertThat(from("door", "Origin: https://other.example").status()).isEqualTo(403);
  }

  @Test
  void routes_ofTheirOwn_areAnsweredAndCounted() throws IOException {
    closeServer();
    HttpOptions options =
        HttpOptions.loopback(0)
            .withHosts(Set.of("door"))
            .withMetrics(counting())
            .withRoute(
                "/health",
                request ->
                    CompletableFuture.completedFuture(Response.text(200, "text/plain", "ok")));
    server = HttpPlaybackServer.start(playback, options);
    assertThat(get("/health").text()).isEqualTo("ok");
    assertThat(get("/nothing").status()).isEqualTo(404);
    assertThat(ask("POST", "/health", "Content-Length: 0").status()).isEqualTo(405);
    assertThat(counts)
        .containsEntry("lva.http.requestsstatus2xx", 1L)
        .containsEntry("lva.http.requestsstatus4xx", 2L);
    assertThat(counts.get("lva.http.sent.bytes")).isGreaterThan(2);
  }

  @Test
  void requests_areCountedByTheClassesThatThereAre() throws IOException {
    try (HttpSocket socket = new HttpSocket(server.address())) {
      socket.send("GET / HTTP/1.1\r\nHost: door\r\nno header\r\n\r\n");
      assertThat(socket.answer().status()).isEqualTo(400);
    }
    assertThat(counters)
        .filteredOn(name -> name.startsWith("lva.http.requests"))
        .extracting(name -> name.substring("lva.http.requestsstatus".length()))
        .containsExactlyInAnyOrder("2xx", "3xx", "4xx", "5xx", "unanswered");
    assertThat(counts).containsEntry("lva.http.requestsstatus4xx", 1L);
  }

  /** Asks for a playlist, addressed to a host. */
  private Answer from(String host, String header) throws IOException {
    try (HttpSocket socket = new HttpSocket(server.address())) {
      socket.send("GET " + VIDEO + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\n\r\n");
      return socket.answer();
    }
  }

  @Test
  void players_thatWaitForAPart_holdNoThread() throws Exception {
    long number = nextNumber();
    String target = VIDEO + "?_HLS_msn=" + number + "&_HLS_part=1";
    List<HttpSocket> sockets = new ArrayList<>();
    for (int i = 0; i < PLAYERS; i++) {
      HttpSocket socket = new HttpSocket(server.address());
      socket.request("GET", target);
      sockets.add(socket);
    }
    assertThat(get(VIDEO).status()).isEqualTo(200);
    await("no thread is held", () -> busyWorkers() == 0);
    assertThat(workers()).isLessThanOrEqualTo(64);
    asset.part();
    for (HttpSocket socket : sockets) {
      assertThat(socket.answer().status()).isEqualTo(200);
      socket.close();
    }
  }

  /** Each connection gets each part when it is written, on the threads that everybody shares. */
  @Test
  void players_ofAFragmentThatIsRecorded_holdNoThread() throws Exception {
    long start = START.plusSeconds(6).getEpochSecond() * ScriptedAsset.TIMESCALE;
    String target = "/door/content.ism/m/aaaaaaaa/1-90000/t" + start + ".m4s";
    List<HttpSocket> sockets = new ArrayList<>();
    for (int i = 0; i < LIVE_PLAYERS; i++) {
      HttpSocket socket = new HttpSocket(server.address());
      socket.request("GET", target);
      sockets.add(socket);
    }
    for (HttpSocket socket : sockets) {
      assertThat(socket.head().headers()).containsEntry("transfer-encoding", "chunked");
      assertThat(socket.chunk()).isNotEmpty();
    }
    for (int parts = 1; parts < ScriptedAsset.PARTS_PER_FRAGMENT; parts++) {
      await("no thread is held", () -> busyWorkers() == 0);
      assertThat(workers()).isLessThanOrEqualTo(64);
      asset.part();
      for (HttpSocket socket : sockets) {
        assertThat(socket.chunk()).isNotEmpty();
      }
    }
    asset.part();
    for (HttpSocket socket : sockets) {
      assertThat(socket.chunk()).isEmpty();
      socket.close();
    }
  }

  private long nextNumber() throws IOException {
    String playlist = get(VIDEO).text();
    String first =
        playlist
            .lines()
            .filter(line -> line.startsWith("#EXT-X-MEDIA-SEQUENCE:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(first.substring(first.indexOf(':') + 1))
        + playlist.lines().filter(line -> line.startsWith("m/")).count();
  }

  @Test
  void players_thatReloadAtOnce_areAllAnswered() throws Exception {
    for (Future<Answer> answer : atOnce(PLAYERS, () -> get(VIDEO, "Accept-Encoding: gzip"))) {
      assertThat(answer.get().status()).isEqualTo(200);
    }
    assertThat(workers()).isLessThanOrEqualTo(64);
  }

  @Test
  void players_thatDownloadAtOnce_getEveryByteAndFillNoMemory() throws Exception {
    long before = heapBytes();
    List<Future<Integer>> sizes =
        atOnce(
            PLAYERS,
            () -> {
              try (HttpSocket socket = new HttpSocket(server.address())) {
                socket.request("GET", FRAGMENT, "Connection: close");
                return (int) socket.readToEnd();
              }
            });
    long most = 0;
    while (!sizes.stream().allMatch(Future::isDone)) {
      most = Math.max(most, workers());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    for (Future<Integer> size : sizes) {
      assertThat(size.get()).isGreaterThan(FRAGMENT_BYTES);
    }
    assertThat(most).isLessThanOrEqualTo(64);
    assertThat(heapBytes() - before).isLessThan(64L << 20);
  }

  /** Most of what they asked for is neither sent nor in memory. */
  @Test
  void players_thatReadNothing_holdUpNobodyAndFillNoMemory() throws Exception {
    long before = heapBytes();
    List<HttpSocket> sockets = new ArrayList<>();
    for (int i = 0; i < PLAYERS; i++) {
      HttpSocket socket = new HttpSocket(server.address(), /* receiveBufferBytes= */ 8192);
      socket.request("GET", FRAGMENT);
      sockets.add(socket);
    }
    assertThat(get(VIDEO).status()).isEqualTo(200);
    assertThat(get(FRAGMENT).body().length).isGreaterThan(FRAGMENT_BYTES);
    assertThat(workers()).isLessThanOrEqualTo(64);
    assertThat(heapBytes() - before).isLessThan(64L << 20);
    for (HttpSocket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void players_thatReadNothing_areCutOff() throws Exception {
    serveTheQuick();
    List<HttpSocket> sockets = new ArrayList<>();
    for (int i = 0; i < PLAYERS; i++) {
      HttpSocket socket = new HttpSocket(server.address(), /* receiveBufferBytes= */ 8192);
      socket.request("GET", FRAGMENT);
      sockets.add(socket);
    }
    await("no thread is held", () -> busyWorkers() == 0);
    await("all are connected", () -> connections.getAsDouble() > 0);
    await("they are cut off", () -> connections.getAsDouble() == 0);
    assertThat(sockets.get(0).readToEnd()).isLessThan(FRAGMENT_BYTES);
    for (HttpSocket socket : sockets) {
      socket.close();
    }
  }

  /** Their thread would wait for the rest of the request for ever. */
  @Test
  void requests_whoseBodyNeverComes_areAnsweredAndCutOff() throws Exception {
    serveTheQuick();
    List<HttpSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HttpSocket socket = new HttpSocket(server.address());
      socket.request(i % 2 == 0 ? "POST" : "GET", "/nothing", "Content-Length: 50");
      sockets.add(socket);
    }
    for (int i = 0; i < sockets.size(); i++) {
      assertThat(sockets.get(i).answer().status()).isEqualTo(i % 2 == 0 ? 405 : 404);
      assertThat(sockets.get(i).readToEnd()).isZero();
      sockets.get(i).close();
    }
  }

  @Test
  void connections_whoseRequestNeverEnds_holdNoThreadAndNobodyUp() throws Exception {
    List<HttpSocket> sockets = new ArrayList<>();
    for (int i = 0; i < HALF_OPEN; i++) {
      HttpSocket socket = new HttpSocket(server.address());
      socket.send(i % 2 == 0 ? "GET" : "GET / HTTP/1.1\r\nX: ");
      sockets.add(socket);
    }
    long start = System.nanoTime();
    assertThat(get(VIDEO).status()).isEqualTo(200);
    await("no thread is held", () -> busyWorkers() == 0); // the one that answered ends just now
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    for (HttpSocket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void connections_whoseRequestNeverEnds_areCutOff() throws Exception {
    serveTheQuick();
    try (HttpSocket socket = new HttpSocket(server.address())) {
      socket.send("GET / HTTP/1.1\r\nX: ");
      assertThat(socket.answer().status()).isIn(0, 408);
      assertThat(socket.readToEnd()).isZero();
    }
  }

  /** Threads that do more than wait for the next connection or request. */
  private static long busyWorkers() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("lva-http-"))
        .filter(
            thread ->
                java.util.Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getClassName().startsWith("io.lva.playback")))
        .count();
  }
}
