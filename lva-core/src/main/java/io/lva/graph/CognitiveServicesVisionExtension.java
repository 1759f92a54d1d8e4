package io.lva.graph;

/**
 * A vision service of Azure Cognitive Services, such as spatial analysis.
 *
 * <p>Immutable.
 */
public final class CognitiveServicesVisionExtension extends Extension {
  static final ObjectType<CognitiveServicesVisionExtension> TYPE =
      ObjectType.named(
              "CognitiveServicesVisionExtension",
              CognitiveServicesVisionExtension::new,
              ENDPOINT,
              IMAGE,
              SAMPLING_OPTIONS)
          .node(TRAITS)
          .rule(Extension::checkTcp);

  private CognitiveServicesVisionExtension(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates an extension.
   *
   * @param endpoint where the service is
   * @param image the form in which pictures are sent
   * @return the extension
   */
  public static CognitiveServicesVisionExtension at(Endpoint endpoint, Image image) {
    return new CognitiveServicesVisionExtension(
        Settings.empty().with(ENDPOINT, endpoint).with(IMAGE, image));
  }

  /**
   * Returns a copy with other sampling options.
   *
   * @param options which pictures to send
   * @return the copy
   */
  public CognitiveServicesVisionExtension sampling(SamplingOptions options) {
    return new CognitiveServicesVisionExtension(settings().with(SAMPLING_OPTIONS, options));
  }
}
