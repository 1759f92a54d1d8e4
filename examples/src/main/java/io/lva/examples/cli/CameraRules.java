package io.lva.examples.cli;

import static java.util.stream.Collectors.joining;

import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.InstanceRules;
import io.lva.graph.Problem;
import io.lva.graph.RtspSource;
import io.lva.graph.TopologyException;
import java.util.Map;
import java.util.Optional;

/**
 * The rules for the names under which a camera is recorded. They are checked before anything
 * starts, and broken rules are reported in plain words: the messages of the library refer to places
 * in a topology that the user did not write.
 */
final class CameraRules {
  /** What the name of a graph instance may be. */
  static final String NAMES = "1 to 32 letters, digits and inner dashes";

  /** What the name of an asset may be. */
  static final String ASSETS = "1 to 260 characters without < > % & : \\ / ? * + . '";

  private static final RtspSource ANY_CAMERA = RtspSource.at("rtsp://camera/");

  private CameraRules() {}

  /** Returns whether a graph instance may have a name. */
  static boolean isName(String name) {
    GraphTopology topology = topology("any");
    InstanceDefinition instance =
        new InstanceDefinition(name, topology.name(), Optional.empty(), Map.of());
    return InstanceRules.problems(topology, instance).isEmpty();
  }

  /** Returns whether an asset may have a name, which may hold system variables ({@code ${…}}). */
  static boolean isAsset(String name) {
    try {
      topology(name);
      return true;
    } catch (TopologyException e) {
      return false;
    }
  }

  private static GraphTopology topology(String asset) {
    return RecordingTrigger.ALWAYS.topology(ANY_CAMERA, asset, /* withAudio= */ true);
  }

  /**
   * Returns what is wrong with a topology that this program made, without problem codes and paths.
   */
  static String words(TopologyException e) {
    return e.problems().stream().map(Problem::message).collect(joining("; "));
  }
}
