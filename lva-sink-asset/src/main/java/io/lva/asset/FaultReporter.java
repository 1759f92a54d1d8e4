package io.lva.asset;

import io.lva.event.GraphEvent;
import io.lva.media.GapCause;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Tells the integrator once that a store fails, and the log once that it works again.
 *
 * <p>Thread-safe.
 */
final class FaultReporter {
  private static final System.Logger LOGGER = System.getLogger(FaultReporter.class.getName());

  private final String store;
  private final String what;
  private final Consumer<GraphEvent> events;
  private final AtomicReference<Optional<GapCause>> failing =
      new AtomicReference<>(Optional.empty());

  /**
   * Makes a reporter in the state that all is well.
   *
   * @param store where, for the operator
   * @param what is done there, for the operator
   * @param events receives {@link GraphEvent.StorageError}
   */
  FaultReporter(String store, String what, Consumer<GraphEvent> events) {
    this.store = store;
    this.what = what;
    this.events = events;
  }

  /** Reports a failure, unless this one lasts already. */
  GapCause failed(IOException failure) {
    GapCause cause = cause(failure);
    if (!failing.getAndSet(Optional.of(cause)).equals(Optional.of(cause))) {
      String reason = what + " failed: " + failure.getMessage();
      LOGGER.log(System.Logger.Level.ERROR, store + ": " + reason + "; goes on trying");
      String code = cause == GapCause.DISK_FULL ? "noSpace" : "ioError";
      events.accept(new GraphEvent.StorageError(store, code, reason));
    }
    return cause;
  }

  /** Says that it works, again. */
  void recovered() {
    if (failing.get().isPresent() && failing.getAndSet(Optional.empty()).isPresent()) {
      LOGGER.log(System.Logger.Level.INFO, store + ": " + what + " works again");
    }
  }

  /** Tells a full disk from one that fails; Java has no type for the former. */
  static GapCause cause(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean full =
        message.contains("no space left")
            || message.contains("disk quota exceeded")
            || message.contains("not enough space");
    return full ? GapCause.DISK_FULL : GapCause.STORAGE_ERROR;
  }
}
