package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code lva run} says when it does not find what the operations name. */
@Timeout(60)
class RunCommandTest {
  /** Nobody listens at port 1. */
  private static final String OPERATIONS =
      """
      {"apiVersion": "2.0", "operations": [
        {"opName": "GraphTopologySet", "opParams":
          {"topologyUrl": "http://127.0.0.1:1/MediaGraph/topologies/cvr-asset/2.0/topology.json"}}
      ]}
      """;

  @TempDir private Path folder;

  private String run(String... more) throws IOException {
    StringWriter out = new StringWriter();
    Path file = Files.writeString(folder.resolve("operations.json"), OPERATIONS);
    String[] arguments = new String[more.length + 5];
    arguments[0] = "run";
    arguments[1] = "--operations";
    arguments[2] = file.toString();
    arguments[3] = "--store";
    arguments[4] = folder.resolve("store").toString();
    System.arraycopy(more, 0, arguments, 5, more.length);
    int exitCode =
        Lva.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out, true))
            .execute(arguments);
    assertThat(exitCode).as(out.toString()).isEqualTo(Lva.PROBLEMS);
    return out.toString();
  }

  @Test
  void run_withoutANetwork_namesTheOptionThatHelps() throws IOException {
    assertThat(run())
        .contains("http://127.0.0.1:1/MediaGraph/topologies/cvr-asset/2.0/topology.json")
        .contains("without a network give --topologies DIR");
  }

  @Test
  void run_folderWithoutTheTopology_saysWhereItShouldBe() throws IOException {
    assertThat(run("--topologies", folder.toString()))
        .contains(folder.resolve("cvr-asset/2.0/topology.json").toString())
        .contains("is not there");
  }
}
