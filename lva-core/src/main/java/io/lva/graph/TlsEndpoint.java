package io.lva.graph;

import java.util.List;
import java.util.Optional;

/**
 * An endpoint that is reached over TLS.
 *
 * <p>Immutable.
 */
public final class TlsEndpoint extends Endpoint {
  static final Property.Child<PemCertificateList> TRUSTED_CERTIFICATES =
      Property.optional("trustedCertificates", List.of(PemCertificateList.TYPE));
  static final Property.Child<TlsValidationOptions> VALIDATION_OPTIONS =
      Property.optional("validationOptions", List.of(TlsValidationOptions.TYPE));
  static final ObjectType<TlsEndpoint> TYPE =
      ObjectType.named(
              "TlsEndpoint",
              TlsEndpoint::new,
              URL,
              CREDENTIALS,
              TRUSTED_CERTIFICATES,
              VALIDATION_OPTIONS)
          .rule(Endpoint::checkUserInfo);

  private TlsEndpoint(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates an endpoint that trusts what the host trusts, and validates strictly.
   *
   * @param url where to connect
   * @return the endpoint
   */
  public static TlsEndpoint at(Value<EndpointUrl> url) {
    return new TlsEndpoint(Settings.empty().with(URL, url));
  }

  /**
   * Creates an endpoint that trusts what the host trusts, and validates strictly.
   *
   * @param url where to connect; may hold {@code ${name}}
   * @return the endpoint
   * @throws IllegalArgumentException when the text is not a URL
   */
  public static TlsEndpoint at(String url) {
    return at(Value.parse(url, ValueTypes.URL));
  }

  /**
   * Creates an endpoint that trusts what the host trusts, and validates strictly.
   *
   * @param url the parameter whose value is the URL
   * @return the endpoint
   */
  public static TlsEndpoint at(Parameter<String> url) {
    return at(url.as(ValueTypes.URL));
  }

  @Override
  public TlsEndpoint credentials(Credentials credentials) {
    return new TlsEndpoint(settings().with(CREDENTIALS, credentials));
  }

  /**
   * Returns a copy that trusts the given certificates instead of those of the host.
   *
   * @param certificates in PEM form, with their begin and end lines
   * @return the copy
   */
  public TlsEndpoint trusting(String... certificates) {
    return new TlsEndpoint(
        settings().with(TRUSTED_CERTIFICATES, PemCertificateList.of(List.of(certificates))));
  }

  /**
   * Returns a copy with other validation options.
   *
   * @param options what to ignore
   * @return the copy
   */
  public TlsEndpoint validation(TlsValidationOptions options) {
    return new TlsEndpoint(settings().with(VALIDATION_OPTIONS, options));
  }

  /**
   * Returns the certificates to trust.
   *
   * @return the certificates, or empty for those of the host
   */
  public Optional<PemCertificateList> trustedCertificates() {
    return find(TRUSTED_CERTIFICATES);
  }

  /**
   * Returns what is not validated.
   *
   * @return the options; strict when the topology does not say
   */
  public TlsValidationOptions validationOptions() {
    return find(VALIDATION_OPTIONS).orElse(TlsValidationOptions.STRICT);
  }
}
