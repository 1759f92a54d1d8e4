package io.lva.graph;

import java.util.Optional;

/**
 * The size of pictures.
 *
 * <p>Immutable.
 */
public final class ImageScale extends PropertyObject {
  static final Property.Scalar<Mode> MODE = Property.optional("mode", ValueTypes.of(Mode.class));
  static final Property.Scalar<Long> WIDTH =
      Property.optional("width", ValueTypes.WHOLE).limited(width -> width >= 1, "be at least 1");
  static final Property.Scalar<Long> HEIGHT =
      Property.optional("height", ValueTypes.WHOLE).limited(height -> height >= 1, "be at least 1");
  static final ObjectType<ImageScale> TYPE =
      ObjectType.unnamed(ImageScale::new, MODE, WIDTH, HEIGHT);

  private ImageScale(Settings settings) {
    super(TYPE, settings);
  }

  /** What happens when the aspect ratios of the video and of this size differ. */
  public enum Mode {
    /** The picture keeps its aspect ratio, and may be narrower or shorter than this size. */
    PRESERVE_ASPECT_RATIO,
    /** The picture keeps its aspect ratio, and the rest of this size is black. */
    PAD,
    /** The picture is stretched to this size. */
    STRETCH
  }

  /**
   * Creates a size.
   *
   * @param mode what happens when the aspect ratios differ
   * @param width in pixels, 1 to 8192
   * @param height in pixels, 1 to 8192
   * @return the size
   */
  public static ImageScale of(Mode mode, int width, int height) {
    return of(Value.of(mode), Value.of((long) width), Value.of((long) height));
  }

  /**
   * Creates a size.
   *
   * @param mode what happens when the aspect ratios differ
   * @param width in pixels, 1 to 8192
   * @param height in pixels, 1 to 8192
   * @return the size
   */
  public static ImageScale of(Value<Mode> mode, Value<Long> width, Value<Long> height) {
    return new ImageScale(
        Settings.empty().with(MODE, mode).with(WIDTH, width).with(HEIGHT, height));
  }

  /**
   * Returns what happens when the aspect ratios differ.
   *
   * @return the mode, or empty when not set, which means {@link Mode#PAD}
   */
  public Optional<Value<Mode>> mode() {
    return find(MODE);
  }

  /**
   * Returns the width.
   *
   * @return the width in pixels; empty when not set. The width then follows from the height, which
   *     requires {@link Mode#PRESERVE_ASPECT_RATIO}; if the height is not set either, it is that of
   *     the video
   */
  public Optional<Value<Long>> width() {
    return find(WIDTH);
  }

  /**
   * Returns the height.
   *
   * @return the height in pixels; empty when not set. The height then follows from the width, which
   *     requires {@link Mode#PRESERVE_ASPECT_RATIO}; if the width is not set either, it is that of
   *     the video
   */
  public Optional<Value<Long>> height() {
    return find(HEIGHT);
  }
}
