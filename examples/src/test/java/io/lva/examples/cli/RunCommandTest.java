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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code lva run} finds what the operations name, and what it says when it does not. */
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
    return run(Lva.PROBLEMS, OPERATIONS, more);
  }

  private String run(int expected, String operations, String... more) throws IOException {
    StringWriter out = new StringWriter();
    Path file = Files.writeString(folder.resolve("operations.json"), operations);
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
    assertThat(exitCode).as(out.toString()).isEqualTo(expected);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/Azure/live-video-analytics/tree/master/MediaGraph/topologies/cvr-asset/topology.json",
        "https://raw.githubusercontent.com/Azure/live-video-analytics/master/MediaGraph/topologies/cvr-asset/2.0/topology.json",
        "https://raw.githubusercontent.com/Azure/live-video-analytics/master/MediaGraph/topologies/cvr-asset/1.0/topology.json",
        "https://raw.githubusercontent.com/Azure/live-video-analytics/master/MediaGraph/topologies/motion-detection/topology.json",
        "https://raw.githubusercontent.com/Azure/live-video-analytics/master/MediaGraph/topologies/motion-detection/2.0/topology.json"
      })
  void run_topologyOfTheTutorial_isOnBoard(String address) throws IOException {
    String operations = OPERATIONS.replaceFirst("http://127[^\"]*", address);
    assertThat(run(0, operations)).contains("status   201").doesNotContain("skipped");
  }

  @Test
  void published_topologyOfAnother_isNotOnBoard() {
    PublishedTopologies onBoard = new PublishedTopologies();
    String path = "/live-video-analytics/master/MediaGraph/topologies/cvr-asset/topology.json";
    assertThat(onBoard.has("https://raw.githubusercontent.com/Azure" + path)).isTrue();
    assertThat(onBoard.has("https://raw.githubusercontent.com/contoso" + path)).isFalse();
  }
}
