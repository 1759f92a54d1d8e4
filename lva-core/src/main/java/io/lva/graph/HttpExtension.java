package io.lva.graph;

/**
 * An inference service that speaks HTTP.
 *
 * <p>Immutable.
 */
public final class HttpExtension extends Extension {
  static final ObjectType<HttpExtension> TYPE =
      ObjectType.named("HttpExtension", HttpExtension::new, ENDPOINT, IMAGE, SAMPLING_OPTIONS)
          .node(TRAITS)
          .rule((extension, report) -> extension.checkScheme(report, "http", "https"));

  private HttpExtension(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates an extension.
   *
   * @param endpoint where the service is
   * @param image the form in which pictures are sent
   * @return the extension
   */
  public static HttpExtension at(Endpoint endpoint, Image image) {
    return new HttpExtension(Settings.empty().with(ENDPOINT, endpoint).with(IMAGE, image));
  }

  /**
   * Returns a copy with other sampling options.
   *
   * @param options which pictures to send
   * @return the copy
   */
  public HttpExtension sampling(SamplingOptions options) {
    return new HttpExtension(settings().with(SAMPLING_OPTIONS, options));
  }
}
