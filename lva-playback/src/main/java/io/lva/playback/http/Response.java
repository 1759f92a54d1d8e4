package io.lva.playback.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;

/**
 * The answer to a {@link Request}, independent of the server that sends it.
 *
 * <p>Immutable.
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

  /**
   * The bytes of an answer. Each opening reads them from the beginning again.
   *
   * <p>Whoever takes a response must close its body, even when none of it is sent, as for {@code
   * HEAD} or a client that left. {@link #writeTo} does so itself.
   *
   * <p>Thread-safe.
   */
  public interface Body extends AutoCloseable {
    /**
     * Creates a body of bytes in memory.
     *
     * @param content ownership is transferred
     * @return the body
     */
    static Body of(byte[] content) {
      return new ByteBody(content);
    }

    /**
     * Returns the number of bytes.
     *
     * @return zero or more; empty when it is known only at the end, as for media being recorded
     */
    OptionalLong size();

    /**
     * Opens the bytes.
     *
     * @param offset of the first byte to read; 0 for a body of unknown size
     * @param length number of bytes to read; {@link Long#MAX_VALUE} for a body of unknown size
     * @return a reader of these bytes, to be closed
     * @throws IOException when the media cannot be opened
     */
    BodyReader open(long offset, long length) throws IOException;

    /**
     * Opens all of the bytes.
     *
     * @return a reader of them, to be closed
     * @throws IOException when the media cannot be opened
     */
    default BodyReader open() throws IOException {
      return open(/* offset= */ 0, size().orElse(Long.MAX_VALUE));
    }

    /**
     * Writes all of the bytes, blocking until the last one is written, and closes this body. For
     * servers that write to a stream.
     *
     * @param out the target, which stays open
     * @throws IOException when the client left or the media cannot be read
     */
    default void writeTo(OutputStream out) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      try (BodyReader reader = open()) {
        while (reader.read(buffer).toCompletableFuture().join() >= 0) {
          out.write(buffer.array(), /* off= */ 0, buffer.position());
          buffer.clear();
        }
      } catch (CompletionException e) {
        throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
      } finally {
        close();
      }
    }

    /**
     * Gives back what the answer holds, such as memory that others wait for. This method may be
     * called more than once.
     */
    @Override
    default void close() {}
  }

  private static final int BUFFER_BYTES = 64 << 10;

  /**
   * Creates an answer of text.
   *
   * @param status HTTP status
   * @param contentType media type, with its character set where that is not implied
   * @param text the body, sent as UTF-8
   * @return the answer
   */
  public static Response text(int status, String contentType, String text) {
    return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Creates an answer of bytes.
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
   * Creates an answer without a body.
   *
   * @param status HTTP status
   * @return the answer
   */
  public static Response empty(int status) {
    return new Response(status, Map.of(), new ByteBody(new byte[0]));
  }

  /**
   * Creates an answer that explains what is wrong.
   *
   * @param status HTTP status, 400 or more
   * @param reason one line: what is wrong, where, and what to do
   * @return the answer, as plain text
   */
  public static Response error(int status, String reason) {
    return text(status, "text/plain; charset=utf-8", reason + "\n")
        .with("Cache-Control", "no-store");
  }

  /**
   * Adds a header, or replaces the one of that name.
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
   * Replaces status and body, as compression and ranges do.
   *
   * @param newStatus HTTP status
   * @param newBody the body
   * @return a copy with the headers of this answer
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

    int length() {
      return content.length;
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(content.length);
    }

    @Override
    public BodyReader open(long offset, long length) {
      ByteBuffer left = ByteBuffer.wrap(content, Math.toIntExact(offset), Math.toIntExact(length));
      return (BodyReader.Stored)
          buffer -> {
            int count = Math.min(buffer.remaining(), left.remaining());
            buffer.put(left.slice().limit(count));
            left.position(left.position() + count);
            return count == 0 ? -1 : count;
          };
    }
  }
}
