package io.lva.runtime;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an instance could not be activated; the instance is then inactive again. A camera
 * that does not answer does not cause this exception.
 */
public final class ActivationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String nodeName;

  /**
   * Creates the exception for a node.
   *
   * @param message one line that says what failed, where, and what to do, without secrets
   * @param nodeName the node that could not start
   * @param cause the underlying failure
   */
  public ActivationException(String message, String nodeName, @Nullable Throwable cause) {
    super(message, cause);
    this.nodeName = nodeName;
  }

  /**
   * Creates the exception for the whole graph.
   *
   * @param message one line that says what failed and what to do, without secrets
   */
  public ActivationException(String message) {
    super(message);
    this.nodeName = null;
  }

  /**
   * Returns which node could not start.
   *
   * @return its name; empty when the graph as a whole is at fault
   */
  public Optional<String> nodeName() {
    return Optional.ofNullable(nodeName);
  }
}
