package io.lva.rtspsim;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the picture of an instant: color bars, the time of day in UTC, the date, the bar code of
 * {@link ClockBarcode} and a line that fills once per second.
 *
 * <p>What does not change is drawn once; a picture is a list of tiles, and equal tiles are the same
 * object. All positions are in macroblocks of the 640 x 360 picture and grow with the scale.
 *
 * <p>Confined to one thread.
 */
final class ClockPattern {
  private static final int COLUMNS = 40;
  private static final int LEFT = 4;
  private static final int TIME_TOP = 6;
  private static final int DATE_TOP = 12;
  private static final int BARCODE_TOP = ClockBarcode.TOP / Tile.LUMA;
  private static final int SWEEP_TOP = 20;
  private static final int SWEEP_COLUMNS = 32;
  private static final int MILLIS_PER_SECOND = 1000;

  private static final Colour BACKGROUND = Colour.rgb(0x14202e);
  private static final Colour BORDER = Colour.rgb(0x1d2d40);
  private static final Colour INK = Colour.rgb(0xf2f5f7);
  private static final Colour SOFT_INK = Colour.rgb(0x8fa6bd);
  private static final Colour ACCENT = Colour.rgb(0x35c2a0);
  private static final int[] BARS = {
    0xbfbfbf, 0xbfbf00, 0x00bfbf, 0x00bf00, 0xbf00bf, 0xbf0000, 0x0000bf, 0x2a3c50
  };
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

  /** Sizes of letters: cell width and height in macroblocks. */
  private enum Size {
    LARGE(3, 5, 0.16, INK),
    MEDIUM(2, 3, 0.16, INK),
    SMALL(2, 2, 0.12, SOFT_INK);

    final int columns;
    final int rows;
    final double weight;
    final Colour ink;

    Size(int columns, int rows, double weight, Colour ink) {
      this.columns = columns;
      this.rows = rows;
      this.weight = weight;
      this.ink = ink;
    }
  }

  private record Glyph(Size size, char letter) {}

  private final int scale;
  private final int width;
  private final Tile[] background;
  private final Map<Tile, Tile> tiles = new HashMap<>();
  private final Map<Glyph, Tile[]> glyphs = new HashMap<>();
  private final Tile white = intern(Tile.flat(235, 128, 128));
  private final Tile black = intern(Tile.flat(16, 128, 128));
  private final Tile[] sweepParts;

  /** Creates a pattern of 640 x 360 pixels times {@code scale}. */
  ClockPattern(int scale) {
    this.scale = scale;
    width = COLUMNS * scale;
    int rows = (ClockBarcode.REFERENCE_HEIGHT * scale + Tile.LUMA - 1) / Tile.LUMA;
    Canvas canvas = new Canvas(width, rows, BACKGROUND);
    drawBackground(canvas);
    background = new Tile[width * rows];
    for (int i = 0; i < background.length; i++) {
      background[i] = intern(canvas.tile(i % width, i / width));
    }
    sweepParts = sweepParts();
  }

  /** Returns the tiles of a picture in raster order; the caller owns the array. */
  Tile[] picture(long utcMillis) {
    Tile[] picture = background.clone();
    Instant instant = Instant.ofEpochMilli(utcMillis);
    text(picture, Size.LARGE, LEFT, TIME_TOP, TIME.format(instant));
    int millis = (int) Math.floorMod(utcMillis, (long) MILLIS_PER_SECOND);
    text(
        picture, Size.MEDIUM, LEFT + 24, TIME_TOP + 2, String.format(Locale.ROOT, ".%03d", millis));
    text(picture, Size.SMALL, LEFT, DATE_TOP, DATE.format(instant));
    barcode(picture, utcMillis);
    sweep(picture, millis);
    return picture;
  }

