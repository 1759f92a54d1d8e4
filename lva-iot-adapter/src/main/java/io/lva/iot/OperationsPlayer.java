package io.lva.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Plays an operations file of the tutorial: a list of direct methods, one after the other. A method
 * that is refused does not stop the player.
 *
 * <p>Immutable.
 */
public final class OperationsPlayer {
  private final Methods methods;
  private final TopologyLoader topologies;
  private final Map<String, String> values;

  /** What the operations call: an engine of this process, or a module elsewhere. */
  @FunctionalInterface
  public interface Methods {
    /**
     * Calls a method.
     *
     * @param name such as {@code GraphTopologySet}
     * @param payload the payload, as JSON
     * @return its answer
     * @throws IOException when it cannot be called
     */
    Answer invoke(String name, String payload) throws IOException;
  }

  /** Follows what is played; called on the thread that plays the file. */
  public interface Listener {
    /**
     * Called before a method is called.
     *
     * @param methodName such as {@code GraphTopologySet}
     * @param payload the payload, as JSON; it may contain secrets, see {@link SecretMask}
     */
    void request(String methodName, String payload);

    /**
     * Called after a method has answered.
     *
     * @param methodName such as {@code GraphTopologySet}
     * @param answer status and body
     */
    void answer(String methodName, Answer answer);

    /**
     * Called when the file asks for somebody's attention; playing continues when this method
     * returns.
     *
     * @param message for people
     */
    void waiting(String message);

    /**
     * Called when an operation could not be played, because its topology could not be fetched or
     * the method could not be called.
     *
     * @param operation its name
     * @param reason for people
     */
    void skipped(String operation, String reason);
  }

  /**
   * Creates a player.
   *
   * @param methods what the operations call
   * @param topologies fetches {@code topologyUrl} and {@code topologyFile}
   */
  public OperationsPlayer(Methods methods, TopologyLoader topologies) {
    this(methods, topologies, Map.of());
  }

  private OperationsPlayer(Methods methods, TopologyLoader topologies, Map<String, String> values) {
    this.methods = methods;
    this.topologies = topologies;
    this.values = values;
  }

  /**
   * Returns a player that uses other parameter values, such as the address of your own camera.
   *
   * @param others values by name; they replace values that the instances in the file have, and add
   *     none
   * @return the new player
   */
  public OperationsPlayer withValues(Map<String, String> others) {
    return new OperationsPlayer(methods, topologies, Map.copyOf(others));
  }

  /**
   * Plays a file to its end.
   *
   * @param operationsJson the text of the file
   * @param listener called for each operation
   * @return the number of operations that were refused or skipped
   * @throws IllegalArgumentException when the text is not an operations file
   */
  public int play(String operationsJson, Listener listener) {
    JsonNode file = read(operationsJson);
    String version = file.path("apiVersion").asText();
    int failures = 0;
    for (JsonNode operation : file.path("operations")) {
      if (!play(operation.path("opName").asText(), operation.path("opParams"), version, listener)) {
        failures++;
      }
    }
    return failures;
  }

  private static JsonNode read(String text) {
    try {
      ObjectNode file = MethodPayload.read(text).json();
      if (file.path("apiVersion").isValueNode() && file.path("operations").isArray()) {
        return file;
      }
    } catch (MalformedPayloadException e) {
      throw new IllegalArgumentException("The operations file is not JSON", e);
    }
    throw new IllegalArgumentException(
        "An operations file has 'apiVersion' and a list of 'operations'");
  }

  private boolean play(String name, JsonNode parameters, String version, Listener listener) {
    if (name.equals("WaitForInput")) {
      listener.waiting(parameters.path("message").asText());
      return true;
    }
    try {
      String payload = payload(name, parameters, version);
      listener.request(name, payload);
      Answer answer = methods.invoke(name, payload);
      listener.answer(name, answer);
      return answer.succeeded();
    } catch (IOException e) {
      listener.skipped(name, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private String payload(String name, JsonNode parameters, String version) throws IOException {
    if (name.equals("GraphTopologySet")) {
      Optional<String> address =
          Optional.ofNullable(parameters.get("topologyUrl"))
              .or(() -> Optional.ofNullable(parameters.get("topologyFile")))
              .map(JsonNode::asText);
      if (address.isPresent()) {
        return topologies.load(address.get());
      }
    }
    ObjectNode payload = JsonNodeFactory.instance.objectNode().put("@apiVersion", version);
    if (parameters instanceof ObjectNode object) {
      payload.setAll(object.deepCopy());
    }
    if (name.equals("GraphInstanceSet")) {
      payload.path("properties").path("parameters").forEach(this::replaceValue);
    }
    return payload.toString();
  }

  private void replaceValue(JsonNode parameter) {
    String value = values.get(parameter.path("name").asText());
    if (value != null && parameter instanceof ObjectNode object) {
      object.put("value", value);
    }
  }
}
