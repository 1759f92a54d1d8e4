package io.lva.rtsp.message;

import com.google.errorprone.annotations.CheckReturnValue;
import io.lva.media.Bytes;

/**
 * A response (RFC 2326 section 7).
 *
 * <p>Immutable.
 *
 * @param version such as {@code RTSP/1.0}; {@code HTTP/1.1} when a web server answers
 * @param status 0 or more; in practice, a number of three digits
 * @param reason text after the status, may be empty
 * @param headers without {@code Content-Length} when the response is to be sent: the writer adds it
 * @param body may be empty
 */
@CheckReturnValue
public record RtspResponse(
    String version, int status, String reason, RtspHeaders headers, Bytes body)
    implements RtspMessage {
  /**
   * Creates a response without header fields or a body.
   *
   * @param status such as 200
   * @param reason such as {@code OK}
   * @return the response
   */
  public static RtspResponse of(int status, String reason) {
    return new RtspResponse(VERSION, status, reason, RtspHeaders.empty(), Bytes.empty());
  }

  /**
   * Adds a header field.
   *
   * @param name of the field
   * @param value of the field
   * @return a copy of this response with the field added
   */
  public RtspResponse with(String name, String value) {
    return new RtspResponse(version, status, reason, headers.with(name, value), body);
  }

  /**
   * Sets the body.
   *
   * @param contentType media type of the body
   * @param content the body
   * @return a copy of this response with that body and its {@code Content-Type}
   */
  public RtspResponse withBody(String contentType, Bytes content) {
    return new RtspResponse(
        version, status, reason, headers.with("Content-Type", contentType), content);
  }

  /**
   * Returns whether the request was carried out.
   *
   * @return true for 200 to 299
   */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
