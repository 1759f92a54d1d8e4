package io.lva.media;

/** Takes the analytic events of one connection of the graph, on the media loop of the session. */
@FunctionalInterface
public interface EventConsumer {
  /**
   * Takes one event.
   *
   * @param event placed in media time; it may come later than the media it belongs to
   */
  void event(MediaEvent event);
}
