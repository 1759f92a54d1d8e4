package io.lva.processor.motion;

import io.lva.processor.Picture;
import java.util.Arrays;

/**
 * The brightness of a picture in 240 by 135 cells, the size that Live Video Analytics analyzed.
 *
 * <p>Only every other row or column is averaged where a cell has four or more of them: the rest
 * would add nothing that stands out from the noise.
 */
final class MeanGrid {
  static final int WIDTH = 240;
  static final int HEIGHT = 135;
  static final int CELLS = WIDTH * HEIGHT;

  /** Cells with at least this many rows or columns are sampled: only every other one is read. */
  private static final int SAMPLED_FROM = 4;

  private MeanGrid() {}

  /** Returns the mean of each cell, row by row, 0 to 255. */
  static float[] of(Picture picture) {
    float[] means = new float[CELLS];
    int stepX = picture.width() / WIDTH >= SAMPLED_FROM ? 2 : 1;
    int stepY = picture.height() / HEIGHT >= SAMPLED_FROM ? 2 : 1;
    int[] columns = edges(picture.width(), WIDTH);
    int[] rows = edges(picture.height(), HEIGHT);
    byte[] row = new byte[picture.width()];
    int[] sums = new int[WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      Arrays.fill(sums, 0);
      int lines = 0;
      for (int line = rows[2 * y]; line < rows[2 * y + 1]; line += stepY) {
        picture.luma().bytes().get(line * picture.luma().stride(), row);
        addLine(row, columns, stepX, sums);
        lines++;
      }
      for (int x = 0; x < WIDTH; x++) {
        int perLine = (columns[2 * x + 1] - columns[2 * x] + stepX - 1) / stepX;
        means[y * WIDTH + x] = (float) sums[x] / (lines * perLine);
      }
    }
    return means;
  }

  private static void addLine(byte[] row, int[] columns, int step, int[] sums) {
    for (int x = 0; x < WIDTH; x++) {
      int sum = 0;
      for (int at = columns[2 * x]; at < columns[2 * x + 1]; at += step) {
        sum += row[at] & 0xff;
      }
      sums[x] += sum;
    }
  }

  /** Returns where each cell begins and ends; cells of a picture smaller than the grid overlap. */
  private static int[] edges(int size, int cells) {
    int[] edges = new int[2 * cells];
    for (int i = 0; i < cells; i++) {
      edges[2 * i] = (int) ((long) i * size / cells);
      edges[2 * i + 1] = Math.max(edges[2 * i] + 1, (int) ((i + 1L) * size / cells));
    }
    return edges;
  }
}
