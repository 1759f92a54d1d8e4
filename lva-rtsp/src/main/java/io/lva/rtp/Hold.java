package io.lva.rtp;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.rtp.payload.AccessUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Samples and holes, in order, that wait until tracks and clock are known.
 *
 * <p>Confined to its media loop.
 */
final class Hold {
  /** Takes what was held. */
  interface Output {
    /**
     * Takes a sample.
     *
     * @param unit its data is released after the call
     * @param ticks its time of presentation
     * @param sync whether decoding can start here
     * @param parameters in force
     */
    void sample(AccessUnit unit, long ticks, boolean sync, CodecParameters parameters);

    /**
     * Takes a hole.
     *
     * @param cause why media is missing
     */
    void hole(GapCause cause);
  }

  private record Item(Optional<AccessUnit> unit, long ticks, boolean sync, GapCause cause) {}

  private final Deque<Item> items = new ArrayDeque<>();
  private Optional<CodecParameters> parameters = Optional.empty();
  private long bytes;
  private int samples;
  private long startNanoTime;

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** Returns the size of all samples held, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Returns the number of samples held. */
  int samples() {
    return samples;
  }

  /** Returns when the first sample held arrived. */
  long startNanoTime() {
    return startNanoTime;
  }

  /** Returns whether the parameters of the samples held are known. */
  boolean isDescribed() {
    return parameters.isPresent();
  }

  /** Adds a sample and keeps its data. */
  void add(AccessUnit unit, long ticks, boolean sync) {
    if (samples++ == 0) {
      startNanoTime = unit.nanoTime();
    }
    unit.data().keep();
    bytes += unit.data().size();
    if (parameters.isEmpty()) {
      parameters = unit.parameters();
    }
    items.add(new Item(Optional.of(unit), ticks, sync, GapCause.WAITING_FOR_SYNC));
  }

  /** Adds a hole, unless the last one has the same cause. */
  void add(GapCause cause) {
    Item last = items.peekLast();
    if (last == null || last.unit().isPresent() || last.cause() != cause) {
      items.add(new Item(Optional.empty(), 0, false, cause));
    }
  }

  /** Lets the decode times learn from the times of all samples. */
  void observe(DecodeTimes times) {
    for (Item item : items) {
      if (item.unit().isPresent()) {
        times.observe(item.ticks());
      }
    }
  }

  /** Returns the parameters of the first sample whose parameters are known. */
  Optional<CodecParameters> parameters() {
    return parameters;
  }

  /**
   * Empties the hold in order. Samples that came before the first parameter sets are handed on with
   * those sets.
   *
   * @param output takes everything
   */
  void release(Output output) {
    while (!items.isEmpty()) {
      Item item = items.remove();
      if (item.unit().isEmpty()) {
        output.hole(item.cause());
        continue;
      }
      AccessUnit unit = item.unit().get();
      unit.parameters()
          .or(() -> parameters)
          .ifPresent(known -> output.sample(unit, item.ticks(), item.sync(), known));
      unit.data().release();
    }
    forget();
  }

  /** Drops everything. */
  void clear() {
    items.forEach(item -> item.unit().ifPresent(unit -> unit.data().release()));
    items.clear();
    forget();
  }

  private void forget() {
    parameters = Optional.empty();
    bytes = 0;
    samples = 0;
  }
}
