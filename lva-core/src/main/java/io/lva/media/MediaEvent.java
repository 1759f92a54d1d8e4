package io.lva.media;

import java.util.List;
import java.util.Map;

/**
 * Something that a node of the graph found in the media or was told from outside, placed in media
 * time.
 *
 * <p>Immutable. JSON is read and written at the edges of the graph only, by {@code
 * io.lva.event.InferenceJson}.
 */
public sealed interface MediaEvent {
  /**
   * Returns when it happened.
   *
   * @return nanoseconds since the Unix epoch on the clock of the session, as in {@link
   *     Sample#utcNanos}
   */
  long utcNanos();

  /**
   * What was found in one picture or in a short span of media: motion, objects, texts.
   *
   * <p>Immutable.
   *
   * @param utcNanos UTC of the presentation of the picture
   * @param inferences at least one
   */
  record Analysis(long utcNanos, List<Inference> inferences) implements MediaEvent {
    /**
     * Copies the list.
     *
     * @param utcNanos see above
     * @param inferences at least one
     * @throws IllegalArgumentException when there is no inference
     */
    public Analysis {
      inferences = List.copyOf(inferences);
      if (inferences.isEmpty()) {
        throw new IllegalArgumentException("an analysis without an inference");
      }
    }
  }

  /**
   * A message from outside the graph, such as one that an IoT Edge module received.
   *
   * <p>Immutable.
   *
   * @param utcNanos the time that the message states, or the time of its arrival if it states none
   * @param id identifies the message; empty when the sender gave it no id
   * @param body as it was sent, not interpreted
   * @param properties of its envelope
   */
  record Message(long utcNanos, String id, String body, Map<String, String> properties)
      implements MediaEvent {
    /**
     * Copies the properties.
     *
     * @param utcNanos see above
     * @param id see above
     * @param body see above
     * @param properties see above
     */
    public Message {
      properties = Map.copyOf(properties);
    }
  }
}
