package io.lva.graph;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A condition on a value beyond its type. Immutable.
 *
 * @param <T> type of the value
 * @param code of the problem that is reported when a value breaks the limit
 * @param holds returns true for a value that meets the limit
 * @param rule what a value must do, in the words that follow "must" in a message
 */
record Limit<T>(ProblemCode code, Predicate<T> holds, String rule) {
  private static final Pattern ABSOLUTE = Pattern.compile("(/|[A-Za-z]:[\\\\/]|\\\\\\\\).*");

  /** Returns the limit that a known value breaks. */
  @SuppressWarnings("unchecked") // a limit has the type of its property
  static <T> Optional<Limit<T>> broken(Property<?> property, T value) {
    return property instanceof Property.Scalar<?> scalar
        ? ((Property.Scalar<T>) scalar).limit().filter(limit -> !limit.holds.test(value))
        : Optional.empty();
  }

  static boolean absolutePath(String path) {
    return ABSOLUTE.matcher(path).matches();
  }

  static boolean between(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
