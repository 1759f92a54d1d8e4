package io.lva.graph;

/**
 * What a TLS client does not validate.
 *
 * <p>Immutable.
 */
public final class TlsValidationOptions extends PropertyObject {
  static final Property.Scalar<Boolean> IGNORE_HOSTNAME =
      Property.optional("ignoreHostname", ValueTypes.BOOLEAN);
  static final Property.Scalar<Boolean> IGNORE_SIGNATURE =
      Property.optional("ignoreSignature", ValueTypes.BOOLEAN);
  static final ObjectType<TlsValidationOptions> TYPE =
      ObjectType.unnamed(TlsValidationOptions::new, IGNORE_HOSTNAME, IGNORE_SIGNATURE);

  /** Everything is validated. */
  public static final TlsValidationOptions STRICT = new TlsValidationOptions(Settings.empty());

  private TlsValidationOptions(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Returns a copy that ignores the host name, or validates it.
   *
   * @param ignored true to accept a certificate for another host name
   * @return the copy
   */
  public TlsValidationOptions ignoreHostname(boolean ignored) {
    return new TlsValidationOptions(settings().with(IGNORE_HOSTNAME, Value.of(ignored)));
  }

  /**
   * Returns a copy that ignores the signature, or validates it.
   *
   * @param ignored true to accept a certificate that no trusted authority has signed; an HTTP
   *     extension then accepts any certificate, whatever its host name and dates
   * @return the copy
   */
  public TlsValidationOptions ignoreSignature(boolean ignored) {
    return new TlsValidationOptions(settings().with(IGNORE_SIGNATURE, Value.of(ignored)));
  }

  /**
   * Returns whether the host name may differ.
   *
   * @return false when not set
   */
  public Value<Boolean> ignoreHostname() {
    return valueOr(IGNORE_HOSTNAME, false);
  }

  /**
   * Returns whether a certificate that no trusted authority has signed is accepted.
   *
   * @return false when not set
   */
  public Value<Boolean> ignoreSignature() {
    return valueOr(IGNORE_SIGNATURE, false);
  }
}
