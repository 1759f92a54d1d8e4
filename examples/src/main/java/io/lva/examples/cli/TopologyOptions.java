package io.lva.examples.cli;

import io.lva.asset.store.FailureReason;
import io.lva.graph.GraphTopology;
import io.lva.graph.TopologyException;
import io.lva.graph.json.TopologyJson;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A topology from a file, and values for its parameters. */
final class TopologyOptions {
  @Option(
      names = "--topology",
      paramLabel = "FILE",
      description =
          "Run this topology; the URL becomes its parameter rtspUrl, user and password rtspUserName"
              + " and rtspPassword.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "name=value",
      description = "Value of a parameter of the topology.")
  private Map<String, String> values = new LinkedHashMap<>();

  boolean isGiven() {
    return file != null;
  }

  /**
   * Creates an instance for one camera.
   *
   * @throws CommandFailure when the file cannot be read or holds no valid topology, or the URL or
   *     the login is wrong
   * @throws TopologyException when a value is missing or wrong
   */
  GraphInstance instance(MediaRuntime runtime, String name, String url, LoginOptions login) {
    GraphTopology topology = read(file == null ? Path.of("") : file);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("rtspUrl", CameraLink.checked(url));
    Optional<LoginOptions.Login> account = login.login();
    account.ifPresent(each -> all.put("rtspUserName", each.user()));
    account.ifPresent(each -> all.put("rtspPassword", each.password()));
    all.keySet().removeIf(each -> topology.parameter(each).isEmpty());
    all.putAll(values);
    return runtime.instance(
        name, topology, builder -> all.forEach((key, value) -> builder.set(key, value)));
  }

  /**
   * Reads a topology.
   *
   * @throws CommandFailure when the file cannot be read or holds no valid topology; the message
   *     names all problems
   */
  static GraphTopology read(Path file) {
    try {
      return TopologyJson.read(Files.readAllBytes(file), warning -> {});
    } catch (IOException e) {
      throw new CommandFailure("cannot read the topology: " + FailureReason.of(e), e);
    } catch (TopologyException e) {
      throw new CommandFailure(file + ": " + e.getMessage(), e);
    }
  }
}
