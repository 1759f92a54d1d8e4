package io.lva.spi;

import io.lva.media.MediaEvent;

/** A node that takes events from outside its graph, as a signal gate does. */
public interface Triggered {
  /**
   * Takes an event that is addressed to the whole instance. Called on the media loop.
   *
   * @param event the event, with a time in media time
   */
  void trigger(MediaEvent event);
}
