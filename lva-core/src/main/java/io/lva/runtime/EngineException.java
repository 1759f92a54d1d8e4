package io.lva.runtime;

/** A call of the engine was refused; nothing was changed. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a call was refused. */
  public enum Reason {
    /** There is no topology or instance of that name. */
    NOT_FOUND,
    /** An instance refers to a topology that is not there. */
    TOPOLOGY_NOT_FOUND,
    /** Instances need the topology as it is. */
    TOPOLOGY_IN_USE,
    /** There are as many topologies or instances as there may be. */
    LIMIT_REACHED,
    /** Another process keeps its state in the same folder. */
    DIRECTORY_IN_USE,
    /** The state could not be read or written. */
    STORAGE
  }

  private final Reason reason;

  /**
   * Makes the exception.
   *
   * @param reason why
   * @param message one line for the operator
   */
  public EngineException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * Makes the exception.
   *
   * @param reason why
   * @param message one line for the operator
   * @param cause what failed below
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
