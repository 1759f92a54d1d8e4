package io.lva.iot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.lva.graph.EndpointUrl;
import io.lva.graph.ParameterType;
import io.lva.runtime.GraphEngine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Hides secrets in requests and answers that are shown to people or logged: passwords, header
 * values, values and defaults of parameters that fill them, and the user part of URLs.
 *
 * <p>The answers to callers are not changed; only what is shown or logged is masked. Thread-safe.
 */
public final class SecretMask {
  private static final String MASK = "****";
  private static final Set<String> SECRETS = Set.of("password", "headervalue");
  private static final Set<String> VALUES = Set.of("value", "default");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{\\s*([^${}]+?)\\s*}");
  private static final Pattern TELLING =
      Pattern.compile(
          "password|passwd|passphrase|pwd|secret|credential|token|apikey",
          Pattern.CASE_INSENSITIVE);

  private final GraphEngine engine;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /**
   * Creates a mask.
   *
   * @param engine knows which parameters of its topologies are secrets
   */
  public SecretMask(GraphEngine engine) {
    this.engine = engine;
  }

  /**
   * Hides what is secret.
   *
   * @param payload of a request, or of an answer
   * @return the same JSON with asterisks in place of secrets; if the payload is not JSON, a note
   *     that says so
   */
  public String mask(String payload) {
    Optional<JsonNode> json = MethodPayload.tree(payload);
    if (json.isEmpty()) {
      return "(no JSON, " + payload.length() + " characters)";
    }
    learn(json.get());
    engine.topologies().forEach(kept -> seen.addAll(kept.topology().secretParameters()));
    hide(json.get());
    return json.get().toString();
  }

  /**
   * Remembers the parameters that supply passwords in a topology that the engine does not know yet.
   */
  private void learn(JsonNode node) {
    node.properties().stream()
        .filter(property -> secret(property.getKey()))
        .flatMap(property -> PLACEHOLDER.matcher(property.getValue().asText()).results())
        .forEach(placeholder -> seen.add(placeholder.group(1)));
    node.forEach(this::learn);
  }

  private void hide(JsonNode node) {
    if (node instanceof ObjectNode object) {
      boolean parameter = isSecretParameter(object);
      for (Map.Entry<String, JsonNode> property : List.copyOf(object.properties())) {
        String name = property.getKey().toLowerCase(Locale.ROOT);
        boolean hidden = secret(name) || (parameter && VALUES.contains(name));
        if (property.getValue().isValueNode()) {
          object.set(property.getKey(), shown(property.getValue(), hidden));
        } else if (hidden) {
          object.put(property.getKey(), MASK);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          array.set(i, shown(array.get(i), /* hidden= */ false));
        }
      }
    }
    node.forEach(this::hide);
  }

  private boolean isSecretParameter(ObjectNode object) {
    Located located = new Located(object, "$");
    String name = text(located, "name");
    return !name.isEmpty()
        && (seen.contains(name)
            || TELLING.matcher(name).find()
            || text(located, "type").equalsIgnoreCase(ParameterType.SECRET_STRING.text()));
  }

  private static String text(Located object, String name) {
    return object.child(name).map(found -> found.json().asText()).orElse("");
  }

  private static boolean secret(String name) {
    return SECRETS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Returns what is shown of a value; a placeholder only names a parameter and is not a secret. */
  private static JsonNode shown(JsonNode value, boolean hidden) {
    if (value.isNull() || (hidden && PLACEHOLDER.matcher(value.asText()).matches())) {
      return value;
    }
    if (hidden) {
      return TextNode.valueOf(MASK);
    }
    return value.isTextual()
        ? TextNode.valueOf(EndpointUrl.withoutUserInfo(value.asText()))
        : value;
  }
}
