package io.lva.graph;

/** Checks properties: their limits and versions, and the rules of each type of object. */
final class PropertyRules implements PropertyWalk.Visitor {
  private final ApiVersion version;
  private final Findings findings;

  private PropertyRules(ApiVersion version, Findings findings) {
    this.version = version;
    this.findings = findings;
  }

  static void check(GraphTopology topology, Findings findings) {
    PropertyWalk.visit(topology, new PropertyRules(topology.apiVersion(), findings));
  }

  @Override
  public <T> void value(Property<?> property, ValueType<T> type, Value<T> value, String path) {
    if (value instanceof Value.Literal<T> literal) {
      Limit.broken(property, literal.value())
          .ifPresent(
              limit ->
                  findings.add(
                      limit.code(), path, "'" + property + "' must " + limit.rule() + "."));
    }
  }

  @Override
  public void object(PropertyObject object, String path) {
    versions(object, path);
    object
        .objectType()
        .check(
            object,
            (code, property, message) ->
                findings.add(code, property.isEmpty() ? path : path + "." + property, message));
  }

  private void versions(PropertyObject object, String path) {
    ObjectType<?> type = object.objectType();
    if (!type.known(version)) {
      findings.add(
          ProblemCode.API_VERSION_MISMATCH,
          path + ".@type",
          "Version " + version.text() + " does not have the type '" + type + "'.");
    }
    for (Property<?> property : type.properties()) {
      if (!property.known(version) && object.settings().get(property).isPresent()) {
        findings.add(
            ProblemCode.API_VERSION_MISMATCH,
            path + "." + property,
            "Version " + version.text() + " does not have the property '" + property + "'.");
      }
    }
  }
}
