package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.LvaProcess;
import java.time.Duration;
import java.util.Random;

/** What a recorder is at when it is killed. */
enum KillMoment {
  /** Looks through, completes, renames and indexes what the kill before left; begins a run. */
  STARTING,

  /** Writes parts. */
  RECORDING,

  /** Completes, renames and indexes its last file. */
  STOPPING;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Of ten rounds two begin and two end. */
  static KillMoment of(int round) {
    return switch (round % 5) {
      case 1 -> STARTING;
      case 3 -> STOPPING;
      default -> RECORDING;
    };
  }

  /** Waits until a process is near this moment. */
  void await(LvaProcess lva) {
    switch (this) {
      case STARTING -> {}
      case RECORDING -> lva.awaitOutput("MediaSessionEstablished", PATIENCE);
      case STOPPING -> lva.awaitOutput("RecordingAvailable", PATIENCE);
    }
  }

  /** Lets it run into the moment, for a random while. */
  void pass(LvaProcess lva, Random random) {
    switch (this) {
      case STARTING -> pause(lva, random.nextInt(1000));
      case RECORDING -> pause(lva, random.nextInt(900));
      case STOPPING -> {
        lva.interrupt();
        lva.endsWithin(Duration.ofMillis(random.nextInt(100)));
      }
    }
  }

  private static void pause(LvaProcess lva, int millis) {
    assertThat(lva.endsWithin(Duration.ofMillis(millis))).as(lva.errors()).isFalse();
  }
}
