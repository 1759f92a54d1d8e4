package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventPrinterTest {
  private static final GraphEvent FAULT =
      new GraphEvent.NetworkError("b:554", "connectionRefused", "b:554 refuses the connection");

  private final StringWriter text = new StringWriter();
  private final EventPrinter output =
      EventPrinter.to(new PrintWriter(text), ProgressLine.onTerminal(), /* json= */ true).holding();

  private static EventRecord record(String instance, GraphEvent event) {
    return new EventRecord(
        UUID.randomUUID(), "/t", "/s", Instant.EPOCH, instance, Optional.empty(), event);
  }

  private List<String> lines() {
    return text.toString().lines().toList();
  }

  @Test
  void event_faultBeforeTheRelease_isNotPrinted() {
    output.event(record("b", FAULT));
    assertThat(lines()).isEmpty();
  }

  @Test
  void release_faultsHeld_printsThemOnceAndLaterOnesAtOnce() {
    output.event(record("b", FAULT));
    output.release();
    output.event(record("b", FAULT));
    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("b:554 refuses"));
  }

  @Test
  void event_cameraConnects_printsItsFaultsFirst() {
    output.event(record("a", FAULT));
    output.event(record("b", FAULT));
    output.event(record("b", new GraphEvent.MediaSessionEstablished("v=0")));
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0)).contains("NetworkError");
    assertThat(lines().get(1)).contains("MediaSessionEstablished");
  }

  @Test
  void line_ofAFault_isTimeInstanceAndReason() {
    assertThat(EventText.line(record("door-2", FAULT), ZoneOffset.ofHours(1)))
        .isEqualTo("01:00:00  door-2  b:554 refuses the connection");
  }
}
