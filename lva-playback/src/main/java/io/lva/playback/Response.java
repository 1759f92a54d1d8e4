package io.lva.playback;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a {@link Request}, free of any HTTP server.
 *
 * <p>Immutable; its body is written once.
 *
 * @param status HTTP status
 * @param headers by their usual names
 * @param body what follows the headers
 */
public record Response(int status, Map<String, String> headers, Body body) {
  /**
   * Copies the headers.
   *
   * @param status see above
   * @param headers see above
   * @param body see above
   */
  public Response {
    headers = Map.copyOf(headers);
  }

  /** The bytes of an answer; their number is known before the first is written. */
  public interface Body {
    /**
     * Returns how many bytes follow.
     *
     * @return zero or more
     */
    long size();

    /**
     * Writes a range of the bytes, blocking while the player is slow.
     *
     * @param out where to
     * @param offset of the first byte
     * @param length number of bytes
     * @throws IOException when the player left, or the media cannot be read
     */
    void writeTo(OutputStream out, long offset, long length) throws IOException;
  }

  /**
   * Makes an answer of text.
   *
   * @param status HTTP status
   * @param contentType media type without parameters; UTF-8 is added to text
   * @param text the body
   * @return the answer
   */
  public static Response text(int status, String contentType, String text) {
    return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes an answer of bytes.
   *
   * @param status HTTP status
   * @param contentType media type
   * @param content the body; ownership is transferred
   * @return the answer
   */
  public static Response bytes(int status, String contentType, byte[] content) {
    return new Response(status, Map.of("Content-Type", contentType), new ByteBody(content));
  }

  /**
   * Makes an answer that says what is wrong.
   *
   * @param status HTTP status, 400 or more
   * @param reason one line: what, where and what to do
   * @return the answer, as plain text
   */
  public static Response error(int status, String reason) {
    return text(status, "text/plain; charset=utf-8", reason + "\n")
        .with("Cache-Control", "no-store");
  }

  /**
   * Adds a header.
   *
   * @param name its usual name
   * @param value its value
   * @return this answer with the header
   */
  public Response with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Response(status, all, body);
  }

  /**
   * Replaces the body, as compression and ranges do.
   *
   * @param newStatus HTTP status
   * @param newBody the body
   * @return this answer's headers with the other body
   */
  Response with(int newStatus, Body newBody) {
    return new Response(newStatus, headers, newBody);
  }

  /** A body in memory. */
  static final class ByteBody implements Body {
    private final byte[] content;

    ByteBody(byte[] content) {
      this.content = content;
    }

    @Override
    public long size() {
      return content.length;
    }

    @Override
    public void writeTo(OutputStream out, long offset, long length) throws IOException {
      out.write(content, Math.toIntExact(offset), Math.toIntExact(length));
    }
  }
}
