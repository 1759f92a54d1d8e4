package io.lva.spi;

import io.lva.media.EventConsumer;
import io.lva.media.SampleConsumer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node takes through one of its inputs: media, events, or both. An extension after a motion
 * detector takes both, the pictures and the motion that was found in them.
 *
 * <p>Immutable. The consumers are called on the media loop.
 */
public final class Inlet {
  private final @Nullable SampleConsumer media;
  private final @Nullable EventConsumer events;

  private Inlet(@Nullable SampleConsumer media, @Nullable EventConsumer events) {
    this.media = media;
    this.events = events;
  }

  /**
   * Creates an inlet that takes media and ignores events.
   *
   * @param consumer takes the media
   * @return an inlet
   */
  public static Inlet media(SampleConsumer consumer) {
    return new Inlet(consumer, null);
  }

  /**
   * Creates an inlet that takes events and ignores media.
   *
   * @param consumer takes the events
   * @return an inlet
   */
  public static Inlet events(EventConsumer consumer) {
    return new Inlet(null, consumer);
  }

  /**
   * Creates an inlet that takes media and events.
   *
   * @param media takes the media
   * @param events takes the events
   * @return an inlet
   */
  public static Inlet both(SampleConsumer media, EventConsumer events) {
    return new Inlet(media, events);
  }

  /**
   * Returns the consumer of the media.
   *
   * @return the consumer, or empty when the input ignores media
   */
  public Optional<SampleConsumer> media() {
    return Optional.ofNullable(media);
  }

  /**
   * Returns the consumer of the events.
   *
   * @return the consumer, or empty when the input ignores events
   */
  public Optional<EventConsumer> events() {
    return Optional.ofNullable(events);
  }
}
