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
   * @throws IllegalStateException when it is missing, which {@link TopologyRules} reports
   */
  public final Value<EndpointUrl> url() {
    return require(URL);
  }

  /**
   * Returns how the client authenticates.
   *
   * @return the credentials, or empty when none are set; the URL may still hold some
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

  /** Returns the scheme of the URL, when it is known. */
  final Optional<String> scheme() {
    return find(URL).flatMap(Value::literal).map(EndpointUrl::scheme);
  }

  static void checkUserInfo(Endpoint endpoint, ObjectRule.Report report) {
    endpoint
        .find(URL)
        .map(url -> Value.text(url, ValueTypes.URL))
        .filter(text -> !EndpointUrl.withoutUserInfo(text).equals(text))
        .ifPresent(
            text ->
                report.add(
                    ProblemCode.CREDENTIALS_IN_URL,
                    URL.name(),
                    "The URL holds a user; 'credentials' is the place for it."));
  }
}
