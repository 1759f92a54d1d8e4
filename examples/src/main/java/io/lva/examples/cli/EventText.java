package io.lva.examples.cli;

import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Events as people read them. */
final class EventText {
  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private EventText() {}

  /** Returns why a camera cannot be recorded; empty for an event that is not a fault. */
  static Optional<String> fault(GraphEvent event) {
    if (event instanceof GraphEvent.NetworkError problem) {
      return Optional.of(problem.reason());
    } else if (event instanceof GraphEvent.AuthorizationError problem) {
      return Optional.of(problem.reason());
    } else if (event instanceof GraphEvent.ProtocolError problem) {
      return Optional.of(problem.reason());
    } else if (event instanceof GraphEvent.MediaFormatError problem) {
      return Optional.of(problem.reason());
    } else if (event instanceof GraphEvent.StorageError problem) {
      return Optional.of(problem.reason());
    }
    return Optional.empty();
  }

  /** Returns one line: the time of day in the zone, the instance, and what happened. */
  static String line(EventRecord event, ZoneId zone) {
    String time = TIME_OF_DAY.format(event.eventTime().atZone(zone));
    return time + "  " + event.instance() + "  " + text(event.event());
  }

  private static String text(GraphEvent event) {
    if (event instanceof GraphEvent.MediaSessionEstablished) {
      return "the camera is connected";
    } else if (event instanceof GraphEvent.RecordingStarted started) {
      return "recording to " + started.output().location();
    } else if (event instanceof GraphEvent.RecordingAvailable) {
      return "the recording can be played";
    } else if (event instanceof GraphEvent.RecordingStopped) {
      return "the recording is complete";
    } else if (event instanceof GraphEvent.DataDropped dropped) {
      return dropped.reason();
    } else if (event instanceof GraphEvent.RuntimeError error) {
      return error.reason();
    }
    return fault(event).orElseGet(event::eventType);
  }
}
