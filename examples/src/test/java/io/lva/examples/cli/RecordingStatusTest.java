package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.spi.MetricNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The line that {@code lva record} shows on a terminal. */
class RecordingStatusTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private long nanos;
  private final RecordingStatus status = new RecordingStatus(2, registry, () -> nanos);

  private static EventRecord record(String instance, GraphEvent event) {
    return new EventRecord(
        UUID.randomUUID(), "/t", "/s", Instant.EPOCH, instance, Optional.empty(), event);
  }

  private void happens(String instance, GraphEvent event) {
    status.event(record(instance, event));
  }

  @Test
  void line_beforeAnyCameraConnects_countsThemAndNamesNoFault() {
    assertThat(status.line()).isEqualTo("0:00:00  0/2 connected  0.0 Mbit/s  nothing written yet");
  }

  /** The lag is counted from the beginning of a recording, before anything is written. */
  @Test
  void line_nothingWrittenYet_saysSo() {
    registry.gauge(MetricNames.RECORDING_LAG_SECONDS, 0.01);
    assertThat(status.line()).endsWith("nothing written yet");
    registry.counter(RecordingStatus.WRITTEN_BYTES).increment(1000);
    assertThat(status.line()).endsWith("written 0.0 s ago");
  }

  @Test
  void line_whileRecording_hasCamerasAndTheLagOfTheLatest() {
    happens("a", new GraphEvent.MediaSessionEstablished("v=0"));
    happens("b", new GraphEvent.MediaSessionEstablished("v=0"));
    registry.counter(RecordingStatus.WRITTEN_BYTES).increment(1000);
    registry.counter(MetricNames.RECEIVED_BYTES).increment(500_000);
    registry.gauge(MetricNames.RECORDING_LAG_SECONDS, 1.26);
    nanos = 1_999_999_999;
    assertThat(status.line()).isEqualTo("0:00:01  2/2 connected  2.0 Mbit/s  written 1.3 s ago");
  }

  @Test
  void line_cameraLost_countsTheFaultAndTheCameraNoMore() {
    happens("a", new GraphEvent.MediaSessionEstablished("v=0"));
    happens("b", new GraphEvent.MediaSessionEstablished("v=0"));
    happens("b", new GraphEvent.NetworkError("b:554", "connectionRefused", "b refuses"));
    assertThat(status.line()).contains("  1/2 connected  ").endsWith("  1 fault");
  }

  @Test
  void line_allRecordingsEnded_saysThatNoneIsRecording() {
    registry.counter(RecordingStatus.WRITTEN_BYTES).increment(1000);
    assertThat(status.line()).endsWith("not recording");
  }

  @Test
  void line_ofManyCamerasInTrouble_fitsATerminal() {
    RecordingStatus many = new RecordingStatus(999, registry, () -> nanos);
    for (int i = 0; i < 9999; i++) {
      many.event(record("c" + i, new GraphEvent.NetworkError("b:554", "timeout", "b is silent")));
    }
    for (int i = 0; i < 999; i++) {
      many.event(record("c" + i, new GraphEvent.MediaSessionEstablished("v=0")));
    }
    registry.counter(RecordingStatus.WRITTEN_BYTES).increment(1000);
    registry.counter(MetricNames.RECEIVED_BYTES).increment(4.2e14);
    registry.gauge(MetricNames.RECORDING_LAG_SECONDS, 59.94);
    nanos = Duration.ofDays(9).plusHours(23).plusSeconds(59).toNanos();
    assertThat(many.line())
        .startsWith("9 d 23:00:59  999/999 connected  ")
        .endsWith("  written 59.9 s ago  9999 faults")
        .hasSizeLessThanOrEqualTo(ProgressLine.WIDTH);
  }
}
