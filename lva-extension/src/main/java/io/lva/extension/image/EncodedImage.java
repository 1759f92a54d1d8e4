package io.lva.extension.image;

/**
 * A picture as it is sent.
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
   * @return a file, or raw samples; not to be changed
   */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Returns the length of a row.
   *
   * @return bytes of a raw image; 0 for a file
   */
  public int stride() {
    return stride;
  }

  /**
   * Returns the size, and where the picture lies in it.
   *
   * @return the placement, in pixels
   */
  public Placement placement() {
    return placement;
  }
}
