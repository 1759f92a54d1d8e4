package io.lva.graph;

/**
 * A header that goes with each request.
 *
 * <p>Immutable; the value is never printed.
 */
public final class HttpHeaderCredentials extends Credentials {
  static final Property.Scalar<String> HEADER_NAME =
      Property.required("headerName", ValueTypes.TEXT);
  static final Property.Scalar<Secret> HEADER_VALUE =
      Property.required("headerValue", ValueTypes.SECRET);
  static final ObjectType<HttpHeaderCredentials> TYPE =
      ObjectType.named(
          "HttpHeaderCredentials", HttpHeaderCredentials::new, HEADER_NAME, HEADER_VALUE);

  private HttpHeaderCredentials(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates credentials from values.
   *
   * @param headerName such as {@code Ocp-Apim-Subscription-Key}
   * @param headerValue the secret
   * @return the credentials
   */
  public static HttpHeaderCredentials of(Value<String> headerName, Value<Secret> headerValue) {
    return new HttpHeaderCredentials(
        Settings.empty().with(HEADER_NAME, headerName).with(HEADER_VALUE, headerValue));
  }

  /**
   * Creates credentials with a secret from a parameter.
   *
   * @param headerName such as {@code Ocp-Apim-Subscription-Key}
   * @param headerValue the parameter whose value is the secret; preferably a {@link
   *     Parameter#secret}
   * @return the credentials
   */
  public static HttpHeaderCredentials of(String headerName, Parameter<?> headerValue) {
    return of(Value.of(headerName), headerValue.as(ValueTypes.SECRET));
  }

  /**
   * Returns the name of the header.
   *
   * @return its name
   * @throws IllegalStateException when it is missing, which {@link TopologyRules} reports
   */
  public Value<String> headerName() {
    return require(HEADER_NAME);
  }

  /**
   * Returns the value of the header.
   *
   * @return the secret
   * @throws IllegalStateException when it is missing, which {@link TopologyRules} reports
   */
  public Value<Secret> headerValue() {
    return require(HEADER_VALUE);
  }
}
