package io.lva.runtime;

/** Thrown when a call to the engine is refused; nothing was changed. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a call was refused. */
  public enum Reason {
    /** There is no topology or instance of that name. */
    NOT_FOUND,
    /** An instance refers to a topology that is not there. */
    TOPOLOGY_NOT_FOUND,
    /** Instances use the topology, which therefore cannot be replaced or deleted. */
    TOPOLOGY_IN_USE,
    /** The maximum number of topologies or instances is reached. */
    LIMIT_REACHED,
    /** Another engine keeps its state in the same folder. */
    DIRECTORY_IN_USE,
    /** The state could not be read or written. */
    STORAGE
  }

  private final Reason reason;

  /**
   * Creates the exception.
   *
   * @param reason why it is thrown
   * @param message one line for the operator
   */
  public EngineException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * Creates the exception.
   *
   * @param reason why it is thrown
   * @param message one line for the operator
   * @param cause the underlying failure
   */
  public EngineException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * Returns why the call was refused.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
