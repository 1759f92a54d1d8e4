package io.lva.asset.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoreAccessException;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service may answer, and the emulator does not. */
class AzureBlobFaultsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int SEGMENT_BYTES = 16 << 20;

  private final CountDownLatch over = new CountDownLatch(1);
  private StubService service;

  @BeforeEach
  void start() throws IOException {
    service = StubService.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    service.close();
  }

  private AzureBlobStore store() throws IOException {
    return AzureBlobStore.connect(service.options().requestTimeout(TIMEOUT).build());
  }

  /** The service takes the lock, but the client never learns of it and asks again. */
  @Test
  void lock_answerIsLost_isHeld() throws IOException {
    BlobWithoutAnswer blob = new BlobWithoutAnswer();
    service.on("PUT", "door/asset.lock", blob::put).on("HEAD", "door/asset.lock", blob::head);
    try (AzureBlobStore store = store();
        AssetWriter writer = store.lock("door", "door", "test")) {
      assertThat(writer.held()).isTrue();
      assertThat(writer.epoch()).isEqualTo(1);
      assertThat(blob.puts()).isEqualTo(2);
    }
  }

  @Test
  void lock_anotherWriterIsFaster_isRefused() throws IOException {
    BlobWithoutAnswer blob = new BlobWithoutAnswer();
    service.on("PUT", "door/asset.lock", blob::put).on("HEAD", "door/asset.lock", blob::head);
    try (AzureBlobStore store = store();
        AzureBlobStore other = store();
        AssetWriter writer = other.lock("door", "door", "test")) {
      assertThatThrownBy(() -> store.lock("door", "door", "test"))
          .isInstanceOf(AssetInUseException.class);
      assertThat(writer.held()).isTrue();
    }
  }

  /** A blob whose first write gets no answer, and each other one that there is one already. */
  private static final class BlobWithoutAnswer {
    private static final String PREFIX = "x-ms-meta-";

    private final Map<String, String> metadata = new ConcurrentHashMap<>();
    private final AtomicInteger puts = new AtomicInteger();

    int puts() {
      return puts.get();
    }

    void put(HttpExchange exchange) throws IOException {
      if (puts.incrementAndGet() > 1) {
        StubService.refusal(409, "BlobAlreadyExists").to(exchange);
        return;
      }
      exchange.getRequestBody().readAllBytes();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
                  metadata.put(name, values.get(0));
                }
              });
    }

    void head(HttpExchange exchange) throws IOException {
      metadata.forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("ETag", "\"0x7\"");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static ByteSource content(int size) {
    return ByteSource.of(ByteBuffer.allocate(size));
  }

  private void hang(HttpExchange exchange) throws IOException {
    try {
      boolean unused = over.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new InterruptedIOException(exchange.getRequestURI().getPath());
    }
  }

  private void takeAllAndHang(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    hang(exchange);
  }

  /** A frozen service is not waited for as long as a slow one would need for a segment. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void put_serviceIsFrozen_isGivenUpSoon(boolean afterTheContent) throws IOException {
    service.on("PUT", "door/a", afterTheContent ? this::takeAllAndHang : this::hang);
    try (AzureBlobStore store = store();
        AssetWriter writer = store.lock("door", "door", "test")) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> writer.put("a", content(SEGMENT_BYTES)))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage(
              "cannot write 'door/a' in container 'videos': the service does not answer in time");
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(TIMEOUT.multipliedBy(3), TIMEOUT.multipliedBy(10));
    }
  }

  /** Each of four tries is given up after its time-out. */
  @Test
  void size_serviceIsFrozen_isGivenUpSoon() throws IOException {
    service.on("HEAD", "door/a", this::hang);
    try (AzureBlobStore store = store()) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> store.size("door/a"))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage(
              "cannot read 'door/a' in container 'videos': the service does not answer in time");
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(TIMEOUT.multipliedBy(4), TIMEOUT.multipliedBy(15));
    }
  }

  /** It takes longer than a frozen one is waited for. */
  @Test
  void put_serviceIsSlow_isWaitedForAsLongAsItMoves() throws IOException {
    service.on("PUT", "door/a", AzureBlobFaultsTest::takeSlowly);
    try (AzureBlobStore store = store();
        AssetWriter writer = store.lock("door", "door", "test")) {
      long began = System.nanoTime();
      assertThat(writer.put("a", content(SEGMENT_BYTES))).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThan(TIMEOUT.multipliedBy(4));
    }
  }

  private static void takeSlowly(HttpExchange exchange) throws IOException {
    for (int taken = 0; taken < SEGMENT_BYTES; taken += SEGMENT_BYTES / 64) {
      exchange.getRequestBody().readNBytes(SEGMENT_BYTES / 64);
      LockSupport.parkNanos(70_000_000);
    }
    StubService.take(exchange);
  }

  @ParameterizedTest
  @CsvSource({"20, ahead of", "-20, behind"})
  void connect_clockIsOff_saysByHowMuch(int minutes, String where) {
    service.on("GET", "", StubService.refusal(403, "AuthenticationFailed"));
    Clock off =
        new Clock() {
          @Override
          public long nanoTime() {
            return Clock.system().nanoTime();
          }

          @Override
          public long utcNanos() {
            return Clock.system().utcNanos() + Duration.ofSeconds(60L * minutes).toNanos();
          }
        };

    assertThatThrownBy(() -> AzureBlobStore.connect(service.options().clock(off).build()))
        .isInstanceOf(StoreAccessException.class)
        .message()
        .matches(
            "cannot read container 'videos': the credentials are refused \\(403"
                + " AuthenticationFailed\\); set the clock of this host, which is (19|20) min "
                + where
                + " that of the service");
  }

  @Test
  void read_rangeAtTheEnd_isTheEnd() throws IOException {
    service.on("GET", "door/a", StubService.refusal(416, "InvalidRange"));
    try (AzureBlobStore store = store();
        StoredFile file = store.open("door/a")) {
      assertThat(file.read(4, ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  /** They pass by themselves, unlike credentials that are refused. */
  @ParameterizedTest
  @CsvSource({"409, OperationTimedOut", "429, TooManyRequests", "503, ServerBusy"})
  void put_serviceIsBusy_isAnOutage(int status, String code) throws IOException {
    service.on("PUT", "door/a", StubService.refusal(status, code));
    try (AzureBlobStore store = store();
        AssetWriter writer = store.lock("door", "door", "test")) {
      assertThatThrownBy(() -> writer.put("a", content(4)))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage(
              "cannot write 'door/a' in container 'videos': the service answers "
                  + status
                  + ' '
                  + code);
    }
  }
}
