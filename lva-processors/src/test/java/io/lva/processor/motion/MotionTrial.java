package io.lva.processor.motion;

import io.lva.graph.MotionSensitivity;
import io.lva.media.InferenceValue.Box;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs the detector over the key pictures of a synthetic scene and compares with the truth.
 *
 * @param movers things that crossed the picture
 * @param found those that an area overlapped while they were there
 * @param falseEvents times of motion where nothing was, ten seconds apart at least
 * @param hours of media
 */
record MotionTrial(int movers, int found, int falseEvents, double hours) {
  /** Key pictures every two seconds, of which the byte budget leaves out every fourth. */
  static final double GOP_SECONDS = 2;

  private static final int LEFT_OUT = 4;
  private static final double SAME_EVENT_SECONDS = 10;

  static MotionTrial run(SyntheticScene scene, MotionSensitivity sensitivity, double seconds) {
    MotionDetector detector = new MotionDetector(Tuning.of(sensitivity));
    Set<SyntheticScene.Mover> found = new HashSet<>();
    int falseEvents = 0;
    double lastFalse = Double.NEGATIVE_INFINITY;
    int number = 0;
    for (double time = 0; time < seconds; time += GOP_SECONDS) {
      if (number++ % LEFT_OUT == LEFT_OUT - 1) {
        continue;
      }
      boolean wrong = false;
      for (Box box : detector.next(MeanGrid.of(scene.at(time)))) {
        wrong |= !isOfMover(scene.movers(), box, time, found);
      }
      if (wrong) {
        falseEvents += time - lastFalse > SAME_EVENT_SECONDS ? 1 : 0;
        lastFalse = time;
      }
    }
    return new MotionTrial(scene.movers().size(), found.size(), falseEvents, seconds / 3600);
  }

  MotionTrial plus(MotionTrial other) {
    return new MotionTrial(
        movers + other.movers,
        found + other.found,
        falseEvents + other.falseEvents,
        hours + other.hours);
  }

  double recall() {
    return (double) found / movers;
  }

  double falsePerHour() {
    return falseEvents / hours;
  }

  /** What a thing uncovered when it left is news of it, not of something else. */
  private static boolean isOfMover(
      List<SyntheticScene.Mover> movers, Box box, double time, Set<SyntheticScene.Mover> found) {
    boolean explained = false;
    for (SyntheticScene.Mover mover : movers) {
      if (mover.isAt(time) && overlaps(box, mover, time)) {
        found.add(mover);
        explained = true;
      }
      explained |= time > mover.start() && time < mover.end() + 3 * LEFT_OUT * GOP_SECONDS;
    }
    return explained;
  }

  private static boolean overlaps(Box box, SyntheticScene.Mover mover, double time) {
    double left = (double) mover.left(time) / SyntheticScene.WIDTH;
    double top = (double) mover.top(time) / SyntheticScene.HEIGHT;
    double right = left + (double) mover.w() / SyntheticScene.WIDTH;
    double bottom = top + (double) mover.h() / SyntheticScene.HEIGHT;
    return box.left() < right
        && box.left() + box.width() > left
        && box.top() < bottom
        && box.top() + box.height() > top;
  }
}
