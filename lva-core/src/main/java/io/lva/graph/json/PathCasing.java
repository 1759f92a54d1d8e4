package io.lva.graph.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.Problem;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Rewrites paths of the contract in the casing of a request. Confined to one read. */
final class PathCasing {
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[(\\d+)]");

  private final ObjectNode root;

  PathCasing(ObjectNode root) {
    this.root = root;
  }

  Problem apply(Problem problem) {
    return new Problem(problem.code(), problem.message(), apply(problem.path()));
  }

  private String apply(String path) {
    StringBuilder actual = new StringBuilder("$");
    JsonNode node = root;
    for (MatchResult step : STEP.matcher(path).results().toList()) {
      String name = step.group(1);
      if (name == null) {
        actual.append('[').append(step.group(2)).append(']');
        node = node.path(Integer.parseInt(step.group(2)));
      } else {
        String key = key(node, name).orElse(name);
        actual.append('.').append(key);
        node = node.path(key);
      }
    }
    return actual.toString();
  }

  private static Optional<String> key(JsonNode node, String name) {
    if (!(node instanceof ObjectNode object)) {
      return Optional.empty();
    }
    return JsonObject.key(object, name)
        .or(
            () ->
                switch (name) {
                  case "nodeName" -> JsonObject.key(object, "moduleName");
                  case "localMediaCacheMaximumSizeMiB" ->
                      JsonObject.key(object, "localMediaCacheMaximumSizeMb");
                  default -> Optional.empty();
                });
  }
}
