package io.lva.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * Plays an operations file of the tutorial: a list of direct methods, one after the other. A method
 * that is refused does not stop it.
 *
 * <p>Immutable.
 */
public final class OperationsPlayer {
  private final DirectMethods methods;
  private final TopologyLoader topologies;

  /** Watches what is played; called on the thread that plays. */
  public interface Listener {
    /**
     * A method is about to be called.
     *
     * @param methodName such as {@code GraphTopologySet}
     * @param payload what it gets
     */
    void request(String methodName, String payload);

    /**
     * A method has answered.
     *
     * @param methodName such as {@code GraphTopologySet}
     * @param answer status and body
     */
    void answer(String methodName, Answer answer);

    /**
     * The file asks for somebody's attention; play goes on when this returns.
     *
     * @param message for people
     */
    void waiting(String message);

    /**
     * An operation could not be played, because its topology could not be fetched or it is
     * incomplete.
     *
     * @param operation its name
     * @param reason for people
     */
    void skipped(String operation, String reason);
  }

  /**
   * Makes a player.
   *
   * @param methods what the operations call
   * @param topologies fetches {@code topologyUrl} and {@code topologyFile}
   */
  public OperationsPlayer(DirectMethods methods, TopologyLoader topologies) {
    this.methods = methods;
    this.topologies = topologies;
  }

  /**
   * Plays a file to its end.
   *
   * @param operationsJson the text of the file
   * @param listener told of everything
   * @return how many operations were refused or skipped
   * @throws IllegalArgumentException when the text is no operations file
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
      ObjectNode file = Payload.read(text).json();
      if (file.path("apiVersion").isTextual() && file.path("operations").isArray()) {
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
      payload.setAll(object);
    }
    return payload.toString();
  }
}
