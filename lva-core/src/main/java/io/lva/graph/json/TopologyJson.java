package io.lva.graph.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.GraphTopology;
import io.lva.graph.NodeTypes;
import io.lva.graph.Problem;
import io.lva.graph.SystemData;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Topologies as JSON.
 *
 * <p>Reads versions 1.0 and 2.0 of the contract without regard to case, takes numbers as strings or
 * as numbers, understands the names of early builds, and keeps nodes of unknown types. Texts have
 * at most 1,048,576 characters and 64 levels.
 *
 * <p>Thread-safe.
 */
public final class TopologyJson {
  private TopologyJson() {}

  /**
   * Reads a topology and applies all rules.
   *
   * @param json as in a request
   * @return the topology
   * @throws io.lva.graph.TopologyException when the JSON is wrong or breaks a rule; it lists every
   *     problem
   */
  public static GraphTopology read(String json) {
    return read(json, warning -> {});
  }

  /**
   * Reads a topology and applies all rules.
   *
   * @param json as in a request
   * @param warnings takes what is accepted but looks like a mistake
   * @return the topology
   * @throws io.lva.graph.TopologyException when the JSON is wrong or breaks a rule; it lists every
   *     problem
   */
  public static GraphTopology read(String json, Consumer<Problem> warnings) {
    return read(json, NodeTypes.installed(), warnings);
  }

  /**
   * Reads a topology and applies all rules.
   *
   * @param json as in a request
   * @param types which node types are known, such as those of a runtime; nodes of other types are
   *     kept as they are
   * @param warnings takes what is accepted but looks like a mistake
   * @return the topology
   * @throws io.lva.graph.TopologyException when the JSON is wrong or breaks a rule; it lists every
   *     problem
   */
  public static GraphTopology read(String json, NodeTypes types, Consumer<Problem> warnings) {
    return new TopologyReader(JsonTexts.parse(json), true, types).read(warnings);
  }

  /**
   * Reads a topology from the content of a file and applies all rules.
   *
   * @param utf8 the JSON as in a request, with or without a byte order mark
   * @param warnings takes what is accepted but looks like a mistake
   * @return the topology
   * @throws io.lva.graph.TopologyException when the JSON is wrong or breaks a rule; it lists every
   *     problem
   */
  public static GraphTopology read(byte[] utf8, Consumer<Problem> warnings) {
    return new TopologyReader(JsonTexts.parse(utf8), true, NodeTypes.installed()).read(warnings);
  }

  /**
   * Reads what {@link #write} wrote. Properties that only clients must give may be missing.
   *
   * @param json as written
   * @return the topology that was written
   * @throws io.lva.graph.TopologyException when the JSON is wrong or breaks a rule; it lists every
   *     problem
   */
  public static GraphTopology readWritten(String json) {
    return readWritten(json, NodeTypes.installed());
  }

  /**
   * Reads what {@link #write} wrote. Properties that only clients must give may be missing.
   *
   * @param json as written
   * @param types which node types are known, such as those of a runtime
   * @return the topology that was written
   * @throws io.lva.graph.TopologyException when the JSON is wrong or breaks a rule; it lists every
   *     problem
   */
  public static GraphTopology readWritten(String json, NodeTypes types) {
    return new TopologyReader(JsonTexts.parse(json), false, types).read(warning -> {});
  }

  /**
   * Writes everything, secrets too, so that {@link #readWritten} gives an equal topology.
   *
   * @param topology what to write
   * @return one line of JSON
   * @throws IllegalArgumentException when a node is of a class that has no JSON
   */
  public static String write(GraphTopology topology) {
    return JsonTexts.write(
        new TopologyWriter(false).write(JsonTexts.MAPPER.createObjectNode(), topology));
  }

  /**
   * Writes the answer to a request: the topology normalized, without secrets and without its
   * version.
   *
   * @param topology what to write
   * @param systemData written first; left out when empty
   * @return one line of JSON
   * @throws IllegalArgumentException when a node is of a class that has no JSON
   */
  public static String echo(GraphTopology topology, Optional<SystemData> systemData) {
    ObjectNode json = JsonTexts.MAPPER.createObjectNode();
    systemData.ifPresent(data -> SystemDataJson.write(json, data));
    return JsonTexts.write(new TopologyWriter(true).write(json, topology));
  }

  /**
   * Formats JSON for people.
   *
   * @param json an object
   * @return the same JSON on several lines
   * @throws io.lva.graph.TopologyException when the text is not a JSON object
   */
  public static String pretty(String json) {
    return JsonTexts.pretty(JsonTexts.parse(json));
  }
}
