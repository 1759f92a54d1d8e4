package io.lva.examples.edge;

import static io.lva.examples.edge.TutorialModule.LVA;
import static io.lva.examples.edge.TutorialModule.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.HubIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that watches events, with Microsoft's SDK for Event Hubs. */
class WatchEventsIT {
  @TempDir private Path folder;

  @Test
  void monitor_eventsAtTheBuiltInEndpoint_thoseOfTheModulePrinted() throws Exception {
    String printed;
    try (EdgeHubEmulator hub = EdgeHubEmulator.start(folder.resolve("hub"), LVA);
        EventEndpoint endpoint = EventEndpoint.start(hub, folder)) {
      Files.writeString(
          folder.resolve("appsettings.json"),
          new ObjectMapper()
              .createObjectNode()
              .put("EventHubConnectionString", endpoint.connectionString())
              .put("deviceId", LVA.device())
              .put("moduleId", LVA.module())
              .toString());
      ConsolePrograms programs = new ConsolePrograms(hub, folder);
      Process monitor = programs.java(PageCommand.WATCH);
      try {
        endpoint.awaitConsumer();
        endpoint.send(HubIdentity.of(LVA.device(), "other"), event("RecordingStarted"));
        endpoint.send(HubIdentity.of("other", LVA.module()), event("RecordingStarted"));
        endpoint.send(LVA, event("RecordingAvailable"));
        endpoint.send(LVA, event("RecordingStopped"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (programs.printed().lines().count() < 4 && System.nanoTime() < end) {
          assertThat(monitor.waitFor(50, TimeUnit.MILLISECONDS)).as("it goes on").isFalse();
        }
      } finally {
        monitor.destroyForcibly();
      }
      printed = programs.printed();
    }
    String body = "{\"outputType\":\"assetName\"}";
    assertThat(printed.lines().map(line -> line.replaceAll("\u001b\\[\\d*m", "")))
        .containsExactly(
            "2026-11-29T12:00:00Z Microsoft.Media.Graph.Operational.RecordingAvailable"
                + " /graphInstances/Sample-Graph-1/sinks/assetSink",
            body,
            "2026-11-29T12:00:00Z Microsoft.Media.Graph.Operational.RecordingStopped"
                + " /graphInstances/Sample-Graph-1/sinks/assetSink",
            body);
  }

  private static HubEvent event(String type) {
    return new HubEvent(
        "AmsOperational",
        Map.of(),
        Map.of(
            "eventTime",
            "2026-11-29T12:00:00Z",
            "eventType",
            "Microsoft.Media.Graph.Operational." + type,
            "subject",
            "/graphInstances/Sample-Graph-1/sinks/assetSink"),
        "{\"outputType\":\"assetName\"}");
  }
}
