package io.lva.asset.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lva.asset.store.PacedSource;
import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a segment may be on its way to the service. */
@Timeout(60)
class S3UploadTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int SEGMENT_BYTES = 16 << 20;
  private static final byte[] LISTING = "<ListBucketResult/>".getBytes(UTF_8);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger puts = new AtomicInteger();
  private HttpServer server;
  private Service service = exchange -> {};

  /** What the service does before it takes the rest of the content. */
  @FunctionalInterface
  private interface Service {
    void begin(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("PUT")) {
        puts.incrementAndGet();
        service.begin(exchange);
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, LISTING.length);
        exchange.getResponseBody().write(LISTING);
      }
    }
  }

  private S3Store store() throws IOException {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return S3Store.connect(
        S3Options.builder("videos")
            .endpoint(endpoint)
            .credentials(Access.credentials())
            .requestTimeout(TIMEOUT)
            .build());
  }

  private static ByteSource content(int size) {
    return ByteSource.of(ByteBuffer.allocate(size));
  }

  /** A turn comes later than a service that stands still is waited for. */
  @Test
  void put_limitIsLow_takesEachTurnOnceAndIsNotGivenUp() throws IOException {
    int size = 200_000;
    AtomicLong turns = new AtomicLong();
    PacedSource.Pace pace =
        bytes -> {
          if (turns.getAndAdd(bytes) == 0) {
            LockSupport.parkNanos(TIMEOUT.multipliedBy(5).toNanos());
          }
        };
    try (S3Store store = store()) {
      assertThat(store.putIfAbsent("a", new PacedSource(content(size), pace))).isTrue();
    }
    assertThat(turns).hasValue(size);
    assertThat(puts).hasValue(1);
  }

  /** It takes longer than one that stands still is waited for. */
  @Test
  void put_serviceIsSlow_isWaitedForAsLongAsItMoves() throws IOException {
    service =
        exchange -> {
          // Not to the end: what waits in the buffers of both hosts is not seen to move.
          for (int i = 0; i < 40; i++) {
            exchange.getRequestBody().readNBytes(SEGMENT_BYTES / 64);
            LockSupport.parkNanos(110_000_000);
          }
        };
    try (S3Store store = store()) {
      long began = System.nanoTime();
      assertThat(store.putIfAbsent("a", content(SEGMENT_BYTES))).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThan(TIMEOUT.multipliedBy(4));
    }
    assertThat(puts).hasValue(1);
  }

  /** It is not waited for as long as a slow one would need for a segment. */
  @Test
  void put_serviceIsFrozen_isGivenUpSoon() throws IOException {
    service =
        exchange -> {
          try {
            boolean unused = over.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new InterruptedIOException(exchange.getRequestURI().getPath());
          }
        };
    try (S3Store store = store()) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> store.putIfAbsent("a", content(SEGMENT_BYTES)))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("cannot write 'a' in bucket 'videos': the service does not answer in time");
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(TIMEOUT.multipliedBy(3), TIMEOUT.multipliedBy(10));
    }
    assertThat(puts).hasValue(1);
  }
}
