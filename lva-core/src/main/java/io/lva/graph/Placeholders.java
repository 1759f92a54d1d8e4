package io.lva.graph;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds {@code ${name}} in texts. */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^${}]+)}");

  private Placeholders() {}

  static boolean in(String text) {
    return text.indexOf('$') >= 0 && PLACEHOLDER.matcher(text).find();
  }

  /** Returns the names, in order, each as often as it occurs. */
  static List<String> names(String text) {
    return text.indexOf('$') < 0
        ? List.of()
        : PLACEHOLDER.matcher(text).results().map(result -> result.group(1).trim()).toList();
  }

  /** Returns the text with all that is not a placeholder replaced by asterisks. */
  static String only(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(result -> result.group())
        .collect(
            Collectors.joining(
                "****", text.startsWith("${") ? "" : "****", text.endsWith("}") ? "" : "****"));
  }

  static Matcher matcher(String text) {
    return PLACEHOLDER.matcher(text);
  }
}
