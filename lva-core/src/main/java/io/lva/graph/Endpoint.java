package io.lva.graph;

import java.util.List;
import java.util.Optional;

/**
 * Where a node connects to, and with which credentials.
 *
 * <p>Immutable.
 */
public abstract sealed class Endpoint extends PropertyObject
    permits UnsecuredEndpoint, TlsEndpoint {
  static final Property.Scalar<EndpointUrl> URL = Property.required("url", ValueTypes.URL);
  static final Property.Child<Credentials> CREDENTIALS =
      Property.optional(
          "credentials", List.of(UsernamePasswordCredentials.TYPE, HttpHeaderCredentials.TYPE));

  Endpoint(ObjectType<?> type, Settings settings) {
    super(type, settings);
  }

  /**
   * Returns the address.
   *
   * @return its URL
   */
  public final Value<EndpointUrl> url() {
    return require(URL);
  }

  /**
   * Returns how the client authenticates.
   *
   * @return empty when it does not
   */
  public final Optional<Credentials> credentials() {
    return find(CREDENTIALS);
  }

  /**
   * Returns a copy with credentials.
   *
   * @param credentials how the client authenticates
   * @return the copy
   */
  public abstract Endpoint credentials(Credentials credentials);
}
