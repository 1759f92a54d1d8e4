package io.lva.processor.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The machine against the model: random events, late, early and out of order. */
class GatePropertyTest {
  private static final int CASES = 200_000;
  private static final int HORIZON = 120;

  @Test
  void recordings_randomEvents_areThoseOfTheModel() {
    int recordings = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      GateTimes times = times(random);
      int frame = 1 + random.nextInt(4);
      int latency = random.nextInt(4);
      List<GateModel.Event> events = events(random);
      List<GateModel.Recording> expected = new GateModel(times, frame, latency).recordings(events);
      assertThat(run(times, frame, latency, events))
          .as("seed %d: %s, frame %d, latency %d, %s", seed, times, frame, latency, events)
          .isEqualTo(expected);
      recordings += expected.size();
    }
    assertThat(recordings).as("recordings in all cases").isGreaterThan(2 * CASES);
  }

  private static GateTimes times(Random random) {
    int minimum = 1 + random.nextInt(20);
    int maximum = minimum + (random.nextInt(3) == 0 ? 0 : random.nextInt(40));
    return new GateTimes(random.nextInt(8), random.nextInt(12) - 11, minimum, maximum);
  }

  private static List<GateModel.Event> events(Random random) {
    List<GateModel.Event> events = new ArrayList<>();
    int count = 1 + random.nextInt(14);
    for (int i = 0; i < count; i++) {
      int arrival = 20 + random.nextInt(HORIZON);
      events.add(new GateModel.Event(arrival - random.nextInt(16) + random.nextInt(3), arrival));
    }
    events.sort(Comparator.comparingLong(GateModel.Event::arrival));
    return events;
  }

  private static List<GateModel.Recording> run(
      GateTimes times, int frame, int latency, List<GateModel.Event> events) {
    GateDecider gate = new GateDecider(times);
    List<GateModel.Recording> recordings = new ArrayList<>();
    int next = 0;
    for (int now = 0; now < HORIZON * 3; now++) {
      for (; next < events.size() && events.get(next).arrival() == now; next++) {
        gate.event(events.get(next).media(), now);
      }
      long newest = Math.floorDiv(now - latency, frame) * (long) frame;
      GateDecider.Opening before = gate.opening();
      while (gate.advance(newest, now)) {
        if (before != null) {
          recordings.add(new GateModel.Recording(before.start(), before.end()));
        }
        before = gate.opening();
      }
    }
    assertThat(gate.opening()).isNull();
    return recordings;
  }
}
