package io.lva.iot.edge;

import io.lva.event.GraphEvent;

/** The values of the twin's {@code diagnosticsLevel}, the most verbose first. */
enum DiagnosticsLevel {
  INFORMATION,
  WARNING,
  ERROR,
  CRITICAL,
  NONE;

  /** Returns how severe an event is. */
  static DiagnosticsLevel of(GraphEvent event) {
    if (event instanceof GraphEvent.MediaSessionEstablished) {
      return INFORMATION;
    }
    return event instanceof GraphEvent.DataDropped ? WARNING : ERROR;
  }

  boolean admits(GraphEvent event) {
    return this != NONE && of(event).compareTo(this) >= 0;
  }
}
