package io.lva.rtspsim;

/**
 * A picture in 4:2:0 that is drawn once and then cut into tiles.
 *
 * <p>Confined to one thread.
 */
final class Canvas {
  private final int columns;
  private final int rows;
  private final byte[] luma;
  private final byte[] cb;
  private final byte[] cr;

  /** Creates a canvas of {@code columns} by {@code rows} macroblocks in one color. */
  Canvas(int columns, int rows, Colour colour) {
    this.columns = columns;
    this.rows = rows;
    luma = new byte[columns * rows * 256];
    cb = new byte[columns * rows * 64];
    cr = new byte[columns * rows * 64];
    fill(0, 0, width(), rows * Tile.LUMA, colour);
  }

  int width() {
    return columns * Tile.LUMA;
  }

  int height() {
    return rows * Tile.LUMA;
  }

  void fill(int x, int y, int width, int height, Colour colour) {
    for (int row = y; row < Math.min(y + height, height()); row++) {
      for (int column = x; column < Math.min(x + width, width()); column++) {
        set(column, row, colour);
      }
    }
  }

  void set(int x, int y, Colour colour) {
    luma[y * width() + x] = (byte) colour.luma();
    int chroma = y / 2 * (width() / 2) + x / 2;
    cb[chroma] = (byte) colour.cb();
    cr[chroma] = (byte) colour.cr();
  }

  /** Paints over what is there; a {@code cover} of 1 hides it completely. */
  void blend(int x, int y, Colour colour, double cover) {
    int chroma = y / 2 * (width() / 2) + x / 2;
    int at = y * width() + x;
    Colour below = new Colour(luma[at] & 0xff, cb[chroma] & 0xff, cr[chroma] & 0xff);
    set(x, y, below.mix(colour, cover));
  }

  Tile tile(int column, int row) {
    byte[] samples = new byte[Tile.BYTES];
    cut(luma, width(), column * Tile.LUMA, row * Tile.LUMA, Tile.LUMA, samples, 0);
    int half = width() / 2;
    int x = column * Tile.CHROMA;
    int y = row * Tile.CHROMA;
    cut(cb, half, x, y, Tile.CHROMA, samples, Tile.CB);
    cut(cr, half, x, y, Tile.CHROMA, samples, Tile.CR);
    return new Tile(samples);
  }

  private static void cut(
      byte[] plane, int stride, int x, int y, int size, byte[] target, int offset) {
    for (int row = 0; row < size; row++) {
      System.arraycopy(plane, (y + row) * stride + x, target, offset + row * size, size);
    }
  }
}
