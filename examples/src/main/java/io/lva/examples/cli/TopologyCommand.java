package io.lva.examples.cli;

import io.lva.graph.GraphTopology;
import io.lva.graph.Problem;
import io.lva.graph.TopologyException;
import io.lva.graph.json.TopologyJson;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a topology and prints it as a media graph answers it. */
@Command(
    name = "topology",
    mixinStandardHelpOptions = true,
    description = "Prints the normalised topology, or everything that is wrong with it.")
final class TopologyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Topology in the JSON of Live Video Analytics.")
  private Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "name=value",
      description = "Check an instance with this value of a parameter too.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      GraphTopology topology = TopologyJson.read(Files.readAllBytes(file), this::warn);
      if (!values.isEmpty()) {
        checkInstance(topology);
      }
      String echo = TopologyJson.echo(topology, Optional.empty());
      spec.commandLine().getOut().println(TopologyJson.pretty(echo));
      return 0;
    } catch (IOException e) {
      throw new CommandFailure("cannot read the topology " + file, e);
    } catch (TopologyException e) {
      PrintWriter err = spec.commandLine().getErr();
      for (Problem problem : e.problems()) {
        err.println("lva: " + file + ": " + problem);
      }
      return Lva.BAD_INPUT;
    }
  }

  private void checkInstance(GraphTopology topology) {
    try (MediaRuntime runtime = MediaRuntime.builder().start()) {
      runtime
          .instance("check", topology, to -> values.forEach((name, value) -> to.set(name, value)))
          .close();
    }
  }

  private void warn(Problem warning) {
    spec.commandLine().getErr().println("lva: " + file + ": warning: " + warning);
  }
}
