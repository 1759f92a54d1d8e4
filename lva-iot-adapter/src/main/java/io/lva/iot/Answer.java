package io.lva.iot;

/**
 * The answer to a direct method.
 *
 * <p>Immutable.
 *
 * @param status an HTTP status code: 200, 201, 204, 400, 403, 404, 409, 500, 501 or 503
 * @param payload JSON text; the text {@code null} when there is nothing to return
 */
public record Answer(int status, String payload) {
  static final String NULL = "null";

  static Answer nothing(int status) {
    return new Answer(status, NULL);
  }

  /**
   * Returns whether the method did what was asked.
   *
   * @return true for a status below 400
   */
  public boolean succeeded() {
    return status < 400;
  }
}
