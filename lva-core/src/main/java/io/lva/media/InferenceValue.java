package io.lva.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What an analysis found: one of the value types of the inference schema of Live Video Analytics,
 * or {@link Foreign}.
 *
 * <p>Immutable. Confidences are 0 to 1 where the sender conforms to the schema.
 */
public sealed interface InferenceValue {
  /**
   * A rectangle in a picture, relative to its width and height.
   *
   * @param left distance from the left edge, 0 to 1
   * @param top distance from the upper edge, 0 to 1
   * @param width 0 to 1
   * @param height 0 to 1
   */
  record Box(double left, double top, double width, double height) {}

  /**
   * A label.
   *
   * @param value such as {@code person}
   * @param confidence empty where none was given
   */
  record Tag(String value, OptionalDouble confidence) {}

  /**
   * A property of what was found.
   *
   * @param name such as {@code color}
   * @param value such as {@code red}
   * @param confidence empty where none was given
   */
  record Attribute(String name, String value, OptionalDouble confidence) {}

  /**
   * A label of the whole picture.
   *
   * @param tag the label
   * @param attributes may be empty
   */
  record Classification(Tag tag, List<Attribute> attributes) implements InferenceValue {
    /**
     * Copies the list.
     *
     * @param tag see above
     * @param attributes see above
     */
    public Classification {
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * Something moved.
   *
   * @param box where it was; empty when the node does not report regions
   */
  record Motion(Optional<Box> box) implements InferenceValue {}

  /**
   * An object in the picture.
   *
   * @param tag what the object is
   * @param attributes may be empty
   * @param box where it is
   * @param id identifies the object; empty when it was not identified
   */
  record Entity(Tag tag, List<Attribute> attributes, Box box, Optional<String> id)
      implements InferenceValue {
    /**
     * Copies the list.
     *
     * @param tag see above
     * @param attributes see above
     * @param box see above
     * @param id see above
     */
    public Entity {
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * A text that belongs to the picture, such as a transcript.
   *
   * @param value the text
   * @param language BCP 47; empty where it is not known
   * @param startTimestamp ticks of 90 kHz since the Unix epoch; empty where none was given
   * @param endTimestamp ticks of 90 kHz since the Unix epoch; empty where none was given
   */
  record Text(
      String value,
      Optional<String> language,
      OptionalLong startTimestamp,
      OptionalLong endTimestamp)
      implements InferenceValue {}

  /**
   * Something that happened, such as a line that was crossed.
   *
   * @param name what happened
   * @param properties may be empty
   * @param box where it was; empty when it has no place in the picture
   */
  record Event(String name, Map<String, String> properties, Optional<Box> box)
      implements InferenceValue {
    /**
     * Copies the properties.
     *
     * @param name see above
     * @param properties see above
     * @param box see above
     */
    public Event {
      properties = Map.copyOf(properties);
    }
  }

  /**
   * Content that the schema has no type for.
   *
   * @param contentType IANA media type; empty where none was given
   * @param contentBytes Base64, as in the schema; empty where none was given
   */
  record Other(Optional<String> contentType, Optional<String> contentBytes)
      implements InferenceValue {}

  /**
   * An inference that does not conform to the schema, as some servers send. It is forwarded as it
   * was received, and the other fields of its {@link Inference} are empty.
   *
   * @param json a JSON value
   */
  record Foreign(String json) implements InferenceValue {}
}
