package io.lva.extension.image;

import io.lva.processor.Picture;

/**
 * A format of images.
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
   * @param width in pixels
   * @return bytes; 0 for a file format
   */
  int stride(int width);

  /**
   * Writes a picture.
   *
   * @param picture decoded; valid during the call
   * @param placement the size to write
   * @return the image
   */
  byte[] write(Picture picture, Placement placement);
}
