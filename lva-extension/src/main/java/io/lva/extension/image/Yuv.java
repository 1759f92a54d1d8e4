package io.lva.extension.image;

import io.lva.processor.Picture;
import java.nio.ByteBuffer;

/**
 * The three planes of a picture in another size, without padding.
 *
 * <p>Immutable, as long as nobody writes to the arrays.
 */
final class Yuv {
  private final int width;
  private final byte[] luma;
  private final byte[] blue;
  private final byte[] red;

  private Yuv(int width, byte[] luma, byte[] blue, byte[] red) {
    this.width = width;
    this.luma = luma;
    this.blue = blue;
    this.red = red;
  }

  /** Returns the number of luma samples per row. */
  int width() {
    return width;
  }

  /** Returns the luma samples, row by row; the array must not be changed. */
  byte[] luma() {
    return luma;
  }

  /** Returns the Cb samples, half as many per row and half the rows, rounded up. */
  byte[] blue() {
    return blue;
  }

  /** Returns the Cr samples, laid out like the Cb samples. */
  byte[] red() {
    return red;
  }

  /**
   * Scales a picture: by averaging four samples when reducing to half the size or less, otherwise
   * by bilinear interpolation.
   */
  static Yuv of(Picture picture, int width, int height) {
    int chromaWidth = (picture.width() + 1) / 2;
    int chromaHeight = (picture.height() + 1) / 2;
    int toWidth = (width + 1) / 2;
    int toHeight = (height + 1) / 2;
    return new Yuv(
        width,
        scale(picture.luma(), picture.width(), picture.height(), width, height),
        scale(picture.blue(), chromaWidth, chromaHeight, toWidth, toHeight),
        scale(picture.red(), chromaWidth, chromaHeight, toWidth, toHeight));
  }

  int chromaWidth() {
    return (width + 1) / 2;
  }

  private static byte[] scale(
      Picture.Plane plane, int width, int height, int toWidth, int toHeight) {
    byte[] scaled = new byte[toWidth * toHeight];
    if (width == toWidth && height == toHeight) {
      for (int y = 0; y < height; y++) {
        plane.bytes().get(y * plane.stride(), scaled, y * width, width);
      }
      return scaled;
    }
    int[] columns = centres(width, toWidth);
    int[] rows = centres(height, toHeight);
    byte[] upper = new byte[width];
    byte[] lower = new byte[width];
    for (int y = 0; y < toHeight; y++) {
      row(plane, rows[y] >> 8, width, upper);
      row(plane, Math.min(height - 1, (rows[y] >> 8) + step(height, toHeight)), width, lower);
      int dy = weight(rows[y], height, toHeight);
      blend(upper, lower, dy, columns, width, toWidth, scaled, y * toWidth);
    }
    return scaled;
  }

  private static void row(Picture.Plane plane, int y, int width, byte[] target) {
    ByteBuffer bytes = plane.bytes();
    bytes.get(y * plane.stride(), target, 0, width);
  }

  private static void blend(
      byte[] upper,
      byte[] lower,
      int dy,
      int[] columns,
      int width,
      int toWidth,
      byte[] out,
      int at) {
    int step = step(width, toWidth);
    for (int x = 0; x < toWidth; x++) {
      int left = columns[x] >> 8;
      int right = Math.min(width - 1, left + step);
      int dx = weight(columns[x], width, toWidth);
      int above = (upper[left] & 0xff) * (256 - dx) + (upper[right] & 0xff) * dx;
      int below = (lower[left] & 0xff) * (256 - dx) + (lower[right] & 0xff) * dx;
      out[at + x] = (byte) ((above * (256 - dy) + below * dy + (1 << 15)) >> 16);
    }
  }

  /** Returns the distance between the two source samples that are blended into one. */
  private static int step(int size, int toSize) {
    return Math.max(1, size / toSize / 2);
  }

  /**
   * Returns the weight of the second sample, in 1/256: half where the source is at least twice as
   * large, which averages both samples; else the fraction, which interpolates.
   */
  private static int weight(int position, int size, int toSize) {
    return size >= 2 * toSize ? 128 : position & 0xff;
  }

  /** Returns for each target sample the position of the first source sample, in 1/256. */
  private static int[] centres(int size, int toSize) {
    int[] positions = new int[toSize];
    boolean mean = size >= 2 * toSize;
    double shift = mean ? step(size, toSize) / 2.0 : 0;
    for (int i = 0; i < toSize; i++) {
      double centre = (i + 0.5) * size / toSize - 0.5 - shift;
      positions[i] = (int) (Math.max(0, Math.min(size - 1, centre)) * 256);
    }
    return positions;
  }
}
