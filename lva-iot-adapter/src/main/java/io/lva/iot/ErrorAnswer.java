package io.lva.iot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import io.lva.graph.TopologyException;
import io.lva.runtime.ActivationException;
import io.lva.runtime.EngineException;
import io.lva.runtime.InstanceState;
import io.lva.runtime.InstanceStateException;
import io.lva.spi.NodeStartException;
import java.util.List;
import java.util.stream.Collectors;

/** The bodies of error answers: {@code {"error":{"code","message","details":[…]}}}. */
final class ErrorAnswer {
  private static final String INVALID = "The request is invalid";
  private static final String CONFLICT = "A conflict was encountered when processing the request";

  /**
   * Characters of the longest message; a longer one would repeat a name that is too long for any
   * resource.
   */
  private static final int LONGEST = 1000;

  private static final int END = 100;

  /**
   * One thing that is wrong. Immutable.
   *
   * @param code of the contract
   * @param message for people
   * @param target JSON path of the error in the request; empty when there is none
   */
  record Detail(String code, String message, String target) {
    Detail(String code, String message) {
      this(code, message, "");
    }
  }

  private ErrorAnswer() {}

  static Answer badRequest(String code, String message, String target) {
    return of(400, "BadRequest", INVALID, List.of(new Detail(code, message, target)));
  }

  static Answer unknownMethod(String name) {
    return of(501, "NotImplemented", "There is no method '" + name + "'.", List.of());
  }

  static Answer notFound(String message) {
    return of(404, "NotFound", message, List.of());
  }

  static Answer notConfigured(String problem) {
    Detail detail = new Detail("ModuleConfigurationRequired", problem);
    return of(403, "Forbidden", "The module is not configured", List.of(detail));
  }

  static Answer internal() {
    return of(
        500, "InternalServerError", "An internal error happened; the log says more.", List.of());
  }

  static Answer of(TopologyException failure) {
    List<Detail> details =
        failure.problems().stream().map(ErrorAnswer::detail).collect(Collectors.toList());
    boolean unreadable = failure.problems().stream().anyMatch(ErrorAnswer::ofTheRequest);
    return unreadable
        ? of(400, "BadRequest", INVALID, details)
        : of(400, "InvalidResource", "The resource format is invalid.", details);
  }

  /** Returns whether a problem concerns the request itself rather than what is in it. */
  private static boolean ofTheRequest(Problem problem) {
    return problem.code() == ProblemCode.JSON_INVALID
        || problem.code() == ProblemCode.API_VERSION_NOT_SUPPORTED;
  }

  static Answer of(InstanceStateException failure) {
    String allowed =
        failure.allowed().stream().map(InstanceState::text).collect(Collectors.joining(", "));
    String message =
        "The requested operation on the graph instance is not allowed in the "
            + failure.state().text()
            + " state. Allowed states are: "
            + allowed
            + ".";
    return conflict("GraphInstanceOperationNotValidInCurrentState", message);
  }

  static Answer of(ActivationException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure.getCause() instanceof NodeStartException) {
      return conflict("ResourceValidationError", message);
    }
    return badRequest("ModuleValidationError", message, "");
  }

  static Answer of(EngineException failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.reason()) {
      case NOT_FOUND -> notFound(message);
      case TOPOLOGY_NOT_FOUND ->
          badRequest("GraphTopologyNotFound", message, "$.properties.topologyName");
      case TOPOLOGY_IN_USE -> conflict("GraphTopologyInUse", message);
      case LIMIT_REACHED -> conflict("ResourceLimitReached", message);
      case STORAGE, DIRECTORY_IN_USE -> of(500, "InternalServerError", message, List.of());
    };
  }

  private static Answer conflict(String code, String message) {
    return of(409, "Conflict", CONFLICT, List.of(new Detail(code, message)));
  }

  private static Detail detail(Problem problem) {
    return new Detail(problem.code().text(), problem.message(), problem.path());
  }

  private static Answer of(int status, String code, String message, List<Detail> details) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode error = json.putObject("error").put("code", code).put("message", shown(message));
    if (!details.isEmpty()) {
      int told = put(details, error.putArray("details"));
      if (told < details.size()) {
        error.put(
            "message", message + " (the first " + told + " of " + details.size() + " details)");
      }
    }
    return new Answer(status, json.toString());
  }

  /** Writes as many details as an answer can hold; returns their number. */
  private static int put(List<Detail> details, ArrayNode list) {
    long bytes = 0;
    for (Detail detail : details) {
      ObjectNode entry = json(detail);
      bytes += AnswerSize.of(entry.toString());
      if (bytes > AnswerSize.LIMIT) {
        break;
      }
      list.add(entry);
    }
    return list.size();
  }

  private static ObjectNode json(Detail detail) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("code", detail.code()).put("message", shown(detail.message()));
    if (!detail.target().isEmpty()) {
      entry.put("target", detail.target());
    }
    return entry;
  }

  /** Returns a message, reduced to its beginning and its end when it is too long. */
  private static String shown(String message) {
    return message.length() <= LONGEST
        ? message
        : message.substring(0, LONGEST - END) + "…" + message.substring(message.length() - END);
  }
}
