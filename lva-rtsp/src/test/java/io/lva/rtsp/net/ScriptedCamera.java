package io.lva.rtsp.net;

import io.lva.rtsp.message.RtspInbound;
import io.lva.rtsp.message.RtspLimits;
import io.lva.rtsp.message.RtspMessage;
import io.lva.rtsp.message.RtspMessageWriter;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.RtspStreamSplitter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A server on the loopback interface that answers each request with bytes. */
final class ScriptedCamera implements AutoCloseable {
  final List<String> methods = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch tornDown = new CountDownLatch(1);
  private final ServerSocket server;
  private final Function<RtspRequest, byte[]> script;

  /**
   * Starts the server.
   *
   * @param script gives the answer; an empty one closes the connection
   */
  ScriptedCamera(Function<RtspRequest, byte[]> script) throws IOException {
    this.script = script;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "scripted-camera");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "rtsp://127.0.0.1:" + server.getLocalPort() + "/live";
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        serve(socket);
      } catch (IOException e) {
        methods.add("closed");
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    InputStream input = socket.getInputStream();
    List<RtspRequest> requests = new ArrayList<>();
    RtspStreamSplitter splitter =
        new RtspStreamSplitter(new Requests(requests), RtspLimits.DEFAULT);
    ByteBuf received = Unpooled.buffer();
    byte[] chunk = new byte[4096];
    for (int length = input.read(chunk); length >= 0; length = input.read(chunk)) {
      received.writeBytes(chunk, 0, length);
      splitter.consume(received);
      for (RtspRequest request : requests) {
        methods.add(request.method());
        if (request.method().equals("TEARDOWN")) {
          tornDown.countDown();
        }
        byte[] answer = script.apply(request);
        if (answer.length == 0) {
          return;
        }
        socket.getOutputStream().write(answer);
      }
      requests.clear();
    }
  }

  private record Requests(List<RtspRequest> requests) implements RtspInbound {
    @Override
    public void interleaved(int channel, ByteBuffer data) {}

    @Override
    public void message(RtspMessage message) {
      requests.add((RtspRequest) message);
    }
  }

  /** Writes a response under the number of a request. */
  static byte[] answer(RtspRequest request, RtspResponse response, byte[]... more) {
    ByteBuf buffer = Unpooled.buffer();
    RtspMessageWriter.write(response.with("CSeq", request.header("CSeq").orElse("0")), buffer);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBufUtil.getBytes(buffer));
    for (byte[] part : more) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** Takes the body of a response that was written down. */
  static String bodyOf(byte[] transcript) {
    String text = new String(transcript, StandardCharsets.ISO_8859_1);
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
