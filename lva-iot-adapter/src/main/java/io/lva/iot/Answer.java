package io.lva.iot;

/**
 * The answer to a direct method.
 *
 * <p>Immutable.
 *
 * @param status as HTTP knows it: 200, 201, 204, 400, 403, 404, 409, 500 or 501
 * @param payload JSON, which may be {@code null}
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
