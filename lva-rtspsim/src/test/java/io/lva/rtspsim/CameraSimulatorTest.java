package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.spi.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CameraSimulatorTest {
  @TempDir private Path folder;

  @Test
  void play_pattern_sendsReportThenGroupsThatAreStampedWithTheirTime() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().burst(true).start();
        TestClient client = new TestClient(simulator, "/pattern")) {
      assertThat(client.request("DESCRIBE", client.url()).body()).contains("m=video 0 RTP/AVP 96");
      long before = System.currentTimeMillis();
      client.play();
      long after = System.currentTimeMillis();
      TestClient.Frame report = client.frame();
      TestClient.Frame first = client.frame();

      assertThat(report.channel()).isEqualTo(1);
      assertThat(report.unsigned(1, 1)).isEqualTo(200);
      assertThat(first.startsWithParameterSet()).isTrue();
      double utcMillis = utcMillis(report, first.timestamp());
      assertThat(utcMillis - Math.rint(utcMillis / 2000) * 2000).isBetween(-0.02, 0.02);
      // The newest group when it began to play; the simulator may read its clock a little off.
      assertThat(utcMillis).isBetween(before - 2050.0, after + 50.0);
    }
  }

  @Test
  void play_manyClients_getTheSamePayloads() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().burst(true).speed(4).start();
        TestClient one = new TestClient(simulator, "/pattern");
        TestClient other = new TestClient(simulator, "/pattern")) {
      one.play();
      other.play();
      TestClient.Frame left = one.media();
      TestClient.Frame right = other.media();

      assertThat(right.size()).isEqualTo(left.size());
      assertThat(right.unsigned(8, 4)).isNotEqualTo(left.unsigned(8, 4));
      assertThat(simulator.statistics().playing()).isEqualTo(2);
    }
  }

  @Test
  void play_fileAsFastAsPossible_loopsWithContinuousTimestamps() throws Exception {
    Files.write(folder.resolve("clock.h264"), PatternFile.of(new PatternEncoder(1), 1000, 10));
    try (CameraSimulator simulator =
            CameraSimulator.builder().media(folder).asFastAsPossible().start();
        TestClient client = new TestClient(simulator, "/media/clock.h264")) {
      assertThat(simulator.paths())
          .containsExactly("/media/clock.h264", "/pattern", "/pattern-with-sound");
      client.play();
      TestClient.Frame last = client.media();
      for (int i = 0; i < 2000; i++) {
        TestClient.Frame next = client.media();
        assertThat(next.sequence()).isEqualTo((last.sequence() + 1) & 0xffff);
        assertThat((next.timestamp() - last.timestamp()) & 0xffffffffL).isIn(0L, 3600L);
        last = next;
      }
    }
  }

  @Test
  void request_floodWhoseAnswersAreNotRead_endsTheConnection() throws Exception {
    byte[] requests =
        "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    try (CameraSimulator simulator = CameraSimulator.builder().start();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
      OutputStream out = client.getOutputStream();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 400; i++) {
                  out.write(requests);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void request_malformed_isAnsweredAndTheConnectionEnds() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().start();
        TestClient garbage = new TestClient(simulator, "/pattern");
        TestClient tooLong = new TestClient(simulator, "/pattern");
        TestClient noSequence = new TestClient(simulator, "/pattern")) {
      garbage.send("\u0001\u0002 this is not RTSP\r\n\r\n");
      assertThat(garbage.answer().status()).isEqualTo(400);
      garbage.readToEnd();

      tooLong.send("OPTIONS * RTSP/1.0\r\nX: " + "x".repeat(10_000) + "\r\n\r\n");
      assertThat(tooLong.answer().status()).isEqualTo(400);
      tooLong.readToEnd();

      noSequence.send("OPTIONS * RTSP/1.0\r\n\r\n");
      assertThat(noSequence.answer().status()).isEqualTo(400);
      assertThat(noSequence.request("OPTIONS", "*").status()).isEqualTo(200);
    }
  }

  @Test
  void request_withCredentials_challengesWithDigestAndAccepts() throws Exception {
    try (CameraSimulator simulator =
            CameraSimulator.builder().credentials("cam", "secret").start();
        TestClient client = new TestClient(simulator, "/pattern")) {
      TestClient.Answer challenge = client.request("DESCRIBE", client.url());
      Matcher nonce =
          Pattern.compile("nonce=\"([0-9a-f]+)\"").matcher(challenge.headers().toString());

      assertThat(challenge.status()).isEqualTo(401);
      assertThat(client.request("OPTIONS", client.url()).status()).isEqualTo(200);
      // The answer holds two fields of one name, of which this client keeps the last: Basic.
      assertThat(challenge.header("www-authenticate")).startsWith("Basic");
      assertThat(nonce.find()).isFalse();
      assertThat(
              client
                  .request("DESCRIBE", client.url(), "Authorization: Basic Y2FtOnNlY3JldA==")
                  .status())
          .isEqualTo(200);
      simulator.changeCredentials("cam", "other");
      assertThat(
              client
                  .request("DESCRIBE", client.url(), "Authorization: Basic Y2FtOnNlY3JldA==")
                  .status())
          .isEqualTo(401);
    }
  }

  @Test
  void outage_thenTimePasses_refusesAndComesBackOnTheSamePort() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().burst(true).start();
        TestClient client = new TestClient(simulator, "/pattern")) {
      client.play();
      simulator.outage(Duration.ofHours(1));

      client.readToEnd();
      assertThatThrownBy(() -> connect(simulator)).isInstanceOf(ConnectException.class);
      simulator.outage(Duration.ofMillis(500));
      while (!isBack(simulator)) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  @Test
  void dropConnections_whilePlaying_endsThemAndAcceptsNewOnes() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().burst(true).start();
        TestClient client = new TestClient(simulator, "/pattern")) {
      client.play();
      simulator.dropConnections();
      client.readToEnd();

      connect(simulator);
    }
  }

  @Test
  void play_clientThatDoesNotRead_doesNotHoldUpOthers() throws Exception {
    try (CameraSimulator simulator =
            CameraSimulator.builder()
                .burst(true)
                .speed(50)
                .patternScale(3)
                .threads(1)
                .clientBufferBytes(64 * 1024)
                .start();
        TestClient lazy = new TestClient(simulator, "/pattern");
        TestClient eager = new TestClient(simulator, "/pattern")) {
      lazy.play();
      eager.play();
      while (simulator.statistics().droppedUnits() < 500) {
        eager.media();
      }
      TestClient.Frame before = eager.media();
      for (int i = 0; i < 100; i++) {
        eager.media();
      }
      TestClient.Frame after = eager.media();

      // Forward, in the arithmetic of 32 bits.
      assertThat((int) (after.timestamp() - before.timestamp())).isNotNegative();
    }
  }

  @Test
  void connect_tooMany_areClosed() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().maximumConnections(1).start();
        TestClient first = new TestClient(simulator, "/pattern")) {
      assertThat(first.request("OPTIONS", "*").status()).isEqualTo(200);
      try (TestClient second = new TestClient(simulator, "/pattern")) {
        second.readToEnd();
      }
      assertThat(first.request("OPTIONS", "*").status()).isEqualTo(200);
    }
  }

  @Test
  void session_silentClient_isForgotten() throws Exception {
    AtomicLong aheadNanos = new AtomicLong();
    try (CameraSimulator simulator =
            CameraSimulator.builder().burst(true).clock(ahead(aheadNanos)).start();
        TestClient client = new TestClient(simulator, "/pattern")) {
      client.play();
      aheadNanos.set(Duration.ofSeconds(61).toNanos());
      client.readToEnd();
      while (simulator.statistics().playing() > 0) {
        Thread.onSpinWait();
      }

      assertThat(simulator.statistics().connections()).isEqualTo(1);
    }
  }

  @Test
  void mute_requests_areNotAnsweredButMediaFlows() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().burst(true).start();
        TestClient client = new TestClient(simulator, "/pattern")) {
      String session = client.play();
      simulator.faults().mute(true);
      client.send("GET_PARAMETER * RTSP/1.0\r\nCSeq: 9\r\nSession: " + session + "\r\n\r\n");
      for (int i = 0; i < 50; i++) {
        assertThat(client.frame().channel()).isBetween(0, 1);
      }
    }
  }

  @Test
  void start_portInUseOrNoFolder_failsWithOneClearMessage() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().start()) {
      assertThatThrownBy(() -> CameraSimulator.builder().port(simulator.port()).start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on")
          .hasMessageContaining(simulator.port() + ": Address already in use");
    }
    assertThatThrownBy(() -> CameraSimulator.builder().media(folder.resolve("no")).start())
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("is not a folder");
  }

  private static void connect(CameraSimulator simulator) throws IOException {
    try (TestClient client = new TestClient(simulator, "/pattern")) {
      assertThat(client.request("OPTIONS", "*").status()).isEqualTo(200);
    }
  }

  /** The clock of the host, set ahead. */
  private static Clock ahead(AtomicLong nanos) {
    return new Clock() {
      @Override
      public long nanoTime() {
        return Clock.system().nanoTime() + nanos.get();
      }

      @Override
      public long utcNanos() {
        return Clock.system().utcNanos() + nanos.get();
      }
    };
  }

  private static boolean isBack(CameraSimulator simulator) throws IOException {
    try {
      connect(simulator);
      return true;
    } catch (ConnectException refused) {
      return false;
    }
  }

  private static double utcMillis(TestClient.Frame report, long timestamp) {
    double seconds = (report.unsigned(8, 4) & 0xffffffffL) - 2_208_988_800.0;
    double fraction = (report.unsigned(12, 4) & 0xffffffffL) / 4_294_967_296.0;
    int ticks = (int) (timestamp - (report.unsigned(16, 4) & 0xffffffffL));
    return seconds * 1000 + fraction * 1000 + ticks / 90.0;
  }
}
