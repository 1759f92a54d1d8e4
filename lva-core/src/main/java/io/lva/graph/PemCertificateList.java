package io.lva.graph;

import java.util.List;

/**
 * Certificates in PEM form.
 *
 * <p>Immutable.
 */
public final class PemCertificateList extends PropertyObject {
  static final Property.Texts CERTIFICATES = Property.texts("certificates");
  static final ObjectType<PemCertificateList> TYPE =
      ObjectType.named("PemCertificateList", PemCertificateList::new, CERTIFICATES);

  private PemCertificateList(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates a list.
   *
   * @param certificates each with its begin and end lines; may hold {@code ${name}}
   * @return the list
   */
  public static PemCertificateList of(List<String> certificates) {
    List<Value<String>> values =
        certificates.stream().map(text -> Value.parse(text, ValueTypes.TEXT)).toList();
    return new PemCertificateList(Settings.empty().with(CERTIFICATES, values));
  }

  /**
   * Returns the certificates.
   *
   * @return the certificates, each with its begin and end lines
   */
  public List<Value<String>> certificates() {
    return require(CERTIFICATES);
  }
}
