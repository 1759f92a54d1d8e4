package io.lva.iot.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.iot.Answer;

/** The module's answers to direct methods that do not reach the engine. */
final class EdgeAnswers {
  /** The most bytes that IoT Hub passes on as the answer to a direct method. */
  static final int LIMIT = 128 * 1024;

  private EdgeAnswers() {}

  static Answer notConfigured(String problem) {
    return of(
        403, "Forbidden", "The module is not configured", "ModuleConfigurationRequired", problem);
  }

  static Answer busy(String name) {
    return of(
        503,
        "ServerBusy",
        "Too many direct methods are running",
        "TooManyRequests",
        name + " was not begun; call it again later.");
  }

  static Answer goesOn(String name) {
    return of(
        503,
        "ServerBusy",
        "The operation takes longer than a caller waits",
        "OperationInProgress",
        name + " goes on; call it again to wait for its end.");
  }

  static Answer internal() {
    return of(500, "InternalServerError", "An internal error occurred", "", "");
  }

  static Answer unsecured(String message) {
    return of(400, "BadRequest", "The request is invalid", "ModuleValidationError", message);
  }

  /** Returns the answer, or one that explains why it cannot be sent. */
  static Answer withinLimit(String name, Answer answer) {
    int bytes = answer.payload().getBytes(UTF_8).length;
    if (bytes <= LIMIT) {
      return answer;
    }
    return of(
        500,
        "InternalServerError",
        "The answer is too large",
        "ResponseTooLarge",
        "%s ended with status %d; its answer of %d bytes exceeds the %d that a direct method may have."
            .formatted(name, answer.status(), bytes, LIMIT));
  }

  private static Answer of(
      int status, String code, String message, String detailCode, String detail) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode error = json.putObject("error").put("code", code).put("message", message);
    if (!detailCode.isEmpty()) {
      error.putArray("details").addObject().put("code", detailCode).put("message", detail);
    }
    return new Answer(status, json.toString());
  }
}
