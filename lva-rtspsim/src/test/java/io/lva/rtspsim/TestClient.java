package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A small RTSP client on a blocking socket, with nothing of the library's own in it. */
final class TestClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private final String url;
  private int sequence;

  /** An answer; header names in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** An interleaved frame. */
  static final class Frame {
    private final int channel;
    private final byte[] data;

    Frame(int channel, byte[] data) {
      this.channel = channel;
      this.data = data;
    }

    int channel() {
      return channel;
    }

    int size() {
      return data.length;
    }

    int sequence() {
      return unsigned(2, 2);
    }

    long timestamp() {
      return unsigned(4, 4) & 0xffffffffL;
    }

    int unsigned(int at, int bytes) {
      int value = 0;
      for (int i = 0; i < bytes; i++) {
        value = value << 8 | (data[at + i] & 0xff);
      }
      return value;
    }

    boolean startsWithParameterSet() {
      return channel == 0 && (data[12] & 0x1f) == 24 && (data[15] & 0x1f) == 7;
    }
  }

  TestClient(CameraSimulator simulator, String path) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    url = simulator.uri(path).toString();
  }

  String url() {
    return url;
  }

  Answer request(String method, String uri, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + uri + " RTSP/1.0\r\n");
    text.append("CSeq: ").append(++sequence).append("\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    send(text + "\r\n");
    return answer();
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets up and plays; returns the session. */
  String play() throws IOException {
    Answer setup =
        request("SETUP", url + "/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
    assertThat(setup.status()).isEqualTo(200);
    String session = setup.header("session").replaceAll(";.*", "");
    assertThat(request("PLAY", url, "Session: " + session).status()).isEqualTo(200);
    return session;
  }

  /** Returns the next answer; frames in front of it are skipped. */
  Answer answer() throws IOException {
    int first = in.readUnsignedByte();
    while (first == '$') {
      readFrame();
      first = in.readUnsignedByte();
    }
    String statusLine = (char) first + line();
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    int status = Integer.parseInt(statusLine.split(" ", -1)[1]);
    return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  Frame frame() throws IOException {
    assertThat(in.readUnsignedByte()).isEqualTo('$');
    return readFrame();
  }

  /** Returns the next RTP packet. */
  Frame media() throws IOException {
    Frame frame = frame();
    while (frame.channel() != 0) {
      frame = frame();
    }
    return frame;
  }

  /** Reads until the server ends the connection. */
  void readToEnd() throws IOException {
    byte[] buffer = new byte[65536];
    try {
      while (in.read(buffer) >= 0) {}
    } catch (java.net.SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Frame readFrame() throws IOException {
    int channel = in.readUnsignedByte();
    return new Frame(channel, in.readNBytes(in.readUnsignedShort()));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
