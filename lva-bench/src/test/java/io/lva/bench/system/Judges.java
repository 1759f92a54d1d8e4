package io.lva.bench.system;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that tests need: without one a test is skipped with a message, or fails with {@code
 * -Dlva.judges=required}.
 */
final class Judges {
  private Judges() {}

  /** Makes sure that a program runs. */
  static void require(List<String> command) {
    if (PeerSession.runs(command)) {
      return;
    }
    String message = "the judge '" + command.get(0) + "' is not installed";
    if ("required".equals(System.getProperty("lva.judges"))) {
      fail(message);
    }
    Assumptions.abort(message);
  }
}
