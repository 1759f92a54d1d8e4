package io.lva.examples.cli;

import io.lva.graph.json.TopologyCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a topology and prints it in the form in which the direct methods return it. */
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
    TopologyCheck check = check();
    PrintWriter err = spec.commandLine().getErr();
    check.warnings().forEach(each -> err.println("lva: " + file + ": warning: " + each));
    check.problems().forEach(each -> err.println("lva: " + file + ": " + each));
    check.echo().ifPresent(echo -> spec.commandLine().getOut().println(echo));
    return check.problems().isEmpty() ? 0 : Lva.BAD_INPUT;
  }

  private TopologyCheck check() {
    try {
      return TopologyCheck.of(Files.readAllBytes(file), values);
    } catch (IOException e) {
      throw new CommandFailure("cannot read the topology " + file, e);
    }
  }
}
