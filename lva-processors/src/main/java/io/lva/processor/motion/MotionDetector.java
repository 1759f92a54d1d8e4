package io.lva.processor.motion;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.media.InferenceValue.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what moved between pictures that are seconds apart. See docs/motion.md.
 *
 * <p>A cell has changed when, after the light was equalized, it differs by more than noise from the
 * background of this cell and of those around it (so a camera that shakes by a cell changes
 * nothing). It moves when it has changed from the previous picture, too (so a thing that was put
 * down is reported only once). Changed cells that touch or are one cell apart form an area; an area
 * with enough moving cells, and whose pattern is not the old one under another light, is motion.
 * When a third of the picture changes at once, the scene is learned again: a light was switched, or
 * the camera turned.
 *
 * <p>Thread-safe; pictures must be passed in their order.
 */
final class MotionDetector {
  private static final float GLOBAL_CHANGE = 0.33f;
  private static final int FIRST_PICTURES = 2;

  /** How many of a cell and its eight neighbors must have changed for the cell to count. */
  private static final int SUPPORT = 5;

  private final Tuning tuning;

  @GuardedBy("this")
  private final Background background = new Background();

  @GuardedBy("this")
  private final boolean[] changed = new boolean[MeanGrid.CELLS];

  @GuardedBy("this")
  private final boolean[] support = new boolean[MeanGrid.CELLS];

  @GuardedBy("this")
  private final boolean[] moving = new boolean[MeanGrid.CELLS];

  @GuardedBy("this")
  private final float[] low = new float[MeanGrid.CELLS];

  @GuardedBy("this")
  private final float[] high = new float[MeanGrid.CELLS];

  @GuardedBy("this")
  private final float[] lowRow = new float[MeanGrid.CELLS];

  @GuardedBy("this")
  private final float[] highRow = new float[MeanGrid.CELLS];

  @GuardedBy("this")
  private final Areas areas = new Areas();

  @GuardedBy("this")
  private float @Nullable [] previous;

  @GuardedBy("this")
  private int learnt;

  MotionDetector(Tuning tuning) {
    this.tuning = tuning;
  }

  /** Forgets the scene: the next picture is of another scene, or was taken much later. */
  synchronized void reset() {
    previous = null;
    learnt = 0;
  }

  /**
   * Looks at the next picture.
   *
   * @param grid the means of its cells; the array is kept and must not change afterward
   * @return the areas that moved, largest first; empty when nothing moved
   */
  synchronized List<Box> next(float[] grid) {
    float[] before = previous;
    previous = grid;
    if (before == null) {
      background.reset(grid);
      learnt = 1;
      return List.of();
    }
    background.scale(Light.gain(background.mean(), grid));
    int different = mark(background.mean(), 1, grid, changed, null);
    if (different > GLOBAL_CHANGE * MeanGrid.CELLS) {
      background.reset(grid);
      learnt = 1;
      return List.of();
    }
    mark(before, Light.gain(before, grid), grid, moving, changed);
    List<Box> boxes = learnt < FIRST_PICTURES ? List.of() : boxes(grid);
    background.learn(grid, changed, moving);
    learnt++;
    return boxes;
  }

  @GuardedBy("this")
  private List<Box> boxes(float[] grid) {
    List<Areas.Area> found = new ArrayList<>();
    float[] mean = background.mean();
    areas.find(
        supported(changed),
        moving,
        tuning.cells(),
        (cells, count, area) -> {
          if (!Light.isOnly(mean, grid, cells, count)) {
            found.add(area);
          }
        });
    found.sort((one, other) -> Integer.compare(other.cells(), one.cells()));
    return found.stream().map(Areas.Area::box).toList();
  }

  /**
   * Marks the cells that are brighter or darker, by more than the tolerance, than all nine cells at
   * and around their place in the reference, multiplied by the gain.
   *
   * @param among marks only cells that are marked here; null for all
   * @return the number of cells that were marked
   */
  @GuardedBy("this")
  private int mark(
      float[] reference, float gain, float[] grid, boolean[] marks, boolean @Nullable [] among) {
    neighbourhood(reference);
    int count = 0;
    for (int i = 0; i < grid.length; i++) {
      float tolerance = Math.max(tuning.levels(), tuning.deviations() * background.deviation(i));
      boolean differs = grid[i] > gain * high[i] + tolerance || grid[i] < gain * low[i] - tolerance;
      marks[i] = differs && (among == null || among[i]);
      count += marks[i] ? 1 : 0;
    }
    return count;
  }

  /**
   * Returns the marked cells that have enough marked neighbors. This leaves out rain, snow, insects
   * and edges.
   */
  @GuardedBy("this")
  private boolean[] supported(boolean[] marks) {
    int width = MeanGrid.WIDTH;
    Arrays.fill(support, false);
    for (int i = width + 1; i < marks.length - width - 1; i++) {
      if (marks[i]) {
        int around = 0;
        for (int row = i - width; row <= i + width; row += width) {
          around += (marks[row - 1] ? 1 : 0) + (marks[row] ? 1 : 0) + (marks[row + 1] ? 1 : 0);
        }
        support[i] = around >= SUPPORT;
      }
    }
    return support;
  }

  /** Finds the least and the greatest value of each cell and the eight around it, in two passes. */
  @GuardedBy("this")
  private void neighbourhood(float[] grid) {
    int width = MeanGrid.WIDTH;
    for (int i = 0; i < grid.length; i++) {
      int x = i % width;
      float left = x > 0 ? grid[i - 1] : grid[i];
      float right = x < width - 1 ? grid[i + 1] : grid[i];
      lowRow[i] = Math.min(grid[i], Math.min(left, right));
      highRow[i] = Math.max(grid[i], Math.max(left, right));
    }
    for (int i = 0; i < grid.length; i++) {
      int above = i >= width ? i - width : i;
      int below = i < grid.length - width ? i + width : i;
      low[i] = Math.min(lowRow[i], Math.min(lowRow[above], lowRow[below]));
      high[i] = Math.max(highRow[i], Math.max(highRow[above], highRow[below]));
    }
  }
}
