package io.lva.processor;

import java.nio.ByteBuffer;

/**
 * A decoded picture: luma and two chroma planes of half its width and height, eight bits per sample
 * (4:2:0, "I420").
 *
 * <p>Immutable. The planes may be memory of a decoder and are then valid only during the call that
 * hands the picture over; {@link #copy} keeps them.
 */
public final class Picture {
  private final int width;
  private final int height;
  private final boolean fullRange;
  private final Plane luma;
  private final Plane blue;
  private final Plane red;

  /**
   * Creates a picture.
   *
   * @param width luma samples per row, 1 or more
   * @param height luma rows, 1 or more
   * @param fullRange whether luma uses 0 to 255 rather than 16 to 235
   * @param luma {@code width} by {@code height} samples
   * @param blue the Cb plane, half as wide and as high, rounded up
   * @param red the Cr plane, likewise
   * @throws IllegalArgumentException when a size is less than 1, a stride is less than the width of
   *     its plane, or a plane has too few bytes
   */
  public Picture(int width, int height, boolean fullRange, Plane luma, Plane blue, Plane red) {
    this.width = width;
    this.height = height;
    this.fullRange = fullRange;
    this.luma = luma.check(width, height);
    this.blue = blue.check((width + 1) / 2, (height + 1) / 2);
    this.red = red.check((width + 1) / 2, (height + 1) / 2);
  }

  /**
   * The samples of one component.
   *
   * <p>Immutable.
   *
   * @param bytes samples by absolute index, from 0; the position of the buffer is ignored
   * @param stride bytes from one row to the next
   */
  public record Plane(ByteBuffer bytes, int stride) {
    /**
     * Returns a sample.
     *
     * @param x column
     * @param y row
     * @return 0 to 255
     * @throws IndexOutOfBoundsException when the sample is not in the buffer
     */
    public int get(int x, int y) {
      return bytes.get(y * stride + x) & 0xff;
    }

    private Plane check(int width, int height) {
      if (width < 1 || height < 1 || stride < width) {
        throw new IllegalArgumentException(width + "x" + height + " with a stride of " + stride);
      }
      long last = (long) stride * (height - 1) + width;
      if (bytes.limit() < last) {
        throw new IllegalArgumentException("a plane of " + bytes.limit() + " bytes, not " + last);
      }
      return this;
    }

    private Plane copy(int width, int height) {
      byte[] samples = new byte[width * height];
      for (int y = 0; y < height; y++) {
        bytes.get(y * stride, samples, y * width, width);
      }
      return new Plane(ByteBuffer.wrap(samples), width);
    }
  }

  /**
   * Returns the width.
   *
   * @return luma samples per row
   */
  public int width() {
    return width;
  }

  /**
   * Returns the height.
   *
   * @return luma rows
   */
  public int height() {
    return height;
  }

  /**
   * Returns whether luma uses all values.
   *
   * @return true for 0 to 255, false for 16 to 235
   */
  public boolean fullRange() {
    return fullRange;
  }

  /**
   * Returns the luma plane.
   *
   * @return {@link #width} by {@link #height} samples
   */
  public Plane luma() {
    return luma;
  }

  /**
   * Returns the Cb plane.
   *
   * @return the plane, half as wide and as high, rounded up
   */
  public Plane blue() {
    return blue;
  }

  /**
   * Returns the Cr plane.
   *
   * @return the plane, half as wide and as high, rounded up
   */
  public Plane red() {
    return red;
  }

  /**
   * Copies the picture.
   *
   * @return a picture in memory of its own, without padding between rows
   */
  public Picture copy() {
    int chromaWidth = (width + 1) / 2;
    int chromaHeight = (height + 1) / 2;
    return new Picture(
        width,
        height,
        fullRange,
        luma.copy(width, height),
        blue.copy(chromaWidth, chromaHeight),
        red.copy(chromaWidth, chromaHeight));
  }
}
