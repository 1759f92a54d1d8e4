package io.lva.rtsp.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes requests and responses (RFC 2326 sections 4 to 7).
 *
 * <p>Immutable.
 */
public final class RtspMessageWriter {
  private RtspMessageWriter() {}

  /**
   * Appends a message and states the length of its body.
   *
   * @param message its header fields must not hold {@code Content-Length}
   * @param output grows as needed; not released
   * @throws IllegalArgumentException when the start line or a header field holds a line break
   */
  public static void write(RtspMessage message, ByteBuf output) {
    StringBuilder head = new StringBuilder(256);
    line(head, startLine(message));
    for (RtspHeaders.Field field : message.headers().fields()) {
      line(head, field.name() + ": " + field.value());
    }
    if (message.body().size() > 0) {
      line(head, "Content-Length: " + message.body().size());
    }
    head.append("\r\n");
    output.writeCharSequence(head, StandardCharsets.UTF_8);
    output.writeBytes(message.body().asByteBuffer());
  }

  private static String startLine(RtspMessage message) {
    if (message instanceof RtspRequest request) {
      return request.method() + " " + request.uri() + " " + request.version();
    }
    RtspResponse response = (RtspResponse) message;
    return response.version() + " " + response.status() + " " + response.reason();
  }

  private static void line(StringBuilder head, String text) {
    if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("line break within a header line");
    }
    head.append(text).append("\r\n");
  }
}
