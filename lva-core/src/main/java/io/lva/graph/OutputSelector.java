package io.lva.graph;

import io.lva.media.MediaType;
import java.util.Locale;

/**
 * Chooses which streams of a node pass to an input of the next node.
 *
 * <p>Immutable.
 *
 * @param property what is compared
 * @param operator how it is compared
 * @param value what it is compared with: a MIME type, or the first part of one, such as {@code
 *     video}
 */
public record OutputSelector(Property property, Operator operator, String value) {
  /**
   * Removes blanks around the value.
   *
   * @param property see above
   * @param operator see above
   * @param value see above
   */
  public OutputSelector {
    value = value.trim();
  }

  /** What is compared. */
  public enum Property {
    /** The media type of a stream. */
    MEDIA_TYPE
  }

  /** How it is compared. */
  public enum Operator {
    /** The type is the same, or a subtype. */
    IS,
    /** The type is neither the same nor a subtype. */
    IS_NOT
  }

  /**
   * Selects streams of a type.
   *
   * @param type the type
   * @return its selector
   */
  public static OutputSelector is(MediaType type) {
    return new OutputSelector(Property.MEDIA_TYPE, Operator.IS, type.text());
  }

  /**
   * Selects streams of all types but one.
   *
   * @param type the type that is not selected
   * @return its selector
   */
  public static OutputSelector isNot(MediaType type) {
    return new OutputSelector(Property.MEDIA_TYPE, Operator.IS_NOT, type.text());
  }

  /**
   * Returns whether some stream of a type might pass. A selector of a subtype, such as {@code
   * video/H264}, can be decided only when the stream is known.
   *
   * @param type the type
   * @return false when no stream of that type passes
   */
  public boolean maySelect(MediaType type) {
    return maySelect(type.text());
  }

  boolean maySelect(String mediaType) {
    int slash = value.indexOf('/');
    if (slash < 0) {
      return selects(mediaType);
    }
    return operator == Operator.IS_NOT || value.substring(0, slash).equalsIgnoreCase(mediaType);
  }

  /**
   * Returns whether a stream passes.
   *
   * @param mediaType type of the stream, such as {@code video/H264} or {@code audio}
   * @return true when it does
   */
  public boolean selects(String mediaType) {
    String stream = mediaType.toLowerCase(Locale.ROOT);
    String wanted = value.toLowerCase(Locale.ROOT);
    boolean same = stream.equals(wanted) || stream.startsWith(wanted + "/");
    return same == (operator == Operator.IS);
  }
}
