package io.lva.processor.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.graph.MotionSensitivity;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The detector against scenes with known truth, of seeds that nothing was tuned on. The long form,
 * {@code -Dlva.motion=long}, makes the table of docs/motion.md.
 */
class MotionTruthTest {
  private static final boolean LONG = "long".equals(System.getProperty("lva.motion"));
  private static final int SCENES = LONG ? 10 : 1;
  private static final int FIRST_SEED = Integer.getInteger("seed", 1000);
  private static final double[] AREAS = {0.002, 0.005, 0.01, 0.05};

  @Test
  void next_thingsOfHalfAPercent_areFoundAtMediumSensitivity() {
    MotionTrial trial = movers(MotionSensitivity.MEDIUM, 0.005);
    assertThat(trial.recall()).isGreaterThanOrEqualTo(0.9);
    assertThat(trial.falseEvents()).isZero();
  }

  @ParameterizedTest
  @EnumSource(SyntheticScene.Weather.class)
  void next_nothingMoves_givesAtMostOneEventPerHour(SyntheticScene.Weather weather) {
    MotionTrial trial = still(MotionSensitivity.MEDIUM, weather);
    assertThat(trial.falseEvents()).isLessThanOrEqualTo((int) trial.hours());
  }

  @ParameterizedTest
  @EnumSource(MotionSensitivity.class)
  void next_allSensitivities_tableOfFigures(MotionSensitivity sensitivity) {
    StringBuilder row = new StringBuilder("| " + sensitivity.name().toLowerCase(Locale.ROOT));
    for (double area : AREAS) {
      row.append(String.format(Locale.ROOT, " | %.2f", movers(sensitivity, area).recall()));
    }
    for (SyntheticScene.Weather weather : SyntheticScene.Weather.values()) {
      row.append(String.format(Locale.ROOT, " | %.1f", still(sensitivity, weather).falsePerHour()));
    }
    System.out.println(row.append(" |"));
    assertThat(movers(sensitivity, AREAS[3]).recall()).isGreaterThanOrEqualTo(0.9);
  }

  private static MotionTrial movers(MotionSensitivity sensitivity, double area) {
    MotionTrial sum = new MotionTrial(0, 0, 0, 0);
    for (int i = 0; i < SCENES; i++) {
      SyntheticScene scene =
          new SyntheticScene(FIRST_SEED + i, SyntheticScene.Weather.QUIET).movers(10, 20, area);
      sum = sum.plus(MotionTrial.run(scene, sensitivity, 300));
    }
    return sum;
  }

  private static MotionTrial still(MotionSensitivity sensitivity, SyntheticScene.Weather weather) {
    MotionTrial sum = new MotionTrial(0, 0, 0, 0);
    for (int i = 0; i < SCENES; i++) {
      SyntheticScene scene = new SyntheticScene(FIRST_SEED + i, weather);
      sum = sum.plus(MotionTrial.run(scene, sensitivity, LONG ? 3600 : 400));
    }
    return sum;
  }
}
