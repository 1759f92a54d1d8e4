package io.lva.extension.image;

import io.lva.graph.ImageScale;

/**
 * The size of the images that are sent, and how pictures are fitted into it.
 *
 * <p>Immutable.
 *
 * @param mode how a picture is fitted when its aspect ratio differs from that of the image
 * @param width in pixels, at most {@value #MAXIMUM}; 0 to derive it from the height
 * @param height in pixels, at most {@value #MAXIMUM}; 0 to derive it from the width; both 0 for the
 *     size of the source
 */
public record Scale(ImageScale.Mode mode, int width, int height) {
  /** Largest width and height, in pixels. */
  public static final int MAXIMUM = 8192;

  /** No scaling: images have the size of the source. */
  public static final Scale NONE = new Scale(ImageScale.Mode.PAD, 0, 0);

  /**
   * Checks the numbers.
   *
   * @param mode how a picture is fitted when the aspect ratios differ
   * @param width in pixels, or 0
   * @param height in pixels, or 0
   * @throws IllegalArgumentException when a number is out of range, or a dimension that the mode
   *     needs is 0
   */
  public Scale {
    if (width < 0 || height < 0 || width > MAXIMUM || height > MAXIMUM) {
      throw new IllegalArgumentException(
          "image.scale: " + width + "x" + height + "; at most " + MAXIMUM + " are possible");
    }
    boolean one = width == 0 ^ height == 0;
    if (one && mode != ImageScale.Mode.PRESERVE_ASPECT_RATIO) {
      throw new IllegalArgumentException(
          "image.scale: mode "
              + (mode == ImageScale.Mode.PAD ? "pad" : "stretch")
              + " needs width and height");
    }
  }
}
