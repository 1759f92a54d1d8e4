package io.lva.examples.edge;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of the page on the IoT Edge module, and who runs each. */
enum PageCommand {
  /** Makes the jar that the tests in {@code *IT} classes start. */
  BUILD("mvn "),
  /**
   * Not run, because it pulls the base image: {@link PackagingIT} carries out the steps of the
   * Dockerfile.
   */
  IMAGE("docker "),
  /** Run by {@link PackagingIT}. */
  FOLDERS("install "),
  /** Run by {@link EdgeTutorialIT}. */
  CALL("CallDirectMethods"),
  /** Run by {@link WatchEventsIT}. */
  WATCH("WatchEvents"),
  /** Run by {@link EdgeProcessIT}. */
  DEVELOP("lva.jar edge");

  private static final Pattern BLOCK =
      Pattern.compile(
          "^```(?<language>\\w*)\n(?<text>.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final String part;

  PageCommand(String part) {
    this.part = part;
  }

  /** Returns all commands of the page. */
  static List<String> onThePage() {
    try {
      return BLOCK
          .matcher(Files.readString(Judges.projectRoot().resolve("docs/iot-edge.md")))
          .results()
          .filter(block -> block.group(1).isEmpty())
          .flatMap(block -> block.group(2).lines())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the command as it stands on the page. */
  String text() {
    return onThePage().stream()
        .filter(command -> command.contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no command with " + part));
  }

  /** Returns the command as it stands on the page, with this build's Java and jar. */
  String[] words() {
    String java = System.getProperty("java.home") + "/bin/java";
    return text()
        .replace("examples/target/lva.jar", System.getProperty("lva.jar"))
        .replaceFirst("\\bjava ", java + " ")
        .split(" ", -1);
  }
}
