package io.lva.processor.motion;

import io.lva.media.InferenceValue.Box;
import java.util.Arrays;

/**
 * Finds areas of changed cells that touch each other or are one cell apart.
 *
 * <p>Not thread-safe.
 */
final class Areas {
  /**
   * At least one in this many cells of an area must move. The others may look still, as in the
   * middle of an object of one color.
   */
  private static final int MOVING_PART = 4;

  private static final int REACH = 2;

  private final boolean[] visited = new boolean[MeanGrid.CELLS];
  private final int[] stack = new int[MeanGrid.CELLS];
  private final int[] cells = new int[MeanGrid.CELLS];

  /** Where an area lies, in cells with the edges included, and how many cells belong to it. */
  record Area(int left, int top, int right, int bottom, int cells) {
    Box box() {
      return new Box(
          (double) left / MeanGrid.WIDTH,
          (double) top / MeanGrid.HEIGHT,
          (double) (right - left + 1) / MeanGrid.WIDTH,
          (double) (bottom - top + 1) / MeanGrid.HEIGHT);
    }
  }

  /** Takes one area with its cells, which are valid during the call. */
  @FunctionalInterface
  interface Visitor {
    void area(int[] cells, int count, Area area);
  }

  /** Visits the areas that have at least {@code least} cells and enough moving ones among them. */
  void find(boolean[] changed, boolean[] moving, int least, Visitor visitor) {
    Arrays.fill(visited, false);
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] && !visited[i]) {
        int count = collect(changed, i);
        if (count >= least && movingOf(moving, count) >= Math.max(least / 2, count / MOVING_PART)) {
          visitor.area(cells, count, area(count));
        }
      }
    }
  }

  private int collect(boolean[] changed, int start) {
    int count = 0;
    int depth = 0;
    stack[depth++] = start;
    visited[start] = true;
    while (depth > 0) {
      int cell = stack[--depth];
      cells[count++] = cell;
      int x = cell % MeanGrid.WIDTH;
      int y = cell / MeanGrid.WIDTH;
      for (int ny = Math.max(0, y - REACH); ny <= Math.min(MeanGrid.HEIGHT - 1, y + REACH); ny++) {
        for (int nx = Math.max(0, x - REACH); nx <= Math.min(MeanGrid.WIDTH - 1, x + REACH); nx++) {
          int next = ny * MeanGrid.WIDTH + nx;
          if (changed[next] && !visited[next]) {
            visited[next] = true;
            stack[depth++] = next;
          }
        }
      }
    }
    return count;
  }

  private int movingOf(boolean[] moving, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += moving[cells[i]] ? 1 : 0;
    }
    return sum;
  }

  private Area area(int count) {
    int left = MeanGrid.WIDTH;
    int right = 0;
    int top = MeanGrid.HEIGHT;
    int bottom = 0;
    for (int i = 0; i < count; i++) {
      int x = cells[i] % MeanGrid.WIDTH;
      int y = cells[i] / MeanGrid.WIDTH;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return new Area(left, top, right, bottom, count);
  }
}
