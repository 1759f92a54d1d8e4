package io.lva.extension.image;

import io.lva.processor.Picture;

/**
 * Creates images in one size and format.
 *
 * <p>Thread-safe.
 */
public final class ImageWriter {
  private final Scale scale;
  private final ImageEncoding format;

  /**
   * Creates a writer.
   *
   * @param scale the size
   * @param format the format
   */
  public ImageWriter(Scale scale, ImageEncoding format) {
    this.scale = scale;
    this.format = format;
  }

  /**
   * Returns the format.
   *
   * @return the format that was given
   */
  public ImageEncoding format() {
    return format;
  }

  /**
   * Returns the size of the images of a source, and where the picture lies in them.
   *
   * @param width width of the decoded picture in pixels
   * @param height height of the decoded picture in pixels
   * @return the placement, in pixels of the image
   */
  public Placement placement(int width, int height) {
    return Placement.of(scale, width, height);
  }

  /**
   * Creates an image.
   *
   * @param picture the decoded picture, valid during the call
   * @return the image
   */
  public EncodedImage write(Picture picture) {
    Placement placement = placement(picture.width(), picture.height());
    return new EncodedImage(
        format.write(picture, placement), format.stride(placement.width()), placement);
  }
}
