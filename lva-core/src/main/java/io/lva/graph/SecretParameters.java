package io.lva.graph;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the parameters whose values are secrets, including those declared as plain strings. */
final class SecretParameters implements PropertyWalk.Visitor {
  private final Set<String> names = new LinkedHashSet<>();

  private SecretParameters() {}

  static Set<String> of(GraphTopology topology) {
    SecretParameters found = new SecretParameters();
    for (Parameter<?> parameter : topology.parameters()) {
      if (parameter.type() == ParameterType.SECRET_STRING) {
        found.names.add(parameter.name());
      }
    }
    PropertyWalk.visit(topology, found);
    return Collections.unmodifiableSet(found.names);
  }

  @Override
  public <T> void value(Property<?> property, ValueType<T> type, Value<T> value, String path) {
    if (type.secret() && value instanceof Value.Template<T> template) {
      names.addAll(Placeholders.names(template.text()));
    }
  }
}
