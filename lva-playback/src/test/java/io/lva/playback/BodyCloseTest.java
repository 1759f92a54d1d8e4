package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.playback.http.BodyReader;
import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.playback.http.HttpSemantics;
import io.lva.playback.http.Response;
import io.lva.spi.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The body of an answer is closed once, however the answer ends. */
class BodyCloseTest {
  private static final long LARGE = 1L << 30;

  private HttpPlaybackServer server;
  private final AtomicLong unanswered = new AtomicLong();
  private final List<String> statuses = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);
  private volatile Counted body = new Counted(OptionalLong.of(100_000));

  /** Zeros. */
  private static class Counted implements Response.Body {
    private final OptionalLong size;
    final AtomicInteger openReaders = new AtomicInteger();
    final AtomicInteger readersLeft = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    Counted(OptionalLong size) {
      this.size = size;
    }

    @Override
    public OptionalLong size() {
      return size;
    }

    int read(ByteBuffer buffer) throws IOException {
      int count = buffer.remaining();
      buffer.position(buffer.limit());
      return count;
    }

    @Override
    public BodyReader open(long offset, long length) throws IOException {
      openReaders.incrementAndGet();
      readersLeft.incrementAndGet();
      return new BodyReader.Stored() {
        private long left = Math.min(length, LARGE);

        @Override
        public int readNow(ByteBuffer buffer) throws IOException {
          if (left == 0) {
            return -1;
          }
          buffer.limit((int) Math.min(buffer.limit(), buffer.position() + left));
          int count = Counted.this.read(buffer);
          left -= count;
          return count;
        }

        @Override
        public void close() {
          readersLeft.decrementAndGet();
        }
      };
    }

    @Override
    public void close() {
      assertThat(readersLeft).hasValue(0);
      closed.incrementAndGet();
    }
  }

  @BeforeEach
  void start() throws IOException {
    server =
        HttpPlaybackServer.start(
            request -> {
              asked.countDown();
              return ready.thenApply(
                  now ->
                      HttpSemantics.apply(
                          request, new Response(200, Map.of("ETag", "\"one\""), body)));
            },
            HttpOptions.loopback(0).withMetrics(counting()));
  }

  private Metrics counting() {
    return new Metrics() {
      @Override
      public Counter counter(String name, String... tags) {
        return amount -> {
          if (List.of(tags).contains("unanswered")) {
            unanswered.addAndGet(amount);
          }
          if (name.equals("lva.http.requests")) {
            statuses.add(tags[1]);
          }
        };
      }

      @Override
      public Registration gauge(String name, DoubleSupplier value, String... tags) {
        return () -> {};
      }
    };
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpSocket.Answer ask(String method, String... headers) throws IOException {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 1, headers.length);
    all[0] = "Host: 127.0.0.1";
    try (HttpSocket socket = new HttpSocket(server.address())) {
      socket.send(method + " / HTTP/1.1\r\n" + String.join("\r\n", all) + "\r\n\r\n");
      return socket.answer(method.equals("HEAD"));
    }
  }

  private void assertClosedOnce() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (body.closed.get() == 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
    server.close(); // whatever might close it again has done so
    assertThat(body.closed).hasValue(1);
  }

  @Test
  void answer_sent_isClosedOnce() throws IOException {
    assertThat(ask("GET").body()).hasSize(100_000);
    assertClosedOnce();
  }

  @Test
  void answer_range_isClosedOnce() throws IOException {
    assertThat(ask("GET", "Range: bytes=5-14").body()).hasSize(10);
    assertClosedOnce();
  }

  @Test
  void answer_toHead_isClosedOnceAndNeverOpened() throws IOException {
    assertThat(ask("HEAD").status()).isEqualTo(200);
    assertClosedOnce();
    assertThat(body.openReaders).hasValue(0);
  }

  @Test
  void answer_notModified_isClosedOnceAndNeverOpened() throws IOException {
    assertThat(ask("GET", "If-None-Match: \"one\"").status()).isEqualTo(304);
    assertClosedOnce();
    assertThat(body.openReaders).hasValue(0);
  }

  @Test
  void answer_rangeBeyondTheEnd_isClosedOnceAndNeverOpened() throws IOException {
    assertThat(ask("GET", "Range: bytes=100000-").status()).isEqualTo(416);
    assertClosedOnce();
    assertThat(body.openReaders).hasValue(0);
  }

  @Test
  void answer_ofNoBytes_isClosedOnce() throws IOException {
    body = new Counted(OptionalLong.of(0));
    assertThat(ask("GET").status()).isEqualTo(200);
    assertClosedOnce();
  }

  @Test
  void answer_clientLeaves_isClosedOnce() throws IOException {
    body = new Counted(OptionalLong.of(LARGE));
    try (HttpSocket socket = new HttpSocket(server.address(), 1 << 16)) {
      socket.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      assertThat(socket.line()).startsWith("HTTP/1.1 200");
      assertThat(body.closed).hasValue(0);
    }
    assertClosedOnce();
  }

  @Test
  void answer_ofUnknownSizeThatFails_isClosedOnce() throws IOException {
    body =
        new Counted(OptionalLong.empty()) {
          @Override
          int read(ByteBuffer buffer) throws IOException {
            throw new IOException("the store is away");
          }
        };
    try (HttpSocket socket = new HttpSocket(server.address())) {
      socket.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      assertClosedOnce();
    }
  }

  @Test
  void answer_cannotBeOpened_isClosedOnce() throws IOException {
    body =
        new Counted(OptionalLong.of(1)) {
          @Override
          public BodyReader open(long offset, long length) throws IOException {
            throw new IOException("the store is away");
          }
        };
    HttpSocket.Answer answer = ask("GET", "Range: bytes=0-0");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).doesNotContainKeys("etag", "content-range", "accept-ranges");
    assertClosedOnce();
    assertThat(statuses).containsExactly("5xx");
  }

  @Test
  void answer_whenTheServerHasStopped_isClosedOnce() throws Exception {
    ready = new CompletableFuture<>();
    try (HttpSocket socket = new HttpSocket(server.address())) {
      socket.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      server.close();
      ready.complete(null);
      assertClosedOnce();
      assertThat(unanswered).hasValue(1);
    }
  }

  @Test
  void writeTo_endOfTheBodyOrOfTheStream_closesOnce() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    body.writeTo(all);
    assertThat(all.size()).isEqualTo(100_000);
    assertThat(body.closed).hasValue(1);
    Counted other = new Counted(OptionalLong.of(100_000));
    assertThatThrownBy(() -> other.writeTo(new Full())).isInstanceOf(IOException.class);
    assertThat(other.closed).hasValue(1);
  }

  /** Takes nothing. */
  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("the client left");
    }
  }
}
