package io.lva.bench.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** The hot path allocates what it did, and takes no longer. */
class GuardIT {
  @Test
  void check_hotPath_isNotWorseThanTheBaseline() throws IOException, RunnerException {
    int version = Runtime.version().feature();
    assumeTrue(
        Guard.JAVA_VERSIONS.contains(version),
        "Java " + version + " is not guarded, " + Guard.JAVA_VERSIONS + " are");
    assertThat(Guard.check()).isEmpty();
  }
}
