package io.lva.rtsp.message;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The {@code Session} field (RFC 2326 section 12.37).
 *
 * <p>Immutable.
 *
 * @param id opaque, not empty
 * @param timeoutSeconds time after which the server forgets a silent client; empty when the field
 *     does not state it
 */
@CheckReturnValue
public record SessionHeader(String id, OptionalInt timeoutSeconds) {
  private static final int LONGEST_TIMEOUT_SECONDS = 24 * 3600;

  /**
   * Reads a field.
   *
   * @param value of the field; white space is accepted anywhere
   * @return the session, with a time-out of at most one day; empty when the field names none
   */
  public static Optional<SessionHeader> parse(String value) {
    int semicolon = value.indexOf(';');
    String id = (semicolon < 0 ? value : value.substring(0, semicolon)).trim();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = HeaderText.split(semicolon < 0 ? "" : value.substring(semicolon + 1), ';');
    OptionalLong timeout =
        Numbers.parseUnsigned(HeaderText.parameters(parts).getOrDefault("timeout", ""));
    return Optional.of(
        new SessionHeader(
            id,
            timeout.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.min(timeout.getAsLong(), LONGEST_TIMEOUT_SECONDS))));
  }

  /**
   * Returns the field's value.
   *
   * @return the field's value, for example {@code 12345678;timeout=60}
   */
  public String format() {
    return timeoutSeconds.isEmpty() ? id : id + ";timeout=" + timeoutSeconds.getAsInt();
  }
}
