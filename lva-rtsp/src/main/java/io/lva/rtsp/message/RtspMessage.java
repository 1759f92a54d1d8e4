package io.lva.rtsp.message;

import io.lva.media.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request or a response (RFC 2326 sections 6 and 7). Either side may send either.
 *
 * <p>Immutable.
 */
public sealed interface RtspMessage permits RtspRequest, RtspResponse {
  /** The version this library writes. */
  String VERSION = "RTSP/1.0";

  /**
   * Returns the protocol and its version.
   *
   * @return the text as it was written, such as {@code RTSP/1.0}
   */
  String version();

  /**
   * Returns the header fields.
   *
   * @return all of them, including {@code Content-Length} if it was received
   */
  RtspHeaders headers();

  /**
   * Returns the body.
   *
   * @return its bytes; empty when there is no body
   */
  Bytes body();

  /**
   * Finds a header field.
   *
   * @param name in any letter case
   * @return the value of the first field of that name
   */
  default Optional<String> header(String name) {
    return headers().first(name);
  }

  /**
   * Returns the body as text.
   *
   * @return the body read as UTF-8; malformed sequences are replaced
   */
  default String bodyText() {
    return new String(body().toByteArray(), StandardCharsets.UTF_8);
  }

  /**
   * Returns the sequence number that pairs requests and responses (RFC 2326 section 12.17).
   *
   * @return the number, unless the field is missing or is not a number
   */
  default OptionalLong sequence() {
    return header("CSeq").map(Numbers::parseUnsigned).orElse(OptionalLong.empty());
  }
}
