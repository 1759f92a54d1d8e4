package io.lva.graph;

/**
 * An endpoint that is reached without encryption.
 *
 * <p>Immutable.
 */
public final class UnsecuredEndpoint extends Endpoint {
  static final ObjectType<UnsecuredEndpoint> TYPE =
      ObjectType.named("UnsecuredEndpoint", UnsecuredEndpoint::new, URL, CREDENTIALS)
          .formerly("ClearEndpoint")
          .rule(Endpoint::checkUserInfo);

  private UnsecuredEndpoint(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates an endpoint.
   *
   * @param url where to connect
   * @return the endpoint
   */
  public static UnsecuredEndpoint at(Value<EndpointUrl> url) {
    return new UnsecuredEndpoint(Settings.empty().with(URL, url));
  }

  /**
   * Creates an endpoint.
   *
   * @param url where to connect; may hold {@code ${name}}
   * @return the endpoint
   * @throws IllegalArgumentException when the text is not a URL
   */
  public static UnsecuredEndpoint at(String url) {
    return at(Value.parse(url, ValueTypes.URL));
  }

  /**
   * Creates an endpoint.
   *
   * @param url the parameter whose value is the URL
   * @return the endpoint
   */
  public static UnsecuredEndpoint at(Parameter<String> url) {
    return at(url.as(ValueTypes.URL));
  }

  @Override
  public UnsecuredEndpoint credentials(Credentials credentials) {
    return new UnsecuredEndpoint(settings().with(CREDENTIALS, credentials));
  }
}
