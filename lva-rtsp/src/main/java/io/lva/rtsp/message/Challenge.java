package io.lva.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One challenge of a {@code WWW-Authenticate} field (RFC 7235 section 4.1).
 *
 * <p>Immutable.
 *
 * @param scheme in lower case, such as {@code digest}
 * @param parameters by lower-case key, without quotes
 */
public record Challenge(String scheme, Map<String, String> parameters) {
  /**
   * Reads all challenges of a field.
   *
   * @param value of the field; white space and quotes are accepted anywhere
   * @return the challenges, in order
   */
  public static List<Challenge> parse(String value) {
    List<Challenge> challenges = new ArrayList<>();
    String scheme = "";
    List<String> parameters = new ArrayList<>();
    for (String part : HeaderText.split(value, ',')) {
      String first = part.split("[\\s=]", 2)[0];
      String rest = part.substring(first.length()).trim();
      if (rest.startsWith("=")) {
        parameters.add(part);
        continue;
      }
      if (rest.isEmpty()
          && first.toLowerCase(Locale.ROOT).startsWith("auth")
          && !parameters.isEmpty()) {
        // qop=auth,auth-int without quotes
        parameters.add(parameters.remove(parameters.size() - 1) + "," + part);
        continue;
      }
      addTo(challenges, scheme, parameters);
      scheme = first.toLowerCase(Locale.ROOT);
      parameters = new ArrayList<>(rest.isEmpty() ? List.of() : List.of(rest));
    }
    addTo(challenges, scheme, parameters);
    return List.copyOf(challenges);
  }

  private static void addTo(List<Challenge> challenges, String scheme, List<String> parameters) {
    if (!scheme.isEmpty()) {
      challenges.add(new Challenge(scheme, HeaderText.parameters(parameters)));
    }
  }

  /**
   * Names the schemes that fields offer, in at most 60 characters.
   *
   * @param fields values of {@code WWW-Authenticate}
   * @return the names, for example {@code digest MD5, basic}; {@code none} when there is no scheme
   */
  public static String names(List<String> fields) {
    String names =
        fields.stream()
            .flatMap(field -> parse(field).stream())
            .map(each -> each.scheme + each.parameter("algorithm").map(" "::concat).orElse(""))
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names.substring(0, Math.min(60, names.length()));
  }

  /**
   * Returns a parameter.
   *
   * @param key lower case
   * @return its value, if it was given
   */
  public Optional<String> parameter(String key) {
    return Optional.ofNullable(parameters.get(key));
  }

  /**
   * Returns whether the request was refused only because the nonce was too old.
   *
   * @return true for {@code stale=true}, even when the value is quoted or in capitals
   */
  public boolean isStale() {
    return parameter("stale").orElse("").equalsIgnoreCase("true");
  }
}
