package io.lva.extension.image;

import io.lva.processor.Picture;

/**
 * An image format: how a picture is written as bytes.
 *
 * <p>Thread-safe.
 */
public interface ImageEncoding {
  /**
   * Returns the media type.
   *
   * @return the media type, such as {@code image/jpeg}
   */
  String contentType();

  /**
   * Returns the length of a row.
   *
   * @param width width of the image in pixels
   * @return bytes per row, or of the luma plane if the format is planar; 0 for a file format
   */
  int stride(int width);

  /**
   * Writes a picture as an image.
   *
   * @param picture the decoded picture, valid during the call
   * @param placement the size of the image, and where the picture lies in it
   * @return the bytes of the image
   */
  byte[] write(Picture picture, Placement placement);
}
