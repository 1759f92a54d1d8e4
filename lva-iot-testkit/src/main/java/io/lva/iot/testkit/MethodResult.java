package io.lva.iot.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The outcome of a direct method.
 *
 * <p>Immutable.
 *
 * @param status as the module sent it; 404 when the module was not connected, 504 when it did not
 *     answer in time
 * @param payload as the module sent it, usually JSON; the text {@code null} when no answer came
 */
public record MethodResult(int status, String payload) {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final MethodResult NOT_CONNECTED = new MethodResult(404, "null");
  static final MethodResult TIMED_OUT = new MethodResult(504, "null");

  /**
   * Returns the payload as a tree.
   *
   * @return the JSON tree
   * @throws AssertionError when the payload is not JSON
   */
  JsonNode json() {
    try {
      return JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new AssertionError("the payload is no JSON: " + payload, e);
    }
  }
}
