package io.lva.extension.image;

import io.lva.graph.ImageScale;
import io.lva.media.InferenceValue.Box;

/**
 * Where a picture lies in the image that is sent.
 *
 * <p>Immutable. All numbers are in pixels of the image.
 *
 * @param width of the image
 * @param height of the image
 * @param left distance from the left edge of the image to the picture
 * @param top distance from the upper edge of the image to the picture
 * @param pictureWidth width of the picture in the image
 * @param pictureHeight height of the picture in the image
 */
public record Placement(
    int width, int height, int left, int top, int pictureWidth, int pictureHeight) {
  private static final double PER_UNIT = 1e6;

  /**
   * Places a picture.
   *
   * @param scale how the picture is scaled
   * @param sourceWidth width of the decoded picture in pixels
   * @param sourceHeight height of the decoded picture in pixels
   * @return where the picture lies in the image
   */
  public static Placement of(Scale scale, int sourceWidth, int sourceHeight) {
    int width = scale.width();
    int height = scale.height();
    if (width == 0 && height == 0) {
      return whole(sourceWidth, sourceHeight);
    }
    if (width == 0) {
      width = scaled(sourceWidth, height, sourceHeight);
    } else if (height == 0) {
      height = scaled(sourceHeight, width, sourceWidth);
    }
    if (scale.mode() == ImageScale.Mode.STRETCH) {
      return whole(width, height);
    }
    boolean wide = (long) sourceWidth * height >= (long) width * sourceHeight;
    int fittedWidth = wide ? width : scaled(sourceWidth, height, sourceHeight);
    int fittedHeight = wide ? scaled(sourceHeight, width, sourceWidth) : height;
    if (scale.mode() == ImageScale.Mode.PRESERVE_ASPECT_RATIO) {
      return whole(fittedWidth, fittedHeight);
    }
    return new Placement(
        width,
        height,
        (width - fittedWidth) / 2,
        (height - fittedHeight) / 2,
        fittedWidth,
        fittedHeight);
  }

  private static Placement whole(int width, int height) {
    return new Placement(width, height, 0, 0, width, height);
  }

  private static int scaled(int size, int numerator, int denominator) {
    return (int) Math.max(1, Math.round((double) size * numerator / denominator));
  }

  /**
   * Maps a box of the image to the picture.
   *
   * @param box relative to the image
   * @return the box relative to the picture, unclipped
   */
  public Box toPicture(Box box) {
    return new Box(
        rounded((box.left() * width - left) / pictureWidth),
        rounded((box.top() * height - top) / pictureHeight),
        rounded(box.width() * width / pictureWidth),
        rounded(box.height() * height / pictureHeight));
  }

  /**
   * Maps a box of the picture to the image.
   *
   * @param box relative to the picture
   * @return the box relative to the image
   */
  public Box toImage(Box box) {
    return new Box(
        rounded((box.left() * pictureWidth + left) / width),
        rounded((box.top() * pictureHeight + top) / height),
        rounded(box.width() * pictureWidth / width),
        rounded(box.height() * pictureHeight / height));
  }

  /**
   * Rounds to six decimals: services send single precision, in which further digits mean nothing.
   */
  private static double rounded(double value) {
    return Math.round(value * PER_UNIT) / PER_UNIT;
  }
}
