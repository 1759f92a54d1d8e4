package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.Parameter;
import io.lva.graph.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code ${…}} with the values of an instance and with system variables. Immutable. */
final class ValueResolver {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^${}]+)}");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Map<String, String> texts = new HashMap<>();

  ValueResolver(String instanceName, GraphTopology topology, InstanceValues values) {
    for (Parameter<?> parameter : topology.parameters()) {
      parameter.defaultText().ifPresent(text -> texts.put(parameter.name(), text));
    }
    texts.putAll(values.texts());
    texts.put("System.GraphTopologyName", topology.name());
    texts.put("System.GraphInstanceName", instanceName);
  }

  <T> T resolve(Value<T> value, Instant now) {
    if (value instanceof Value.Literal<T> literal) {
      return literal.value();
    }
    Value.Template<T> template = (Value.Template<T>) value;
    Matcher matcher = PLACEHOLDER.matcher(template.text());
    String text =
        matcher.replaceAll(found -> Matcher.quoteReplacement(text(found.group(1).trim(), now)));
    try {
      return template.type().parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the value of " + value + " is " + e.getMessage(), e);
    }
  }

  private String text(String name, Instant now) {
    String text =
        switch (name) {
          case "System.DateTime" -> SECONDS.format(now);
          case "System.PreciseDateTime" -> MILLISECONDS.format(now);
          default -> texts.get(name);
        };
    if (text == null) {
      throw new IllegalArgumentException("${" + name + "} has no value");
    }
    return text;
  }
}
