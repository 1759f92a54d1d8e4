package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.spi.MetricNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The line that {@code lva record} shows on a terminal. */
class RecordingStatusTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RecordingStatus status = new RecordingStatus(2, registry);

  private void happens(String instance, GraphEvent event) {
    status.event(
        new EventRecord(
            UUID.randomUUID(), "/t", "/s", Instant.EPOCH, instance, Optional.empty(), event));
  }

  @Test
  void line_beforeAnyCameraConnects_countsThemAndNamesNoFault() {
    assertThat(status.line())
        .contains("0 of 2 cameras connected")
        .contains("0.0 Mbit/s")
        .doesNotContain("fault");
  }

  @Test
  void line_whileRecording_hasCamerasAndTheLagOfTheLatest() {
    happens("a", new GraphEvent.MediaSessionEstablished("v=0"));
    happens("b", new GraphEvent.MediaSessionEstablished("v=0"));
    registry.gauge(MetricNames.RECORDING_LAG_SECONDS, 1.26);
    assertThat(status.line())
        .contains("2 of 2 cameras connected")
        .contains("written up to 1.3 s ago");
  }

  @Test
  void line_cameraLost_countsTheFaultAndTheCameraNoMore() {
    happens("a", new GraphEvent.MediaSessionEstablished("v=0"));
    happens("b", new GraphEvent.MediaSessionEstablished("v=0"));
    happens("b", new GraphEvent.NetworkError("b:554", "connectionRefused", "b refuses"));
    assertThat(status.line()).contains("1 of 2 cameras connected").endsWith("  1 fault");
  }

  @Test
  void line_onATerminal_fitsIntoItsWidth() {
    assertThat(status.line()).hasSizeLessThanOrEqualTo(78);
  }
}
