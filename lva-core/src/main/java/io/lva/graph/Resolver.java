package io.lva.graph;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/**
 * Fills {@code ${name}} in the properties of a topology with the parameter values of an instance
 * and with system variables. A value is taken as it is: {@code ${…}} within it has no meaning.
 *
 * <p>Thread-safe. No message repeats the value of a parameter.
 */
public final class Resolver {
  private final Map<String, Parameter<?>> declared = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();

  private Resolver(GraphTopology topology, String instanceName, Map<String, String> given) {
    for (Parameter<?> parameter : topology.parameters()) {
      declared.putIfAbsent(parameter.name(), parameter);
      Optional.ofNullable(given.get(parameter.name()))
          .or(parameter::defaultText)
          .ifPresent(text -> texts.put(parameter.name(), text));
    }
    texts.put(SystemVariables.TOPOLOGY_NAME, topology.name());
    texts.put(SystemVariables.INSTANCE_NAME, instanceName);
  }

  /**
   * Creates a resolver.
   *
   * @param topology the topology whose properties are resolved
   * @param instanceName the value of {@code ${System.GraphInstanceName}}
   * @param given values by parameter name; a parameter that is not among them has its default
   * @return the resolver
   */
  public static Resolver of(
      GraphTopology topology, String instanceName, Map<String, String> given) {
    return new Resolver(topology, instanceName, given);
  }

  /**
   * Resolves a property.
   *
   * @param <T> type of the property
   * @param value literal or template
   * @param now the instant that the date and time variables show, such as the start of a recording
   * @return its value
   * @throws IllegalArgumentException when a parameter has no value or a value that does not fit, or
   *     a secret parameter would fill a property that may be printed; the message names the
   *     placeholders and never a value
   */
  public <T> T resolve(Value<T> value, Instant now) {
    if (value instanceof Value.Literal<T> literal) {
      return literal.value();
    }
    Value.Template<T> template = (Value.Template<T>) value;
    try {
      return template.type().parse(text(template, now));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + template + "' cannot be resolved: " + e.getMessage(), e);
    }
  }

  private String text(Value.Template<?> template, Instant now) {
    Map<String, String> times = SystemVariables.at(now);
    return Placeholders.matcher(template.text())
        .replaceAll(
            found -> {
              String name = name(found);
              String text = times.containsKey(name) ? times.get(name) : text(name, template.type());
              return Matcher.quoteReplacement(String.valueOf(text));
            });
  }

  private static String name(MatchResult found) {
    return String.valueOf(found.group(1)).trim();
  }

  private String text(String name, ValueType<?> wanted) {
    Parameter<?> parameter = declared.get(name);
    if (parameter != null && parameter.type() == ParameterType.SECRET_STRING && !wanted.secret()) {
      throw new IllegalArgumentException(
          "the secret parameter '" + name + "' cannot fill what may be printed");
    }
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("the parameter '" + name + "' has no value");
    }
    if (parameter != null) {
      parameter.type().valueType().parse(text);
    }
    return text;
  }
}
