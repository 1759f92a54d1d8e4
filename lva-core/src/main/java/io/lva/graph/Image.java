package io.lva.graph;

import java.util.List;
import java.util.Optional;

/**
 * The form of pictures that go to an inference service.
 *
 * <p>Immutable.
 */
public final class Image extends PropertyObject {
  static final Property.Child<ImageScale> SCALE =
      Property.optional("scale", List.of(ImageScale.TYPE));
  static final Property.Child<ImageFormat> FORMAT =
      Property.optional(
          "format",
          List.of(
              ImageFormat.JPEG,
              ImageFormat.BMP,
              ImageFormat.PNG,
              ImageFormat.RAW,
              ImageFormat.ENCODED));
  static final ObjectType<Image> TYPE = ObjectType.unnamed(Image::new, SCALE, FORMAT);

  private Image(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates an image of the size of the video.
   *
   * @param format how it is encoded
   * @return the image
   */
  public static Image of(ImageFormat format) {
    return new Image(Settings.empty().with(FORMAT, format));
  }

  /**
   * Returns a copy of another size.
   *
   * @param scale the size
   * @return the copy
   */
  public Image scaled(ImageScale scale) {
    return new Image(settings().with(SCALE, scale));
  }

  /**
   * Returns the size.
   *
   * @return the size, or empty for that of the video
   */
  public Optional<ImageScale> scale() {
    return find(SCALE);
  }

  /**
   * Returns how it is encoded.
   *
   * @return the format, or empty when not set, which means JPEG
   */
  public Optional<ImageFormat> format() {
    return find(FORMAT);
  }
}
