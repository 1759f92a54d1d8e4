package io.lva.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes failures from one thread to another. */
final class AsyncFailures {
  private AsyncFailures() {}

  static @Nullable Throwable unwrap(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Waits, and throws what the other thread threw. */
  static void join(CompletableFuture<Void> future) {
    try {
      future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Turns an exception that the call itself throws into a failed stage. */
  static <T> CompletionStage<T> capture(Supplier<CompletableFuture<T>> call) {
    try {
      return call.get().copy();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
