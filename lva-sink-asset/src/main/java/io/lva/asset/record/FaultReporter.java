package io.lva.asset.record;

import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.FailureReason;
import io.lva.asset.store.LockLostException;
import io.lva.asset.store.StoreAccessException;
import io.lva.event.GraphEvent;
import io.lva.media.GapCause;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Reports a failing store to the integrator once, and logs its recovery once. A store that keeps
 * failing and recovering is logged only occasionally, with the number of failures in between.
 *
 * <p>Thread-safe.
 */
final class FaultReporter {
  private static final System.Logger LOGGER = System.getLogger(FaultReporter.class.getName());

  private static final Duration LOGGED_EVERY = Duration.ofMinutes(10);

  private final String store;
  private final String what;
  private final Consumer<GraphEvent> events;
  private final Clock clock;
  private final LogLimit limit = new LogLimit(LOGGED_EVERY);
  private volatile boolean logged;
  private final AtomicReference<Optional<String>> failing = new AtomicReference<>(Optional.empty());

  /**
   * Creates a reporter that knows of no failure.
   *
   * @param store the place that may fail, for the operator
   * @param what the operation that may fail, for the operator
   * @param events receives {@link GraphEvent.StorageError}
   * @param clock tells how long ago the last failure was logged
   */
  FaultReporter(String store, String what, Consumer<GraphEvent> events, Clock clock) {
    this.store = store;
    this.what = what;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Reports a failure, unless the same failure has been reported and still persists; returns its
   * cause.
   */
  GapCause failed(IOException failure) {
    GapCause cause = cause(failure);
    String code = code(failure, cause);
    if (!failing.getAndSet(Optional.of(code)).equals(Optional.of(code))) {
      String reason = what + " failed: " + FailureReason.of(failure);
      OptionalInt leftOut = limit.admit(clock.nanoTime());
      logged = leftOut.isPresent();
      String end = failure instanceof LockLostException ? "" : "; goes on trying";
      leftOut.ifPresent(count -> log(reason + end, count));
      events.accept(new GraphEvent.StorageError(store, code, reason));
    }
    return cause;
  }

  private void log(String reason, int leftOut) {
    String more = leftOut == 0 ? "" : "; " + leftOut + " failures before this one were not logged";
    LOGGER.log(System.Logger.Level.ERROR, store + ": " + reason + more);
  }

  /** Notes that the operation works again. */
  void recovered() {
    boolean failed = failing.get().isPresent() && failing.getAndSet(Optional.empty()).isPresent();
    if (failed && logged) {
      LOGGER.log(System.Logger.Level.INFO, store + ": " + what + " works again");
    }
  }

  /**
   * Returns a code that distinguishes failures that need action from failures that pass by
   * themselves.
   */
  private static String code(IOException failure, GapCause cause) {
    if (failure instanceof StoreAccessException) {
      return "accessDenied";
    }
    if (failure instanceof LockLostException) {
      return "takenOver";
    }
    if (failure instanceof AssetInUseException) {
      return "assetInUse";
    }
    return cause == GapCause.DISK_FULL ? "noSpace" : "ioError";
  }

  /** Distinguishes a full disk from a failing one. Java has no exception type for a full disk. */
  static GapCause cause(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean full =
        message.contains("no space left")
            || message.contains("disk quota exceeded")
            || message.contains("not enough space");
    return full ? GapCause.DISK_FULL : GapCause.STORAGE_ERROR;
  }
}
