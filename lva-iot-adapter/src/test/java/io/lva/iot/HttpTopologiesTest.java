package io.lva.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpTopologiesTest {
  private static String load(String response) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, response));
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/topology.json";
      String text = TopologyLoader.overHttp().load(url);
      served.join();
      return text;
    }
  }

  private static void serve(ServerSocket server, String response) {
    try (Socket client = server.accept()) {
      client.getInputStream().read(new byte[4096]);
      OutputStream out = client.getOutputStream();
      out.write(response.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void load_found_documentAsItIs() throws IOException {
    assertThat(load("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")).isEqualTo("{}");
  }

  @Test
  void load_notFound_saysWhere() {
    assertThatThrownBy(() -> load("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/topology.json answers 404");
  }

  @Test
  void load_nobodyListens_saysWhere() throws IOException {
    // Bound, so that nobody else gets the port, but not listening.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String address = "127.0.0.1:" + taken.getLocalPort() + "/a.json";
      assertThatThrownBy(() -> TopologyLoader.overHttp().load("http://" + address))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(address + " cannot be fetched");
    }
  }

  @Test
  void load_noWebAddress_refused() {
    assertThatThrownBy(() -> TopologyLoader.overHttp().load("topology.json"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'topology.json'");
  }

  @Test
  void file_addressOfAPage_addressOfTheFile() {
    assertThat(
            HttpTopologies.file(
                "https://github.com/Azure/live-video-analytics/tree/master/MediaGraph/a.json"))
        .isEqualTo(
            "https://raw.githubusercontent.com/Azure/live-video-analytics/master/MediaGraph/a.json");
  }
}
