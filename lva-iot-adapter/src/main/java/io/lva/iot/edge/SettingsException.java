package io.lva.iot.edge;

import java.io.Serial;
import java.util.List;

/**
 * Thrown when desired properties are wrong; the message names each wrong property and says what to
 * do.
 */
final class SettingsException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  SettingsException(List<String> problems) {
    super("The desired properties of the module twin are invalid: " + String.join(" ", problems));
  }
}
