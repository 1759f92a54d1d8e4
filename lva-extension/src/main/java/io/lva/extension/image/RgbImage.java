package io.lva.extension.image;

import io.lva.processor.Picture;

/**
 * A scaled picture in red, green and blue, with black around it where the mode pads.
 *
 * <p>Immutable.
 */
final class RgbImage {
  private static final int HD_HEIGHT = 720;
  private static final int FRACTION_BITS = 16;
  private static final int HALF = 1 << (FRACTION_BITS - 1);

  private final int width;
  private final int height;
  private final byte[] bytes;

  private RgbImage(int width, int height) {
    this.width = width;
    this.height = height;
    bytes = new byte[width * height * 3];
  }

  /**
   * Scales a picture and converts it by BT.709 from a height of 720 up, and by BT.601 below that.
   */
  static RgbImage of(Picture picture, Placement placement) {
    RgbImage image = new RgbImage(placement.width(), placement.height());
    Yuv yuv = Yuv.of(picture, placement.pictureWidth(), placement.pictureHeight());
    Matrix matrix = new Matrix(picture.height() >= HD_HEIGHT, picture.fullRange());
    for (int y = 0; y < placement.pictureHeight(); y++) {
      int out = ((placement.top() + y) * image.width + placement.left()) * 3;
      int chromaRow = y / 2 * yuv.chromaWidth();
      int lumaRow = y * yuv.width();
      for (int x = 0; x < yuv.width(); x++) {
        int chroma = chromaRow + x / 2;
        matrix.convert(
            yuv.luma()[lumaRow + x] & 0xff,
            yuv.blue()[chroma] & 0xff,
            yuv.red()[chroma] & 0xff,
            image.bytes,
            out);
        out += 3;
      }
    }
    return image;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Returns the pixels row by row as red, green, blue; the array must not be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Converts luma and chroma to red, green and blue, in fixed point. */
  private static final class Matrix {
    private final int scale;
    private final int offset;
    private final int redRed;
    private final int greenBlue;
    private final int greenRed;
    private final int blueBlue;

    Matrix(boolean hd, boolean full) {
      double kr = hd ? 0.2126 : 0.299;
      double kb = hd ? 0.0722 : 0.114;
      double kg = 1 - kr - kb;
      double chroma = full ? 1 : 255.0 / 224;
      scale = fixed(full ? 1 : 255.0 / 219);
      offset = full ? 0 : 16;
      redRed = fixed(2 * (1 - kr) * chroma);
      blueBlue = fixed(2 * (1 - kb) * chroma);
      greenBlue = fixed(2 * (1 - kb) * kb / kg * chroma);
      greenRed = fixed(2 * (1 - kr) * kr / kg * chroma);
    }

    private static int fixed(double value) {
      return (int) Math.round(value * (1 << FRACTION_BITS));
    }

    void convert(int luma, int cb, int cr, byte[] out, int at) {
      int y = (luma - offset) * scale + HALF;
      int b = cb - 128;
      int r = cr - 128;
      out[at] = clamp(y + r * redRed);
      out[at + 1] = clamp(y - b * greenBlue - r * greenRed);
      out[at + 2] = clamp(y + b * blueBlue);
    }

    private static byte clamp(int value) {
      return (byte) Math.max(0, Math.min(255, value >> FRACTION_BITS));
    }
  }
}
