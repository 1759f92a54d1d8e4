package io.lva.examples.edge;

import static io.lva.examples.edge.TutorialModule.LVA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.testkit.Judges;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the deployment, and the steps of the Dockerfile as they stand. */
class PackagingIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "/var/lib/azuremediaservices";
  private static final String STATE = "/var/lib/lva";
  private static final Path EDGE = Judges.projectRoot().resolve("edge");

  @TempDir private Path folder;

  @Test
  void dockerfile_stepsInAReadOnlyFolderAsAUserWithoutRights_moduleConnectsAndIsHealthy()
      throws Exception {
    assumeThat(System.getProperty("user.name")).as("only root can become nobody").isEqualTo("root");
    Judges.require("setpriv", "bash", "install");
    open(folder);
    makeFolders();
    Path image = Files.createDirectory(folder.resolve("image"));
    for (String[] copy : steps("COPY")) {
      Path from =
          copy[0].endsWith("lva.jar") ? Path.of(System.getProperty("lva.jar")) : source(copy[0]);
      Path to = image.resolve(copy[1].substring(1));
      Files.createDirectories(to.getParent());
      Files.copy(from, to);
    }
    Judges.accept("chmod", "-R", "a-w,a+rX", image.toString());
    Path stamp = Files.createFile(folder.resolve("stamp"));
    try (EdgeHubEmulator hub = EdgeHubEmulator.start(folder.resolve("hub"), LVA)) {
      hub.patchDesired(LVA, "{\"applicationDataDirectory\": \"" + device(DATA) + "\"}");
      Process module = run(image, hub.developmentEnvironment(LVA));
      try {
        assertThat(hub.awaitModule(LVA, Duration.ofSeconds(90)))
            .as(Files.readString(folder.resolve("log")))
            .isTrue();
        assertHealthy();
        assertThat(device(DATA)).isNotEmptyDirectory();
        assertThat(device(STATE)).isNotEmptyDirectory();
        assertThat(Judges.run("find", image.toString(), "-newer", stamp.toString()).lines())
            .as("what the module wrote into the image")
            .isEmpty();
      } finally {
        module.destroy();
        assertThat(module.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private Process run(Path image, Map<String, String> environment) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--reuid", user(), "--regid", user(), "--clear-groups"));
    for (String word : exec("ENTRYPOINT")) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      command.add(word.equals("java") ? java : word.replace("/opt/", image + "/opt/"));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(image.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("LVA_STATE", device(STATE).toString());
    return builder.start();
  }

  private static void assertHealthy() {
    List<String> words = new ArrayList<>(exec("HEALTHCHECK"));
    assertThat(Judges.run(words.toArray(String[]::new)).exitCode()).isZero();
  }

  /** Makes the folders of the device with the command of the page. */
  private void makeFolders() {
    List<String> command = new ArrayList<>();
    for (String word : PageCommand.FOLDERS.words()) {
      command.add(word.startsWith("/") ? device(word).toString() : word);
    }
    assertThat(command.remove(0)).isEqualTo("sudo");
    Judges.accept(command.toArray(String[]::new));
  }

  /** Returns where the test keeps a folder of the device. */
  private Path device(String path) {
    return folder.resolve(path.substring(1));
  }

  /** Lets other users pass through the folder of the test. */
  private static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path source(String name) {
    return Judges.projectRoot().resolve(name);
  }

  private static String user() {
    return steps("USER").get(0)[0].split(":", -1)[0];
  }

  /** Returns the words of each such step. */
  private static List<String[]> steps(String instruction) {
    try {
      return Files.readAllLines(EDGE.resolve("Dockerfile")).stream()
          .filter(line -> line.startsWith(instruction + " "))
          .map(line -> line.substring(instruction.length() + 1).split(" ", -1))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the command of a step in the form of a JSON array. */
  private static List<String> exec(String instruction) {
    String line = String.join(" ", steps(instruction).get(0));
    try {
      List<String> words = new ArrayList<>();
      JSON.readTree(line.substring(line.indexOf('['))).forEach(word -> words.add(word.asText()));
      return words;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void dockerfile_userAndRights_nobody() {
    assertThat(user()).isNotEqualTo("0").matches("\\d+");
    assertThat(steps("RUN")).as("nothing to run as root").isEmpty();
  }

  @Test
  void jar_nativeCode_none_soThatItIsTheSameOnBothPlatforms() throws IOException {
    assertThat(PageCommand.IMAGE.text()).contains("--platform linux/amd64,linux/arm64 ");
    try (ZipFile jar = new ZipFile(System.getProperty("lva.jar"))) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"));
    }
  }

  @Test
  void page_commands_fitDockerfileTemplateAndExample() throws IOException {
    String image = PageCommand.IMAGE.text();
    String tag = image.replaceFirst(".*/(\\S+)\" \\.$", "$1");
    assertThat(Files.readString(EDGE.resolve("Dockerfile"))).contains("#   " + image + "\n");
    assertThat(Files.readString(EDGE.resolve("deployment.template.json")))
        .contains("\"$CONTAINER_REGISTRY_ADDRESS/" + tag + "\"");
    assertThat(Files.readAllLines(EDGE.resolve(".env.example")))
        .contains("APPDATA_FOLDER_ON_DEVICE=" + DATA, "STATE_FOLDER_ON_DEVICE=" + STATE);
  }

  @Test
  void deploymentTemplate_variables_allInTheExample() throws IOException {
    String template = Files.readString(EDGE.resolve("deployment.template.json"));
    List<String> used =
        Pattern.compile("\\$([A-Z][A-Z_]+)")
            .matcher(template)
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    List<String> declared =
        Files.readAllLines(EDGE.resolve(".env.example")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(0, line.indexOf('=')))
            .collect(Collectors.toList());
    assertThat(declared).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void deploymentTemplate_publishedSchema_valid() {
    Judges.requireNodePackages("ajv");
    Judges.accept(
        "node",
        source("judges/schema.cjs").toString(),
        SharedData.path("contract/schema").toString(),
        "azure-iot-edge-deployment-template-4.0.json",
        EDGE.resolve("deployment.template.json").toString());
  }

  @Test
  void deploymentTemplate_modules_asInTheTutorial() throws IOException {
    JsonNode content =
        JSON.readTree(Files.readString(EDGE.resolve("deployment.template.json")))
            .path("modulesContent");
    JsonNode agent = content.path("$edgeAgent").path("properties.desired");
    JsonNode module = agent.path("modules").path("lvaEdge");
    assertThat(agent.path("modules").has("rtspsim")).isTrue();
    JsonNode host = module.path("settings").path("createOptions").path("HostConfig");
    assertThat(host.path("ReadonlyRootfs").asBoolean()).isTrue();
    assertThat(content.path("$edgeHub").path("properties.desired").path("routes").toString())
        .contains("FROM /messages/modules/lvaEdge/outputs/* INTO $upstream");
    assertThat(
            content
                .path("lvaEdge")
                .path("properties.desired")
                .path("operationalEventsOutputName")
                .asText())
        .isEqualTo("AmsOperational");
  }
}
