package io.lva.examples.cli;

import io.lva.asset.Stretch;
import io.lva.playback.PlaybackOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much memory media may take on its way to players. */
final class PlaybackMemoryOption {
  private static final int LEAST_MIB = Stretch.WINDOW_BYTES >> 20;

  @Option(
      names = "--playback-memory",
      paramLabel = "MIB",
      description =
          "Memory for media of a store that is no disk while it is sent to players, all together"
              + " (default: 128).")
  private @Nullable Integer mib;

  /**
   * Returns the options of playback.
   *
   * @throws CommandFailure when not even one player would have enough
   */
  PlaybackOptions options() {
    PlaybackOptions options = PlaybackOptions.defaults();
    if (mib == null) {
      return options;
    }
    if (mib < LEAST_MIB) {
      throw new CommandFailure(
          "--playback-memory must be " + LEAST_MIB + " or more, and is " + mib);
    }
    return options.withRemoteMemory((long) mib << 20);
  }
}
