package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection to a server over which a test sends what it likes, well formed or not. */
final class HttpSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int SEND_BUFFER_BYTES = 1 << 16;

  private final Socket socket = new Socket();

  HttpSocket(InetSocketAddress server) throws IOException {
    this(server, /* receiveBufferBytes= */ 0);
  }

  HttpSocket(InetSocketAddress server, int receiveBufferBytes) throws IOException {
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.setSendBufferSize(SEND_BUFFER_BYTES);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server, PATIENCE_MILLIS);
  }

  /** Status, headers by name in lower case, and body. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Sends one request and reads its answer. */
  static Answer ask(InetSocketAddress server, String method, String target, String... headers)
      throws IOException {
    try (HttpSocket socket = new HttpSocket(server)) {
      socket.request(method, target, headers);
      return socket.answer(method.equals("HEAD"));
    }
  }

  void request(String method, String target, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: door\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    send(text + "\r\n");
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends to a server that may have closed the connection. */
  void sendUnlessCutOff(String text) {
    try {
      send(text);
    } catch (IOException e) {
      assertThat(e).isInstanceOf(SocketException.class);
    }
  }

  /** Reads an answer; status 0 when the server closed the connection instead. */
  Answer answer(boolean withoutBody) throws IOException {
    String status = line();
    if (status.isEmpty()) {
      return new Answer(0, Map.of(), new byte[0]);
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = withoutBody ? new byte[0] : socket.getInputStream().readNBytes(length);
    return new Answer(Integer.parseInt(status.substring(9, 12)), headers, body);
  }

  /** Reads an answer without its body, which comes in chunks. */
  Answer head() throws IOException {
    return answer(/* withoutBody= */ true);
  }

  /**
   * Reads the next chunk of a body; the last one is empty. Servers may end a chunk with the next.
   */
  byte[] chunk() throws IOException {
    String size = line();
    return socket.getInputStream().readNBytes(Integer.parseInt(size.isEmpty() ? line() : size, 16));
  }

  Answer answer() throws IOException {
    return answer(/* withoutBody= */ false);
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads a byte; -1 when the server closed the connection. */
  int read() {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Reads until the server closes the connection; returns how many bytes there were. */
  long readToEnd() {
    byte[] buffer = new byte[1 << 16];
    long count = 0;
    try {
      for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
        count += read;
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the server does not close the connection", e);
    } catch (IOException e) {
      return count; // reset: closed with something unread
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
