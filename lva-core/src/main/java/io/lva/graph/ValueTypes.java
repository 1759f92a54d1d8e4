package io.lva.graph;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** The value types of the contract. Immutable. */
public final class ValueTypes {
  /** Any text. */
  public static final ValueType<String> TEXT = new TextType();

  /** A text that is never printed. */
  public static final ValueType<Secret> SECRET = new SecretType();

  /** A URL with scheme and host. */
  public static final ValueType<EndpointUrl> URL = new UrlType();

  /**
   * A duration in the form of ISO 8601, such as {@code PT30S} or {@code -PT5S}, of at most 365,000
   * days in either direction; or {@code 0}.
   */
  public static final ValueType<Duration> DURATION = new DurationType();

  /** A whole number of 32 bits. */
  public static final ValueType<Integer> INTEGER = new IntegerType();

  /** A whole number of 64 bits. */
  public static final ValueType<Long> WHOLE = new WholeType();

  /** A finite 64-bit floating-point number. */
  public static final ValueType<Double> DECIMAL = new DecimalType();

  /** {@code true} or {@code false}, in any letter case. */
  public static final ValueType<Boolean> BOOLEAN = new BooleanType();

  private ValueTypes() {}

  /**
   * Returns the type of an enumeration: the text is the constant in upper camel case, read without
   * regard to case, such as {@code PreserveAspectRatio}.
   *
   * @param <E> the enumeration
   * @param type its class
   * @return its value type
   */
  public static <E extends Enum<E>> ValueType<E> of(Class<E> type) {
    return new EnumType<>(type);
  }

  /** Returns a constant in upper camel case: {@code PreserveAspectRatio}, as in the contract. */
  static String camel(Enum<?> constant) {
    StringBuilder text = new StringBuilder();
    for (String word : constant.name().split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private record TextType() implements ValueType<String> {
    @Override
    public String parse(String text) {
      return text;
    }
  }

  private record SecretType() implements ValueType<Secret> {
    @Override
    public Secret parse(String text) {
      return Secret.of(text);
    }

    @Override
    public String format(Secret value) {
      return value.reveal();
    }

    @Override
    public boolean secret() {
      return true;
    }
  }

  private record UrlType() implements ValueType<EndpointUrl> {
    @Override
    public EndpointUrl parse(String text) {
      return EndpointUrl.parse(text);
    }

    @Override
    public String format(EndpointUrl value) {
      return value.reveal();
    }
  }

  private record DurationType() implements ValueType<Duration> {
    /** Bounded so that no duration overflows when it is negated or added to a time. */
    private static final Duration LONGEST = Duration.ofDays(365_000);

    @Override
    public Duration parse(String text) {
      String trimmed = text.trim();
      if (trimmed.equals("0")) {
        return Duration.ZERO; // the published default of eventAggregationWindow
      }
      try {
        Duration duration = Duration.parse(trimmed);
        if (duration.abs().compareTo(LONGEST) <= 0) {
          return duration;
        }
      } catch (DateTimeParseException | ArithmeticException e) {
        throw new IllegalArgumentException("not an ISO 8601 duration such as PT30S", e);
      }
      throw new IllegalArgumentException("a duration of more than 1000 years");
    }

    /** Writes the sign in front: only Java understands {@code PT-5S}. */
    @Override
    public String format(Duration value) {
      return value.isNegative() ? "-" + value.negated() : value.toString();
    }
  }

  private record IntegerType() implements ValueType<Integer> {
    @Override
    public Integer parse(String text) {
      try {
        return Integer.valueOf(text.trim());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("not a whole number of 32 bits", e);
      }
    }
  }

  private record WholeType() implements ValueType<Long> {
    @Override
    public Long parse(String text) {
      try {
        return Long.valueOf(text.trim());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("not a whole number", e);
      }
    }
  }

  private record DecimalType() implements ValueType<Double> {
    /** Stricter than {@link Double#parseDouble}, which also takes {@code 1f} and {@code 0x1p3}. */
    private static final Pattern NUMBER =
        Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    @Override
    public Double parse(String text) {
      String number = text.trim();
      if (!NUMBER.matcher(number).matches()) {
        throw new IllegalArgumentException("not a number");
      }
      double value = Double.parseDouble(number);
      if (Double.isFinite(value)) {
        return value;
      }
      throw new IllegalArgumentException("not a finite number");
    }

    @Override
    public String format(Double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? String.valueOf(Math.round(value))
          : value.toString();
    }
  }

  private record BooleanType() implements ValueType<Boolean> {
    @Override
    public Boolean parse(String text) {
      return switch (text.trim().toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("neither true nor false");
      };
    }
  }

  private record EnumType<E extends Enum<E>>(Class<E> type) implements ValueType<E> {
    EnumType {
      Objects.requireNonNull(type);
    }

    @Override
    public E parse(String text) {
      StringJoiner known = new StringJoiner(", ");
      for (E constant : type.getEnumConstants()) {
        if (camel(constant).equalsIgnoreCase(text.trim())) {
          return constant;
        }
        known.add(camel(constant));
      }
      throw new IllegalArgumentException("not one of " + known);
    }

    @Override
    public String format(E value) {
      return camel(value);
    }
  }
}
