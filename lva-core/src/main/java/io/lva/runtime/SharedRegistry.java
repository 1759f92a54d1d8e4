package io.lva.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.spi.SharedResources;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Shared resources by type, closed in reverse order of creation. Thread-safe. */
final class SharedRegistry implements SharedResources, AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(SharedRegistry.class.getName());

  @GuardedBy("this")
  private final Map<Class<?>, AutoCloseable> byType = new HashMap<>();

  @GuardedBy("this")
  private final Deque<AutoCloseable> newestFirst = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean closed;

  @Override
  public synchronized <T extends AutoCloseable> T get(Class<T> type, Supplier<T> factory) {
    if (closed) {
      throw new IllegalStateException("the runtime is closed");
    }
    AutoCloseable known = byType.get(type);
    if (known != null) {
      return type.cast(known);
    }
    // A factory may ask for what it stands on; that is then older, and closed later.
    T made = factory.get();
    byType.put(type, made);
    newestFirst.push(made);
    return made;
  }

  @Override
  public void close() {
    Deque<AutoCloseable> toClose;
    synchronized (this) {
      closed = true;
      toClose = new ArrayDeque<>(newestFirst);
      newestFirst.clear();
      byType.clear();
    }
    toClose.forEach(SharedRegistry::closeQuietly);
  }

  // AutoCloseable declares Exception; one resource that cannot be closed must not keep the others.
  static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOGGER.log(
          System.Logger.Level.WARNING, "Could not close " + resource.getClass().getName(), e);
    }
  }
}
