package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code lva probe} tells of a camera that cannot be recorded. */
@Timeout(60)
class ProbeCommandTest {
  private static final String SDP =
      """
      v=0
      o=- 0 0 IN IP4 0.0.0.0
      s=-
      t=0 0
      m=video 0 RTP/AVP 26
      a=control:v
      m=audio 0 RTP/AVP 97
      a=rtpmap:97 SPEEX/16000
      a=control:a
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int probe(String... options) throws IOException {
    try (ServerSocket camera = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread answers = new Thread(() -> answer(camera), "camera");
      answers.setDaemon(true);
      answers.start();
      String[] arguments = new String[options.length + 2];
      arguments[0] = "probe";
      arguments[1] = "rtsp://127.0.0.1:" + camera.getLocalPort() + "/stream";
      System.arraycopy(options, 0, arguments, 2, options.length);
      return Lva.commandLine()
          .setOut(new PrintWriter(out))
          .setErr(new PrintWriter(errors, true))
          .execute(arguments);
    }
  }

  /** A camera that offers Motion JPEG and Speex, and gives no reason with its status. */
  private static void answer(ServerSocket camera) {
    try (Socket socket = camera.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      OutputStream reply = socket.getOutputStream();
      String line = in.readLine();
      while (line != null) {
        if (line.startsWith("CSeq:")) {
          reply.write(
              ("RTSP/1.0 200\r\n"
                      + line
                      + "\r\nContent-Type: application/sdp\r\nContent-Length: "
                      + SDP.length()
                      + "\r\n\r\n"
                      + SDP)
                  .getBytes(StandardCharsets.US_ASCII));
        }
        line = in.readLine();
      }
    } catch (IOException e) {
      // the probe has ended
    }
  }

  @Test
  void probe_unknownCodecs_listsTheTracksAndSaysWhatIsMissing() throws IOException {
    assertThat(probe()).isEqualTo(Lva.BAD_INPUT);
    assertThat(out.toString())
        .contains("track 0     video JPEG")
        .contains("track 1     audio SPEEX")
        .contains(
            "deviation   status-line-without-reason: A status line has no reason. (status 200;")
        .doesNotContain("measured");
    assertThat(errors.toString().lines()).hasSize(1);
    assertThat(errors.toString()).contains("only JPEG, SPEEX");
  }

  @Test
  void probe_unknownCodecsAsJson_isOneLineWithTracksAndFailure() throws IOException {
    assertThat(probe("--json")).isEqualTo(Lva.BAD_INPUT);
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.path("tracks")).hasSize(2);
    assertThat(report.path("tracks").path(0).path("encoding").asText()).isEqualTo("JPEG");
    assertThat(report.path("failure").asText()).contains("only JPEG, SPEEX");
    JsonNode deviation = report.path("deviations").path(0);
    assertThat(deviation.path("name").asText()).isEqualTo("status-line-without-reason");
    assertThat(deviation.path("sentence").asText()).isEqualTo("A status line has no reason.");
    assertThat(deviation.path("count").asLong()).isEqualTo(2);
    assertThat(deviation.path("evidence").asText()).isEqualTo("status 200");
    assertThat(deviation.path("first").asText()).isEqualTo("after OPTIONS, CSeq 1");
  }
}
