package io.lva.event;

/**
 * What kind of news an event is, from the least important to the most important: a slow listener
 * loses the least important events first.
 */
public enum EventClass {
  /** What was seen in the media. */
  ANALYTICS("Analytics"),
  /** Connections that were made, and faults of media, connections, stores and nodes. */
  DIAGNOSTICS("Diagnostics"),
  /** What was recorded. */
  OPERATIONAL("Operational");

  private final String text;

  EventClass(String text) {
    this.text = text;
  }

  /**
   * Returns the text of the class in an event type.
   *
   * @return the text, such as {@code Operational}
   */
  public String text() {
    return text;
  }
}
