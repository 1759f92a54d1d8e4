package io.lva.graph;

/**
 * How a client authenticates.
 *
 * <p>Immutable.
 */
public abstract sealed class Credentials extends PropertyObject
    permits UsernamePasswordCredentials, HttpHeaderCredentials {
  Credentials(ObjectType<?> type, Settings settings) {
    super(type, settings);
  }
}
