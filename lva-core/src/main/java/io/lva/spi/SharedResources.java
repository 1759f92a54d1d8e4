package io.lva.spi;

import java.util.function.Supplier;

/**
 * What all instances of a process share: made when first asked for, closed with the runtime in
 * reverse order.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface SharedResources {
  /**
   * Finds or makes the one resource of a type.
   *
   * @param <T> type of the resource
   * @param type its class, which is its name
   * @param factory makes it when nobody asked before; called at most once
   * @return the shared resource; not to be closed by the caller
   */
  <T extends AutoCloseable> T get(Class<T> type, Supplier<T> factory);
}
