package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.runtime.MediaRuntime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TuningOptionsTest {
  private static TuningOptions parse(String... arguments) {
    return CommandLine.populateCommand(new TuningOptions(), arguments);
  }

  @Test
  void applyTo_uploadLimitBelowAMegabit_isTaken() {
    TuningOptions options = parse("--upload-limit", "0.5");

    assertThatCode(() -> options.applyTo(MediaRuntime.builder())).doesNotThrowAnyException();
  }

  @Test
  void applyTo_noCopiesAtAll_saysTheRange() {
    TuningOptions options = parse("--keep-local=0");

    assertThatThrownBy(() -> options.applyTo(MediaRuntime.builder()))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--keep-local must be 1 or more, and is 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0", "-1.0", "NaN", "Infinity"})
  void applyTo_uploadLimitThatIsNoRate_saysTheRange(String megabits) {
    TuningOptions options = parse("--upload-limit=" + megabits);

    assertThatThrownBy(() -> options.applyTo(MediaRuntime.builder()))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--upload-limit must be above 0 Mbit/s, and is " + megabits);
  }
}
