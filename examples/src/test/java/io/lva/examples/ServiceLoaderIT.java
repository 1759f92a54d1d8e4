package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.Recorded;
import io.lva.examples.judge.RuntimeLibraries;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes, loops and stores are found wherever an integrator puts the jars. */
class ServiceLoaderIT {
  private static final String EXAMPLE = "io.lva.examples.RecordToDirectory";

  @TempDir private Path folder;

  @Test
  void example_onTheClassPath_records() throws IOException {
    assertRecords("-cp", System.getProperty("java.class.path"), EXAMPLE);
  }

  @Test
  void example_fromTheShadedJar_records() throws IOException {
    assertRecords("-cp", System.getProperty("lva.jar"), EXAMPLE);
  }

  @Test
  void shadedJar_holdsTheLicenceOfTheProject() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("lva.jar"));
        InputStream licence = jar.getInputStream(jar.getEntry("META-INF/LICENSE"))) {
      assertThat(licence)
          .hasBinaryContent(Files.readAllBytes(Judges.projectRoot().resolve("LICENSE")));
    }
  }

  @Test
  void page_onAPureModulePath_hasItsScripts() throws IOException {
    Files.createDirectory(folder.resolve("store"));
    Path source = folder.resolve("Viewer.java");
    Files.writeString(
        source,
        """
        package acme;
        public class Viewer {
          public static void main(String[] store) throws Exception {
            var playback = io.lva.playback.Playback.open(java.nio.file.Path.of(store[0]).toUri());
            for (String path : new String[] {"/", "/page/page.js", "/page/hls.js"}) {
              var request = io.lva.playback.http.Request.of("GET", path, java.util.Map.of());
              var response = playback.handle(request).toCompletableFuture().join();
              var body = new java.io.ByteArrayOutputStream();
              response.body().writeTo(body);
              System.out.println(path + " " + response.status() + " " + (body.size() > 1000));
            }
            playback.close();
          }
        }
        """);
    Path target = compile("module viewer { requires io.lva.playback; }", source);
    Judges.Verdict verdict =
        Judges.run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--module-path",
            target + File.pathSeparator + RuntimeLibraries.path(),
            "-m",
            "viewer/acme.Viewer",
            folder.resolve("store").toString());
    assertThat(verdict.lines())
        .as(verdict.errors())
        .contains("/ 200 true", "/page/page.js 200 true", "/page/hls.js 200 true");
  }

  @Test
  void example_asModuleOnTheModulePath_records() throws IOException {
    Path source =
        Judges.projectRoot()
            .resolve("examples/src/main/java")
            .resolve(EXAMPLE.replace('.', '/') + ".java");
    // It requires no more than the core.
    Path module = compile("module integrator { requires io.lva.core; }", source);
    assertRecords(
        "--module-path",
        module + File.pathSeparator + RuntimeLibraries.path(),
        "-m",
        "integrator/" + EXAMPLE);
  }

  /** Makes a module of one class. */
  private Path compile(String module, Path source) throws IOException {
    Path descriptor = folder.resolve("module-info.java");
    Files.writeString(descriptor, module);
    Path target = folder.resolve("module");
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    int result =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                out,
                out,
                "--release",
                "17",
                "--module-path",
                RuntimeLibraries.path(),
                "-d",
                target.toString(),
                descriptor.toString(),
                source.toString());
    assertThat(result).as(messages.toString()).isZero();
    return target;
  }

  private static Judges.Verdict recordFor(String seconds, List<String> command) {
    List<String> whole = new ArrayList<>(command);
    whole.add(seconds);
    Judges.Verdict verdict = Judges.run(whole.toArray(String[]::new));
    assertThat(verdict.exitCode()).as(verdict.errors()).isZero();
    return verdict;
  }

  private void assertRecords(String... launch) throws IOException {
    Path store = Files.createDirectory(folder.resolve("store"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(launch));
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start()) {
      command.addAll(List.of(camera.uri("/pattern").toString(), store.toString()));
      Judges.Verdict verdict = recordFor("2", command);
      if (!verdict.output().contains("RecordingStarted")) {
        // A busy machine may need longer than that for the first picture.
        verdict = recordFor("30", command);
      }
      assertThat(verdict.output()).contains("RecordingStopped");
    }
    assertThat(Recorded.of(store, "front-door").segments()).isNotEmpty();
  }
}
