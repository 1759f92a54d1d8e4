package io.lva.rtsp.message;

import com.google.errorprone.annotations.CheckReturnValue;
import io.lva.media.Bytes;
import io.lva.rtsp.RtspUrl;

/**
 * A request (RFC 2326 section 6).
 *
 * <p>Immutable.
 *
 * @param method such as {@code DESCRIBE}, upper case
 * @param uri as it appears in the request line; without credentials when this library sends it
 * @param version such as {@code RTSP/1.0}
 * @param headers without {@code Content-Length} when the request is to be sent: the writer adds it
 * @param body may be empty
 */
@CheckReturnValue
public record RtspRequest(
    String method, String uri, String version, RtspHeaders headers, Bytes body)
    implements RtspMessage {
  /**
   * Creates a request without header fields or a body.
   *
   * @param method such as {@code DESCRIBE}
   * @param uri absolute, or {@code *}
   * @return the request
   */
  public static RtspRequest of(String method, String uri) {
    return new RtspRequest(method, uri, VERSION, RtspHeaders.empty(), Bytes.empty());
  }

  /**
   * Adds a header field.
   *
   * @param name of the field
   * @param value of the field
   * @return a copy of this request with the field added
   */
  public RtspRequest with(String name, String value) {
    return new RtspRequest(method, uri, version, headers.with(name, value), body);
  }

  /**
   * Sets the body.
   *
   * @param contentType media type of the body
   * @param content the body
   * @return a copy of this request with that body and its {@code Content-Type}
   */
  public RtspRequest withBody(String contentType, Bytes content) {
    return new RtspRequest(
        method, uri, version, headers.with("Content-Type", contentType), content);
  }

  /** Returns method, URI and header fields, without anything that could be credentials. */
  @Override
  public String toString() {
    return method + " " + RtspUrl.hideSecrets(uri) + " " + headers;
  }
}
