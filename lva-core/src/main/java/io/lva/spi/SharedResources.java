package io.lva.spi;

import java.util.function.Supplier;

/**
 * Resources that are shared, one of each type, by all instances of a runtime or by the nodes of one
 * activation: each is made when it is first asked for, and all are closed in reverse order.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface SharedResources {
  /**
   * Finds or makes the one resource of a type.
   *
   * @param <T> type of the resource
   * @param type the class of the resource, which identifies it
   * @param factory makes the resource when there is none yet
   * @return the shared resource, which the caller must not close
   * @throws IllegalStateException when the resources are closed
   */
  <T extends AutoCloseable> T get(Class<T> type, Supplier<T> factory);
}