  private void drawBackground(Canvas canvas) {
    int unit = Tile.LUMA * scale;
    for (int i = 0; i < BARS.length; i++) {
      canvas.fill(i * 5 * unit, 0, 5 * unit, 4 * unit, Colour.rgb(BARS[i]));
    }
    canvas.fill(0, 4 * unit, canvas.width(), unit / 2, BORDER);
    letters(canvas, Size.SMALL, LEFT + 26, DATE_TOP, "UTC");
    canvas.fill(LEFT * unit, SWEEP_TOP * unit, SWEEP_COLUMNS * unit, unit, BORDER);
  }

  private void letters(Canvas canvas, Size size, int column, int row, String text) {
    int unit = Tile.LUMA * scale;
    for (int i = 0; i < text.length(); i++) {
      int x = (column + i * size.columns) * unit;
      int cellWidth = size.columns * unit;
      int cellHeight = size.rows * unit;
      double weight = size.weight * cellWidth;
      StrokeFont.draw(
          canvas, text.charAt(i), x, row * unit, cellWidth, cellHeight, weight, size.ink);
    }
  }

  private void text(Tile[] picture, Size size, int column, int row, String text) {
    for (int i = 0; i < text.length(); i++) {
      Tile[] glyph = glyphs.computeIfAbsent(new Glyph(size, text.charAt(i)), this::draw);
      place(picture, glyph, (column + i * size.columns) * scale, row * scale, size.columns * scale);
    }
  }

  private void place(Tile[] picture, Tile[] part, int column, int row, int partColumns) {
    for (int i = 0; i < part.length; i += partColumns) {
      int to = (row + i / partColumns) * width + column;
      System.arraycopy(part, i, picture, to, partColumns);
    }
  }

  private Tile[] draw(Glyph glyph) {
    int columns = glyph.size.columns * scale;
    Canvas canvas = new Canvas(columns, glyph.size.rows * scale, BACKGROUND);
    letters(canvas, glyph.size, 0, 0, String.valueOf(glyph.letter));
    Tile[] cut = new Tile[columns * glyph.size.rows * scale];
    for (int i = 0; i < cut.length; i++) {
      cut[i] = intern(canvas.tile(i % columns, i / columns));
    }
    return cut;
  }

  private void barcode(Tile[] picture, long utcMillis) {
    int blockRows = ClockBarcode.BLOCK_HEIGHT / Tile.LUMA * scale;
    for (int row = 0; row < ClockBarcode.ROWS; row++) {
      for (int block = 0; block < ClockBarcode.BLOCKS_PER_ROW; block++) {
        Tile tile = ClockBarcode.white(utcMillis, row, block) ? white : black;
        for (int y = 0; y < blockRows; y++) {
          int at = (BARCODE_TOP * scale + row * blockRows + y) * width + (LEFT + block) * scale;
          java.util.Arrays.fill(picture, at, at + scale, tile);
        }
      }
    }
  }

  /** Fills the line in proportion to the part of the second that has passed. */
  private void sweep(Tile[] picture, int millis) {
    int steps = SWEEP_COLUMNS * scale * Tile.LUMA;
    int filled = steps * (millis + 1) / MILLIS_PER_SECOND;
    for (int row = 0; row < scale; row++) {
      for (int column = 0; column < SWEEP_COLUMNS * scale; column++) {
        int part = Math.max(0, Math.min(Tile.LUMA, filled - column * Tile.LUMA));
        picture[(SWEEP_TOP * scale + row) * width + LEFT * scale + column] = sweepParts[part];
      }
    }
  }

  private Tile[] sweepParts() {
    Tile[] parts = new Tile[Tile.LUMA + 1];
    for (int i = 0; i < parts.length; i++) {
      Canvas canvas = new Canvas(1, 1, BORDER);
      canvas.fill(0, 0, i, Tile.LUMA, ACCENT);
      parts[i] = intern(canvas.tile(0, 0));
    }
    return parts;
  }

  private Tile intern(Tile tile) {
    return tiles.computeIfAbsent(tile, same -> same);
  }
}
