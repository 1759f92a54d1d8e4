package io.lva.extension.image;

import io.lva.graph.ImageScale;

/**
 * The size of images.
 *
 * <p>Immutable.
 *
 * @param mode what happens when the shapes differ
 * @param width in pixels, at most {@value #MAXIMUM}; 0 for what follows from the height
 * @param height in pixels, at most {@value #MAXIMUM}; 0 for what follows from the width; both 0 for
 *     the size of the source
 */
public record Scale(ImageScale.Mode mode, int width, int height) {
  /** Largest width and height. */
  public static final int MAXIMUM = 8192;

  /** The size of the source. */
  public static final Scale NONE = new Scale(ImageScale.Mode.PAD, 0, 0);

  /**
   * Checks the numbers.
   *
   * @param mode see above
   * @param width see above
   * @param height see above
   * @throws IllegalArgumentException when a number is out of range, or a dimension is missing that
   *     the mode needs
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
