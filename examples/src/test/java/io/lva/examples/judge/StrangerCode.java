package io.lva.examples.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Code of an integrator, compiled as a module of its own against the modules of the library.
 *
 * @param classes folder of the compiled module
 */
public record StrangerCode(Path classes) {
  /**
   * Compiles a package of the tests.
   *
   * @param workFolder empty
   * @param packageFolder such as {@code com/example/stranger}
   * @param descriptor source of the module descriptor
   */
  public static StrangerCode compile(Path workFolder, String packageFolder, String descriptor)
      throws IOException {
    Path module = Files.writeString(workFolder.resolve("module-info.java"), descriptor);
    Path target = workFolder.resolve("stranger");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("--release", "17", "--module-path", RuntimeLibraries.path()));
    command.addAll(List.of("-d", target.toString(), module.toString()));
    Path sources = Judges.projectRoot().resolve("examples/src/test/java").resolve(packageFolder);
    try (Stream<Path> files = Files.list(sources)) {
      files.filter(file -> !file.endsWith("package-info.java")).forEach(f -> command.add("" + f));
    }
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    int result =
        ToolProvider.findFirst("javac").orElseThrow().run(out, out, command.toArray(String[]::new));
    assertThat(result).as(messages.toString()).isZero();
    return new StrangerCode(target);
  }

  /**
   * Returns how its main class is launched from the class path.
   *
   * @param services names of providers by the name of the service
   */
  public List<String> onTheClassPath(Map<String, String> services, String mainClass)
      throws IOException {
    Path folder = Files.createDirectories(classes.resolve("META-INF/services"));
    for (Map.Entry<String, String> service : services.entrySet()) {
      Files.writeString(folder.resolve(service.getKey()), service.getValue());
    }
    return List.of("-cp", classes + File.pathSeparator + RuntimeLibraries.path(), mainClass);
  }

  /** Returns how its main class is launched from the module path. */
  public List<String> onTheModulePath(String mainModule) {
    return List.of(
        "--module-path", classes + File.pathSeparator + RuntimeLibraries.path(), "-m", mainModule);
  }

  /** Runs a main class to its end. */
  public static Judges.Verdict run(List<String> launch, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(launch);
    command.addAll(List.of(arguments));
    return Judges.run(command.toArray(String[]::new));
  }
}
