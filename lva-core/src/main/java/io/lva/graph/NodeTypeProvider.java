package io.lva.graph;

import java.util.List;

/**
 * Makes node types known to readers of topologies; found by {@link java.util.ServiceLoader}. A
 * program that builds its topologies in Java needs no provider.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface NodeTypeProvider {
  /**
   * Returns node types in addition to those of Live Video Analytics.
   *
   * @return types with {@linkplain ObjectType#node traits}, whose objects are a {@link NodeSpec} of
   *     their kind
   */
  List<ObjectType<?>> types();
}
