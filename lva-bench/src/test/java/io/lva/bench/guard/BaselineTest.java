package io.lva.bench.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final Measurement SMALL = new Measurement("Some.small kind=A", 312, 2.5);
  private static final Measurement NOTHING = new Measurement("Some.nothing", 0, 0.1);
  private static final Baseline BASELINE = Baseline.of(List.of(SMALL, NOTHING));

  @Test
  void violations_sameFigures_none() {
    assertThat(violations(0, 1)).isEmpty();
  }

  @Test
  void violations_betterFigures_none() {
    assertThat(violations(-100, 0.2)).isEmpty();
  }

  @Test
  void violations_noiseOfMeasuring_none() {
    assertThat(violations(7.9, 1.25)).isEmpty();
  }

  @Test
  void violations_64BytesMore_everyBenchmarkFails() {
    assertThat(violations(64, 1))
        .containsExactly(
            "Some.nothing: allocates 64 B per operation instead of 0",
            "Some.small kind=A: allocates 376 B per operation instead of 312");
  }

  @Test
  void violations_oneAndAHalfTimesTheTime_everyBenchmarkFails() {
    assertThat(violations(0, 1.5))
        .containsExactly(
            "Some.nothing: takes 1.50 times as long: 0.150 reference loops instead of 0.100",
            "Some.small kind=A: takes 1.50 times as long: 3.75 reference loops instead of 2.50");
  }

  @Test
  void violations_overOnePercentAndRounding_fails() {
    Baseline middle = Baseline.of(List.of(new Measurement("Some.middle", 2000, 1)));
    assertThat(middle.violations(List.of(new Measurement("Some.middle", 2028, 1)))).isEmpty();
    assertThat(middle.violations(List.of(new Measurement("Some.middle", 2029, 1)))).hasSize(1);
  }

  @Test
  void violations_benchmarkMissing_fails() {
    assertThat(BASELINE.violations(List.of(SMALL))).hasToString("[Some.nothing: was not measured]");
  }

  @Test
  void violations_benchmarkNotInBaseline_fails() {
    Measurement other = new Measurement("Some.other", 1, 1);
    assertThat(BASELINE.violations(List.of(SMALL, NOTHING, other)))
        .hasToString("[Some.other: is not in the baseline]");
  }

  @Test
  void violations_notANumber_fails() {
    Measurement broken = new Measurement(SMALL.benchmark(), Double.NaN, Double.NaN);
    assertThat(BASELINE.violations(List.of(broken, NOTHING))).hasSize(1);
  }

  @Test
  void outdated_muchFaster_isNamed() {
    assertThat(BASELINE.outdated(List.of(changed(SMALL, 0, 0.7), changed(NOTHING, 0, 0.8))))
        .containsExactly(SMALL.benchmark());
  }

  private static List<String> violations(double bytesMore, double timesAsLong) {
    return BASELINE
        .violations(
            List.of(
                changed(SMALL, bytesMore, timesAsLong), changed(NOTHING, bytesMore, timesAsLong)))
        .stream()
        .map(Violation::toString)
        .toList();
  }

  private static Measurement changed(Measurement from, double bytesMore, double timesAsLong) {
    return new Measurement(
        from.benchmark(), from.bytesPerOperation() + bytesMore, from.timeRatio() * timesAsLong);
  }
}
