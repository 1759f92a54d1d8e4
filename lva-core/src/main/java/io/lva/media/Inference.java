package io.lva.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One result of the analysis of a picture, with the fields of the inference schema of Live Video
 * Analytics.
 *
 * <p>Immutable.
 *
 * @param value what was found
 * @param subtype refines the type of the value, such as {@code lineCrossing}; not blank
 * @param id identifies this inference, so that others can refer to it
 * @param relatedIds ids of inferences that this one belongs to
 * @param sequenceId the same for one object in all pictures, as a tracker assigns it
 * @param extensions further properties, not interpreted
 */
public record Inference(
    InferenceValue value,
    Optional<String> subtype,
    Optional<String> id,
    List<String> relatedIds,
    Optional<String> sequenceId,
    Map<String, String> extensions) {
  /**
   * Copies the collections.
   *
   * @param value see above
   * @param subtype see above
   * @param id see above
   * @param relatedIds see above
   * @param sequenceId see above
   * @param extensions see above
   */
  public Inference {
    relatedIds = List.copyOf(relatedIds);
    extensions = Map.copyOf(extensions);
  }

  /**
   * Creates an inference that has only a value.
   *
   * @param value what was found
   * @return an inference without ids
   */
  public static Inference of(InferenceValue value) {
    return new Inference(
        value, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Map.of());
  }

  /**
   * Returns this inference with another value.
   *
   * @param other replaces the value
   * @return a copy
   */
  public Inference withValue(InferenceValue other) {
    return new Inference(other, subtype, id, relatedIds, sequenceId, extensions);
  }

  /**
   * Returns this inference with a subtype.
   *
   * @param text not blank
   * @return a copy
   */
  public Inference withSubtype(String text) {
    return new Inference(value, Optional.of(text), id, relatedIds, sequenceId, extensions);
  }

  /**
   * Returns this inference with an id.
   *
   * @param text unique among the inferences of the session
   * @return a copy
   */
  public Inference withId(String text) {
    return new Inference(value, subtype, Optional.of(text), relatedIds, sequenceId, extensions);
  }

  /**
   * Returns this inference with references to others.
   *
   * @param ids replace those it has
   * @return a copy
   */
  public Inference withRelatedIds(List<String> ids) {
    return new Inference(value, subtype, id, ids, sequenceId, extensions);
  }

  /**
   * Returns this inference with the id of a tracked object.
   *
   * @param text the same for the object in all pictures
   * @return a copy
   */
  public Inference withSequenceId(String text) {
    return new Inference(value, subtype, id, relatedIds, Optional.of(text), extensions);
  }

  /**
   * Returns this inference with further properties.
   *
   * @param properties replace those it has
   * @return a copy
   */
  public Inference withExtensions(Map<String, String> properties) {
    return new Inference(value, subtype, id, relatedIds, sequenceId, properties);
  }
}
