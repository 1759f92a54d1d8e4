package io.lva.rtspsim;

import java.util.OptionalLong;

/**
 * The bar code of the simulator's pattern: the capture time of a picture in milliseconds UTC, which
 * tests read back from decoded or scaled pictures.
 *
 * <p>Geometry, in units of a picture that is {@value #REFERENCE_WIDTH} wide and {@value
 * #REFERENCE_HEIGHT} high (scale to the real size): two rows of {@value #BLOCKS_PER_ROW} blocks;
 * the first block begins at ({@value #LEFT}, {@value #TOP}); a block is {@value #BLOCK_WIDTH} wide
 * and {@value #BLOCK_HEIGHT} high; the second row is directly below the first. A white block is a
 * one.
 *
 * <p>Each row begins with a white and a black block and ends with a black and a white block; these
 * show the levels of light and dark. The {@value #DATA_BITS_PER_ROW} blocks between them hold, over
 * both rows and most significant bit first, {@value #TIME_BITS} bits of the time (milliseconds
 * since the Unix epoch) and {@value #CHECK_BITS} bits of CRC-12 (polynomial {@code 0x80F}, start
 * value {@code 0xFFF}) of the time bits, most significant first.
 *
 * <p>Immutable.
 */
public final class ClockBarcode {
  /** Width of the picture to which the other numbers refer. */
  public static final int REFERENCE_WIDTH = 640;

  /** Height of the picture to which the other numbers refer. */
  public static final int REFERENCE_HEIGHT = 360;

  /** The x coordinate at which the first block of a row begins. */
  public static final int LEFT = 64;

  /** The y coordinate at which the first row begins. */
  public static final int TOP = 240;

  /** Width of a block. */
  public static final int BLOCK_WIDTH = 16;

  /** Height of a block. */
  public static final int BLOCK_HEIGHT = 32;

  /** The number of blocks in a row, including the four that mark light and dark. */
  public static final int BLOCKS_PER_ROW = 32;

  /** The number of rows. */
  public static final int ROWS = 2;

  /** The number of blocks of a row that carry data. */
  public static final int DATA_BITS_PER_ROW = 28;

  /** The number of bits that hold the time in milliseconds. */
  public static final int TIME_BITS = 44;

  /** The number of bits of the checksum. */
  public static final int CHECK_BITS = 12;

  private static final int MARKERS = 2;
  private static final int LEAST_CONTRAST = 48;
  private static final int POLYNOMIAL = 0x80f;

  private ClockBarcode() {}

  /** The brightness of the points of a picture. */
  @FunctionalInterface
  public interface Luma {
    /**
     * Looks up one sample.
     *
     * @param x column, from 0 to the width of the picture - 1
     * @param y row, from 0 to the height of the picture - 1
     * @return the sample, from 0, black, to 255, white
     */
    int at(int x, int y);
  }

  /**
   * Reads the time of a picture; each block is judged by the median of five points near its center.
   *
   * @param luma the picture
   * @param width of the picture in pixels, at least 160
   * @param height of the picture in pixels, at least 90
   * @return milliseconds UTC since the Unix epoch; empty when there is no bar code or it was
   *     misread
   */
  public static OptionalLong read(Luma luma, int width, int height) {
    long data = 0;
    for (int row = 0; row < ROWS; row++) {
      int[] light = new int[BLOCKS_PER_ROW];
      for (int i = 0; i < BLOCKS_PER_ROW; i++) {
        light[i] = light(luma, width, height, i, row);
      }
      int white = Math.min(light[0], light[BLOCKS_PER_ROW - 1]);
      int black = Math.max(light[1], light[BLOCKS_PER_ROW - 2]);
      if (white - black < LEAST_CONTRAST) {
        return OptionalLong.empty();
      }
      for (int i = MARKERS; i < BLOCKS_PER_ROW - MARKERS; i++) {
        data = data << 1 | (2 * light[i] > white + black ? 1 : 0);
      }
    }
    long utcMillis = data >>> CHECK_BITS;
    boolean right = check(utcMillis) == (data & ((1L << CHECK_BITS) - 1));
    return right ? OptionalLong.of(utcMillis) : OptionalLong.empty();
  }

  /** Returns whether a block of a row is white when a certain time is shown. */
  static boolean white(long utcMillis, int row, int block) {
    if (block < MARKERS || block >= BLOCKS_PER_ROW - MARKERS) {
      return block == 0 || block == BLOCKS_PER_ROW - 1;
    }
    long data = utcMillis << CHECK_BITS | check(utcMillis);
    int bit = row * DATA_BITS_PER_ROW + block - MARKERS;
    return (data >>> (ROWS * DATA_BITS_PER_ROW - 1 - bit) & 1) == 1;
  }

  private static int check(long utcMillis) {
    int crc = 0xfff;
    for (int i = TIME_BITS - 1; i >= 0; i--) {
      int feedback = ((crc >> (CHECK_BITS - 1)) ^ (int) (utcMillis >>> i)) & 1;
      crc = ((crc << 1) & 0xfff) ^ (feedback * POLYNOMIAL);
    }
    return crc;
  }

  private static int light(Luma luma, int width, int height, int block, int row) {
    int x = (2 * (LEFT + block * BLOCK_WIDTH) + BLOCK_WIDTH) * width / (2 * REFERENCE_WIDTH);
    int y = (2 * (TOP + row * BLOCK_HEIGHT) + BLOCK_HEIGHT) * height / (2 * REFERENCE_HEIGHT);
    int stepX = Math.max(1, BLOCK_WIDTH * width / (8 * REFERENCE_WIDTH));
    int stepY = Math.max(1, BLOCK_HEIGHT * height / (8 * REFERENCE_HEIGHT));
    int[] points = {
      luma.at(x, y),
      luma.at(x - stepX, y),
      luma.at(x + stepX, y),
      luma.at(x, y - stepY),
      luma.at(x, y + stepY)
    };
    java.util.Arrays.sort(points);
    return points[2];
  }
}
