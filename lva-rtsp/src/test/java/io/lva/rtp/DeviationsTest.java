package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class DeviationsTest {
  private final Deviations deviations = new Deviations();

  @Test
  void note_again_keepsTheFirstEvidenceAndPacket() {
    deviations.atPacket(1, 4711, -1);
    deviations.note(Deviation.NO_PAYLOAD, "{0} of {1}", 3, 4);
    deviations.atPacket(1, 4712, 5);
    deviations.note(Deviation.NO_PAYLOAD, "{0} of {1}", 8, 9);
    deviations.at("RTCP packet");
    deviations.note(Deviation.NOT_RTCP, "empty");

    assertThat(deviations.seen())
        .containsExactly(
            new SeenDeviation(
                Deviation.NO_PAYLOAD,
                2,
                "3 of 4",
                "packet 4711 of track 1, RTP timestamp 4294967295"),
            new SeenDeviation(Deviation.NOT_RTCP, 1, "empty", "RTCP packet"));
  }

  @Test
  void note_othersOfAnotherVendor_areToldApartUpToALimit() {
    for (int i = 0; i < 100; i++) {
      deviations.note(Deviation.OTHER, "strange " + i % 50);
    }
    assertThat(deviations.seen()).hasSize(16);
    assertThat(deviations.seen().get(3))
        .isEqualTo(new SeenDeviation(Deviation.OTHER, 2, "strange 3", "before the first message"));
    deviations.note(Deviation.NOT_RTP, "0 bytes");
    assertThat(deviations.seen()).hasSize(17);
  }

  @Test
  void note_longAndControlCharacters_areBoundedAndReplaced() {
    deviations.note(Deviation.OTHER, "a\r\nb\u001b" + "x".repeat(10_000));
    assertThat(deviations.seen().get(0).evidence()).startsWith("a..b.xx").hasSize(160);
  }

  @Test
  void note_knownDeviation_allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    noteAll(2);
    threads.getThreadAllocatedBytes(thread);
    long before = threads.getThreadAllocatedBytes(thread);
    noteAll(1000);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    // Asking allocates a little; a string per call would be 40 KB and more.
    assertThat(allocated).isLessThan(4096);
    assertThat(deviations.seen()).hasSize(3).allMatch(seen -> seen.count() == 1002);
  }

  private void noteAll(int times) {
    for (int i = 0; i < times; i++) {
      deviations.atPacket(0, i, i);
      deviations.note(Deviation.UNKNOWN_PAYLOAD_TYPE, "payload type {0} instead of {1}", i, 96);
      deviations.note(Deviation.TIMESTAMPS_STAND_STILL, "picture {0}", i);
      deviations.note(Deviation.OTHER, "something");
    }
  }
}
