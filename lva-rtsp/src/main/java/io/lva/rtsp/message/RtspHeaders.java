package io.lva.rtsp.message;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of a message, in order. Names are compared without regard to case, and a name
 * may occur more than once (RFC 2326 section 4.2).
 *
 * <p>Immutable.
 */
@CheckReturnValue
public final class RtspHeaders {
  private static final RtspHeaders EMPTY = new RtspHeaders(List.of());

  private final List<Field> fields;

  private RtspHeaders(List<Field> fields) {
    this.fields = fields;
  }

  /**
   * One header field.
   *
   * @param name as it was written
   * @param value has neither white space around it nor line breaks in it
   */
  public record Field(String name, String value) {
    /** Returns the field as text, without its value if it carries credentials. */
    @Override
    public String toString() {
      return name + ": " + (isSecret(name) ? "****" : value);
    }
  }

  /**
   * Returns headers without any field.
   *
   * @return the empty headers
   */
  public static RtspHeaders empty() {
    return EMPTY;
  }

  /**
   * Creates headers from fields.
   *
   * @param fields in their order
   * @return the headers
   */
  public static RtspHeaders of(List<Field> fields) {
    return new RtspHeaders(List.copyOf(fields));
  }

  /**
   * Adds a field after the others.
   *
   * @param name of the field
   * @param value of the field
   * @return a copy of these headers with the new field
   */
  public RtspHeaders with(String name, String value) {
    List<Field> more = new ArrayList<>(fields.size() + 1);
    more.addAll(fields);
    more.add(new Field(name, value));
    return new RtspHeaders(List.copyOf(more));
  }

  /**
   * Finds the first field with a name.
   *
   * @param name in any letter case
   * @return its value, if there is such a field
   */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /**
   * Finds all fields with a name.
   *
   * @param name in any letter case
   * @return their values in order
   */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /**
   * Returns every field.
   *
   * @return the fields in their order
   */
  public List<Field> fields() {
    return fields;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RtspHeaders that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** Returns the fields as text, without the values of those that carry credentials. */
  @Override
  public String toString() {
    return fields.toString();
  }

  private static boolean isSecret(String name) {
    return name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Proxy-Authorization");
  }
}
