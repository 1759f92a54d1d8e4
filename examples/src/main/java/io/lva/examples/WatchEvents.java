package io.lva.examples;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Watches the events of an IoT Edge module at the built-in event endpoint of its IoT hub, until it
 * is stopped.
 */
public final class WatchEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Held here, because the log manager loses the settings of loggers that are garbage-collected.
   */
  private static final Logger SDK = Logger.getLogger("com.azure");

  private WatchEvents() {}

  /**
   * Prints each event that arrives from now on.
   *
   * @param arguments the tutorial's {@code appsettings.json}, with the Event Hub-compatible
   *     endpoint of the hub as {@code EventHubConnectionString}
   * @throws IOException when the file cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    JsonNode settings = JSON.readTree(Files.readString(Path.of(arguments[0])));
    SDK.setLevel(Level.SEVERE);
    // begin example
    String device = settings.path("deviceId").asText();
    String module = settings.path("moduleId").asText();
    try (EventHubConsumerAsyncClient hub =
        new EventHubClientBuilder()
            .connectionString(settings.path("EventHubConnectionString").asText())
            .consumerGroup(EventHubClientBuilder.DEFAULT_CONSUMER_GROUP_NAME)
            .buildAsyncConsumerClient()) {
      hub.receive(/* startReadingAtEarliestEvent= */ false)
          .map(PartitionEvent::getData)
          .filter(
              event ->
                  device.equals(event.getSystemProperties().get("iothub-connection-device-id")))
          .filter(
              event ->
                  module.equals(event.getSystemProperties().get("iothub-connection-module-id")))
          .doOnNext(WatchEvents::print)
          .blockLast();
    }
    // end example
  }

  private static void print(EventData event) {
    print(
        Style.fg_cyan,
        "%s %s %s"
            .formatted(
                event.getProperties().get("eventTime"),
                event.getProperties().get("eventType"),
                event.getProperties().get("subject")));
    print(Style.faint, event.getBodyAsString());
  }

  private static void print(Ansi.IStyle style, String text) {
    System.out.println(Ansi.AUTO.enabled() ? style.on() + text + style.off() : text);
  }
}
