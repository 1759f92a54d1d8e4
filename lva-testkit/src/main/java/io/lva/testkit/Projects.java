package io.lva.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project lies on this machine. */
final class Projects {
  private Projects() {}

  /**
   * Returns the folder that holds the parent pom, whether the build is of the whole project or of
   * one module.
   */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("bom")) ? here : here.resolve("..").normalize();
  }
}
