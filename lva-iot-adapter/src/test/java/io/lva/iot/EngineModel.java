package io.lva.iot;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an engine should hold and answer, for calls one after the other. */
final class EngineModel {
  private static final String[] METHODS = {
    "GraphTopologySet",
    "GraphTopologyDelete",
    "GraphInstanceSet",
    "GraphInstanceSet",
    "GraphInstanceDelete",
    "GraphInstanceActivate",
    "GraphInstanceActivate",
    "GraphInstanceDeactivate",
    "GraphInstanceGet",
    "GraphTopologyGet",
  };

  private record Instance(String topology, boolean active, String description) {}

  /** One call. */
  record Call(String method, String name, String topology, String description) {
    static Call random(Random random, int number) {
      String method = METHODS[random.nextInt(METHODS.length)];
      String topology = "Topology" + random.nextInt(2);
      String name = method.startsWith("GraphTopology") ? topology : "camera" + random.nextInt(3);
      return new Call(method, name, topology, "call " + number);
    }

    String payload() {
      return switch (method) {
        case "GraphTopologySet" -> Requests.topology(name);
        case "GraphInstanceSet" ->
            Requests.instance(name, topology).replace("a camera", description);
        default -> Requests.named(name);
      };
    }
  }

  private final TreeSet<String> topologies = new TreeSet<>();
  private final Map<String, Instance> instances = new TreeMap<>();

  /** Applies a call and returns the status it must have. */
  int apply(Call call) {
    Instance instance = instances.get(call.name());
    return switch (call.method()) {
      case "GraphTopologySet" -> setTopology(call.name());
      case "GraphTopologyDelete" -> deleteTopology(call.name());
      case "GraphTopologyGet" -> topologies.contains(call.name()) ? 200 : 404;
      case "GraphInstanceGet" -> instance == null ? 404 : 200;
      case "GraphInstanceSet" -> setInstance(call);
      case "GraphInstanceDelete" -> deleteInstance(call.name());
      case "GraphInstanceActivate" -> activate(call.name(), true);
      default -> activate(call.name(), false);
    };
  }

  private int setTopology(String name) {
    if (instances.values().stream().anyMatch(i -> i.topology().equals(name) && i.active())) {
      return 409;
    }
    return topologies.add(name) ? 201 : 200;
  }

  private int deleteTopology(String name) {
    if (instances.values().stream().anyMatch(i -> i.topology().equals(name))) {
      return 409;
    }
    return topologies.remove(name) ? 200 : 204;
  }

  private int setInstance(Call call) {
    Instance known = instances.get(call.name());
    if (!topologies.contains(call.topology())) {
      return 400;
    }
    if (known != null && known.active()) {
      return 409;
    }
    instances.put(call.name(), new Instance(call.topology(), false, call.description()));
    return known == null ? 201 : 200;
  }

  private int deleteInstance(String name) {
    Instance known = instances.get(name);
    if (known != null && known.active()) {
      return 409;
    }
    return instances.remove(name) == null ? 204 : 200;
  }

  private int activate(String name, boolean active) {
    Instance known = instances.get(name);
    if (known == null) {
      return 404;
    }
    instances.put(name, new Instance(known.topology(), active, known.description()));
    return 200;
  }

  /** Returns everything it holds, as {@link #snapshot(DirectMethods)} does for the real one. */
  String snapshot() {
    StringBuilder text = new StringBuilder();
    topologies.forEach(name -> text.append(name).append('\n'));
    instances.forEach(
        (name, instance) ->
            text.append(name + " " + instance.topology() + " " + instance.description())
                .append(instance.active() ? " active\n" : "\n"));
    return text.toString();
  }

  static String snapshot(DirectMethods methods) {
    StringBuilder text = new StringBuilder();
    String all = "{\"@apiVersion\":\"2.0\"}";
    Requests.json(methods.invoke("GraphTopologyList", all))
        .path("value")
        .forEach(topology -> text.append(topology.path("name").asText()).append('\n'));
    Requests.json(methods.invoke("GraphInstanceList", all))
        .path("value")
        .forEach(
            instance -> {
              var properties = instance.path("properties");
              text.append(instance.path("name").asText())
                  .append(" " + properties.path("topologyName").asText())
                  .append(" " + properties.path("description").asText())
                  .append(
                      properties.path("state").asText().equals("Inactive") ? "\n" : " active\n");
            });
    return text.toString();
  }
}
