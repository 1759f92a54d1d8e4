package io.lva.extension.image;

/**
 * A picture in the size and format in which it is sent.
 *
 * <p>Immutable, as long as nobody writes to the array.
 */
public final class EncodedImage {
  private final byte[] bytes;
  private final int stride;
  private final Placement placement;

  EncodedImage(byte[] bytes, int stride, Placement placement) {
    this.bytes = bytes;
    this.stride = stride;
    this.placement = placement;
  }

  /**
   * Returns the data.
   *
   * @return the bytes of an image file, or raw samples; the array is not a copy and must not be
   *     changed
   */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Returns the length of a row.
   *
   * @return bytes per row of a raw image, or of its luma plane if it is planar; 0 for an image file
   */
  public int stride() {
    return stride;
  }

  /**
   * Returns the size of the image, and where the picture lies in it.
   *
   * @return the placement, in pixels
   */
  public Placement placement() {
    return placement;
  }
}
