package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.playback.PlaybackOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlaybackMemoryOptionTest {
  private static PlaybackOptions given(String... arguments) {
    return CommandLine.populateCommand(new PlaybackMemoryOption(), arguments).options();
  }

  @Test
  void options_nothingGiven_areThoseOfTheLibrary() {
    assertThat(given().remoteMemoryBytes())
        .isEqualTo(PlaybackOptions.defaults().remoteMemoryBytes())
        .isEqualTo(128L << 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 512, Integer.MAX_VALUE})
  void options_mebibytes_limitTheMemory(int mib) {
    assertThat(given("--playback-memory", String.valueOf(mib)).remoteMemoryBytes())
        .isEqualTo(mib * 1_048_576L);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 0, -1})
  void options_tooLittle_saysHowMuchIsNeeded(int mib) {
    assertThatThrownBy(() -> given("--playback-memory", String.valueOf(mib)))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--playback-memory must be 4 or more, and is " + mib);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "record", "serve", "up"})
  void commands_thatPlayBack_haveTheOption(String command) {
    assertThat(Lva.commandLine().getSubcommands().get(command))
        .isNotNull()
        .satisfies(
            found ->
                assertThat(found.getCommandSpec().optionsMap()).containsKey("--playback-memory"));
  }
}
