package io.lva.rtspsim;

import java.util.Arrays;

/**
 * The content of one macroblock: 16x16 luma samples, then 8x8 Cb and 8x8 Cr, in raster order (ITU-T
 * H.264 section 7.3.5, {@code pcm_sample_luma} and {@code pcm_sample_chroma}).
 *
 * <p>Immutable.
 */
final class Tile {
  static final int LUMA = 16;
  static final int CHROMA = 8;
  static final int CB = LUMA * LUMA;
  static final int CR = CB + CHROMA * CHROMA;
  static final int BYTES = CR + CHROMA * CHROMA;

  private final byte[] samples;

  /** Creates a tile, which takes ownership of {@code samples}. */
  Tile(byte[] samples) {
    this.samples = samples;
  }

  static Tile flat(int luma, int cb, int cr) {
    byte[] samples = new byte[BYTES];
    Arrays.fill(samples, 0, CB, (byte) luma);
    Arrays.fill(samples, CB, CR, (byte) cb);
    Arrays.fill(samples, CR, BYTES, (byte) cr);
    return new Tile(samples);
  }

  /** Returns the samples, which must not be changed. */
  byte[] samples() {
    return samples;
  }

  /** Returns whether every luma row repeats the bottom row of the tile above. */
  boolean lumaContinues(Tile above) {
    return vertical(above, 0, LUMA);
  }

  /** Returns whether every chroma row repeats the bottom row of the tile above. */
  boolean chromaContinues(Tile above) {
    return vertical(above, CB, CHROMA) && vertical(above, CR, CHROMA);
  }

  /** Returns whether every luma column repeats the rightmost column of the tile to the left. */
  boolean lumaContinuesFromLeft(Tile left) {
    return horizontal(left, 0, LUMA);
  }

  /** Returns whether every chroma column repeats the rightmost column of the tile to the left. */
  boolean chromaContinuesFromLeft(Tile left) {
    return horizontal(left, CB, CHROMA) && horizontal(left, CR, CHROMA);
  }

  private boolean vertical(Tile above, int plane, int size) {
    int lowest = plane + size * (size - 1);
    for (int row = plane; row <= lowest; row += size) {
      if (!Arrays.equals(samples, row, row + size, above.samples, lowest, lowest + size)) {
        return false;
      }
    }
    return true;
  }

  private boolean horizontal(Tile left, int plane, int size) {
    for (int i = 0; i < size * size; i++) {
      if (samples[plane + i] != left.samples[plane + i / size * size + size - 1]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tile that && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(samples);
  }
}
