package io.lva.asset.archive;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a class of the tests as a process of its own, to be killed. */
public final class ChildProcess {
  private ChildProcess() {}

  /**
   * Starts a class.
   *
   * @param main has a main method
   * @param arguments for it
   * @return the process; its errors go where those of this process go
   * @throws IOException when it cannot be started
   */
  public static Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String classPath() {
    return System.getProperty("jdk.module.path", "")
        + File.pathSeparator
        + System.getProperty("java.class.path")
        + File.pathSeparator
        + Path.of("target", "test-classes");
  }
}
