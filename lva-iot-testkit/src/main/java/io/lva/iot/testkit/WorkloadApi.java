package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The workload API of the IoT Edge daemon for one module: the trust bundle, and signatures.
 *
 * <p>Thread-safe.
 */
public final class WorkloadApi implements AutoCloseable {
  private static final String GENERATION = "637000000000000000";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EdgeHub hub;
  private final HubIdentity module;
  private final ServerSocketChannel listening;
  private final URI uri;

  private WorkloadApi(EdgeHub hub, HubIdentity module, ServerSocketChannel listening, URI uri) {
    this.hub = hub;
    this.module = module;
    this.listening = listening;
    this.uri = uri;
    Thread thread = new Thread(this::accept, "emulator-workload");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts the server at a socket in the file system, as IoT Edge does.
   *
   * @param hub the hub whose authority is trusted
   * @param module the module whose key signs
   * @param socket an unused path of at most about 100 bytes
   * @return a server
   * @throws IOException when it cannot start
   */
  public static WorkloadApi atSocket(EdgeHub hub, HubIdentity module, Path socket)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket));
    return new WorkloadApi(hub, module, channel, URI.create("unix://" + socket));
  }

  /**
   * Starts the server at a free port of this machine.
   *
   * @param hub the hub whose authority is trusted
   * @param module the module whose key signs
   * @return a server
   * @throws IOException when it cannot start
   */
  public static WorkloadApi overHttp(EdgeHub hub, HubIdentity module) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.bind(new InetSocketAddress(InetAddress.getByName("localhost"), 0));
    return new WorkloadApi(
        hub, module, channel, URI.create("http://localhost:" + channel.socket().getLocalPort()));
  }

  /**
   * Returns the environment variables that IoT Edge gives the module.
   *
   * @return the values by name
   */
  public Map<String, String> environment() {
    return Map.of(
        "IOTEDGE_WORKLOADURI",
        uri.toString(),
        "IOTEDGE_DEVICEID",
        module.device(),
        "IOTEDGE_MODULEID",
        module.module(),
        "IOTEDGE_IOTHUBHOSTNAME",
        EdgeHub.HUB_HOST,
        "IOTEDGE_GATEWAYHOSTNAME",
        hub.address(),
        "IOTEDGE_AUTHSCHEME",
        "sasToken",
        "IOTEDGE_MODULEGENERATIONID",
        GENERATION,
        "IOTEDGE_APIVERSION",
        "2018-06-28");
  }

  /** Stops the server. */
  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    while (listening.isOpen()) {
      try (SocketChannel channel = listening.accept();
          InputStream in = Channels.newInputStream(channel);
          OutputStream out = Channels.newOutputStream(channel)) {
        answer(in, out);
      } catch (IOException e) {
        // Either it was closed, or this client has gone already.
      }
    }
  }

  private void answer(InputStream in, OutputStream out) throws IOException {
    String request = line(in);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    byte[] body = in.readNBytes(length);
    Map<String, String> answer = new HashMap<>();
    String status = "200 OK";
    if (request.startsWith("GET /trust-bundle?")) {
      answer.put("certificate", Files.readString(hub.authority()));
    } else if (request.startsWith(
        "POST /modules/" + module.module() + "/genid/" + GENERATION + "/sign?")) {
      String data = JSON.readTree(body).path("data").asText();
      String text = new String(Base64.getDecoder().decode(data), UTF_8);
      answer.put("digest", SharedAccessSignature.sign(module.key(), text));
    } else {
      status = "404 Error";
      answer.put("message", "not found");
    }
    byte[] json = JSON.writeValueAsBytes(answer);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, json.length);
    out.write(head.getBytes(UTF_8));
    out.write(json);
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
