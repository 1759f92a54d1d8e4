package io.lva.examples.judge;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The product and all it requires, without the tests and their tools: what an integrator has. */
public final class RuntimeLibraries {
  private static final String TOOLS =
      ".*[/\\\\](examples[/\\\\]target|lva-(examples|testkit|iot-testkit)|junit-|opentest4j-"
          + "|apiguardian-|assertj-|byte-buddy-|archunit|surefire-).*";

  private RuntimeLibraries() {}

  /** Returns the class path of this process without the tests' entries. */
  public static String path() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.matches(TOOLS))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
