package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryQueueTest {
  private final VirtualClock clock = new VirtualClock(Fixtures.START);
  private final ManualLane lane = new ManualLane(clock);
  private final List<String> done = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final RetryQueue queue =
      new RetryQueue(
          lane,
          new FaultReporter("disk", "completing", event -> told.add(event.toString()), clock));
  private int failures = 3;

  private void failAtFirst() throws IOException {
    if (failures-- > 0) {
      throw new IOException("the disk is broken");
    }
    done.add("failed");
  }

  private void mistakeAtFirst() {
    if (failures-- > 0) {
      throw new IllegalStateException("a mistake");
    }
    done.add("failed");
  }

  private void passesTheOthersAndIsRepeated(RetryQueue.Step step) {
    queue.add(step);
    queue.add(() -> done.add("other"));
    queue.end(() -> done.add("end"));
    lane.runAll();
    assertThat(done).containsExactly("other");
    assertThat(queue.size()).isEqualTo(1);

    lane.pass(Duration.ofSeconds(2));
    assertThat(done).containsExactly("other", "failed", "end");
    assertThat(told).hasSize(1);
  }

  @Test
  void add_stepFails_isRepeatedAfterTheOthers() {
    passesTheOthersAndIsRepeated(this::failAtFirst);
  }

  @Test
  void add_stepThrowsByMistake_isRepeatedAfterTheOthers() {
    passesTheOthersAndIsRepeated(this::mistakeAtFirst);
    assertThat(told.get(0)).contains("a mistake");
  }
}
