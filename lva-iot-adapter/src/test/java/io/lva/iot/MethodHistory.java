package io.lva.iot;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order in which calls that overlapped could have happened one after the other, each
 * between its begin and its end, so that the model of the states gives every answer.
 *
 * <p>There is one topology, and all instances run it. Transitions end by themselves at any time.
 */
final class MethodHistory {
  /** What may become of an instance, in the order of its life. */
  enum State {
    ABSENT,
    INACTIVE,
    ACTIVATING,
    ACTIVE,
    DEACTIVATING
  }

  /**
   * One call and its answer.
   *
   * @param method of the contract
   * @param instance its number; any for methods of the topology
   * @param beginNanos before the call
   * @param endNanos after the answer
   * @param status of the answer
   * @param seen the state in the answer to a Get
   */
  record Call(
      String method, int instance, long beginNanos, long endNanos, int status, State seen) {}

  private static final int WAITS = 1;
  private static final int DONE = 2;

  private final List<Call> calls;
  private final byte[] progress;
  private final State[] states;
  private final State[] last;
  private boolean topology;
  private final boolean lastTopology;
  private final Set<String> tried = new HashSet<>();

  private MethodHistory(
      List<Call> calls, boolean topology, State[] first, boolean lastTopology, State[] last) {
    this.calls = calls;
    this.topology = topology;
    this.lastTopology = lastTopology;
    this.states = first.clone();
    this.last = last.clone();
    progress = new byte[calls.size()];
  }

  /** Returns whether there is such an order that leads from the first states to the last. */
  static boolean isPossible(
      List<Call> calls, boolean topology, State[] first, boolean lastTopology, State[] last) {
    return new MethodHistory(calls, topology, first, lastTopology, last).search();
  }

  private boolean search() {
    if (allDone()) {
      return topology == lastTopology && Arrays.equals(states, last);
    }
    if (!tried.add(Arrays.toString(progress) + Arrays.toString(states) + topology)) {
      return false;
    }
    for (int i = 0; i < calls.size(); i++) {
      if (progress[i] == 0 && mayBegin(i) && attempted(i)) {
        return true;
      }
    }
    return endOfATransition();
  }

  private boolean allDone() {
    for (byte each : progress) {
      if (each != DONE) {
        return false;
      }
    }
    return true;
  }

  /** A call happens after those that had been answered before it began. */
  private boolean mayBegin(int call) {
    for (int i = 0; i < calls.size(); i++) {
      if (progress[i] != DONE && calls.get(i).endNanos() < calls.get(call).beginNanos()) {
        return false;
      }
    }
    return true;
  }

  private boolean endOfATransition() {
    for (int instance = 0; instance < states.length; instance++) {
      State ended =
          switch (states[instance]) {
            case ACTIVATING -> State.ACTIVE;
            case DEACTIVATING -> State.INACTIVE;
            default -> states[instance];
          };
      if (ended != states[instance]) {
        int number = instance;
        if (attempt(
            () -> {
              states[number] = ended;
              for (int i = 0; i < progress.length; i++) {
                if (progress[i] == WAITS && calls.get(i).instance() == number) {
                  progress[i] = DONE;
                }
              }
              return true;
            })) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean attempted(int call) {
    return attempt(() -> apply(call));
  }

  /** A change of the model; false when it does not fit. */
  @FunctionalInterface
  private interface Change {
    boolean apply();
  }

  /** Tries a change and what may follow; takes it back when that leads nowhere. */
  private boolean attempt(Change change) {
    byte[] progressBefore = progress.clone();
    State[] statesBefore = states.clone();
    boolean topologyBefore = topology;
    if (change.apply() && search()) {
      return true;
    }
    System.arraycopy(progressBefore, 0, progress, 0, progress.length);
    System.arraycopy(statesBefore, 0, states, 0, states.length);
    topology = topologyBefore;
    return false;
  }

  private boolean apply(int index) {
    Call call = calls.get(index);
    progress[index] = DONE;
    State state = states[call.instance()];
    return switch (call.method()) {
      case "GraphTopologySet" -> setTopology(call);
      case "GraphTopologyDelete" -> deleteTopology(call);
      case "GraphInstanceSet" -> setInstance(call, state);
      case "GraphInstanceDelete" -> deleteInstance(call, state);
      case "GraphInstanceGet" ->
          state == State.ABSENT
              ? call.status() == 404
              : call.status() == 200 && call.seen() == state;
      case "GraphInstanceActivate" ->
          transition(index, state, State.INACTIVE, State.ACTIVATING, State.DEACTIVATING);
      default -> transition(index, state, State.ACTIVE, State.DEACTIVATING, State.ACTIVATING);
    };
  }

  private boolean setTopology(Call call) {
    boolean busy = Arrays.stream(states).anyMatch(s -> s != State.ABSENT && s != State.INACTIVE);
    if (busy) {
      return call.status() == 409;
    }
    boolean known = topology;
    topology = true;
    return call.status() == (known ? 200 : 201);
  }

  private boolean deleteTopology(Call call) {
    if (!topology) {
      return call.status() == 204;
    }
    if (Arrays.stream(states).anyMatch(state -> state != State.ABSENT)) {
      return call.status() == 409;
    }
    topology = false;
    return call.status() == 200;
  }

  private boolean setInstance(Call call, State state) {
    if (!topology) {
      return call.status() == 400;
    }
    if (state != State.ABSENT && state != State.INACTIVE) {
      return call.status() == 409;
    }
    states[call.instance()] = State.INACTIVE;
    return call.status() == (state == State.ABSENT ? 201 : 200);
  }

  private boolean deleteInstance(Call call, State state) {
    if (state == State.ABSENT) {
      return call.status() == 204;
    }
    if (state != State.INACTIVE) {
      return call.status() == 409;
    }
    states[call.instance()] = State.ABSENT;
    return call.status() == 200;
  }

  private boolean transition(int index, State state, State from, State through, State refused) {
    Call call = calls.get(index);
    if (state == State.ABSENT || state == refused) {
      return call.status() == (state == State.ABSENT ? 404 : 409);
    }
    if (state == from || state == through) {
      states[call.instance()] = through;
      progress[index] = WAITS;
    }
    return call.status() == 200;
  }
}
