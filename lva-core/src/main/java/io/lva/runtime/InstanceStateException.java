package io.lva.runtime;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Thrown when an instance is in a state in which an operation is not allowed; nothing was changed.
 */
public final class InstanceStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final InstanceState state;

  @SuppressWarnings("serial") // of List.copyOf and enums
  private final List<InstanceState> allowed;

  /**
   * Creates the exception.
   *
   * @param instance name of the instance
   * @param operation what was asked for, such as {@code activate}
   * @param state the state that the instance is in
   * @param allowed states in which the operation is possible
   */
  public InstanceStateException(
      String instance, String operation, InstanceState state, Set<InstanceState> allowed) {
    super(
        "Cannot "
            + operation
            + " graph instance '"
            + instance
            + "': it is "
            + state.text()
            + ", allowed are: "
            + new TreeSet<>(allowed)
                .stream().map(InstanceState::text).collect(Collectors.joining(", "))
            + ".");
    this.state = state;
    this.allowed = List.copyOf(new TreeSet<>(allowed));
  }

  /**
   * Returns the state that did not allow the operation.
   *
   * @return the state at the time of the call
   */
  public InstanceState state() {
    return state;
  }

  /**
   * Returns the states that would have allowed the operation.
   *
   * @return the states, in the order of an instance's life
   */
  public List<InstanceState> allowed() {
    return allowed;
  }
}
