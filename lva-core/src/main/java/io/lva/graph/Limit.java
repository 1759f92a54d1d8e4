package io.lva.graph;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the contract says of a value beyond its type. Immutable.
 *
 * @param <T> type of the value
 * @param code of a value that breaks it
 * @param holds true for a value that keeps it
 * @param rule continues "must"
 */
record Limit<T>(ProblemCode code, Predicate<T> holds, String rule) {
  /** Resolved names of assets. */
  static final Pattern ASSET_NAME = Pattern.compile("^[^<>%&:\\\\/?*+.']{1,260}$");

  private static final Pattern ABSOLUTE = Pattern.compile("(/|[A-Za-z]:[\\\\/]|\\\\\\\\).*");
  private static final int MAXIMUM_PATH_LENGTH = 260;
  private static final int MAXIMUM_OUTPUT_NAME_LENGTH = 50;
  private static final Map<Property<?>, Limit<?>> LIMITS = limits();

  private static Map<Property<?>, Limit<?>> limits() {
    Map<Property<?>, Limit<?>> limits = new HashMap<>();
    assetSink(limits);
    fileSink(limits);
    gate(limits);
    processors(limits);
    return limits;
  }

  private static void assetSink(Map<Property<?>, Limit<?>> limits) {
    pattern(
        limits,
        AssetSink.ASSET_NAME_PATTERN,
        text -> ASSET_NAME.matcher(text).matches(),
        "match '" + ASSET_NAME + "' when it is resolved");
    range(
        limits,
        AssetSink.SEGMENT_LENGTH,
        length ->
            between(length, Duration.ofSeconds(30), Duration.ofMinutes(5))
                && length.getNano() == 0
                && length.getSeconds() % 30 == 0,
        "be 30 seconds to 5 minutes, in steps of 30 seconds");
    range(limits, AssetSink.CACHE_MAXIMUM_SIZE_MIB, size -> size >= 1, "be at least 1");
    pattern(limits, AssetSink.CACHE_PATH, path -> !path.isBlank(), "not be empty");
  }

  private static void fileSink(Map<Property<?>, Limit<?>> limits) {
    pattern(
        limits,
        FileSink.FILE_PATH_PATTERN,
        path -> absolute(path) && path.length() <= MAXIMUM_PATH_LENGTH,
        "be an absolute path of at most 260 characters");
    pattern(limits, FileSink.BASE_DIRECTORY_PATH, Limit::absolute, "be an absolute path");
    pattern(
        limits,
        FileSink.FILE_NAME_PATTERN,
        name -> !name.isBlank() && name.length() <= MAXIMUM_PATH_LENGTH,
        "have 1 to 260 characters");
    range(limits, FileSink.MAXIMUM_SIZE_MIB, size -> size >= 1, "be at least 1");
  }

  private static void gate(Map<Property<?>, Limit<?>> limits) {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    Duration hour = Duration.ofHours(1);
    range(
        limits,
        SignalGate.EVALUATION_WINDOW,
        window -> between(window, Duration.ZERO, Duration.ofSeconds(10)),
        "be 0 to 10 seconds");
    range(
        limits,
        SignalGate.SIGNAL_OFFSET,
        offset -> between(offset, minute.negated(), minute),
        "be -60 to 60 seconds");
    String activation = "be 1 second to 1 hour";
    range(limits, SignalGate.MINIMUM_TIME, time -> between(time, second, hour), activation);
    range(limits, SignalGate.MAXIMUM_TIME, time -> between(time, second, hour), activation);
  }

  private static void processors(Map<Property<?>, Limit<?>> limits) {
    range(limits, FrameRateFilter.MAXIMUM_FPS, fps -> fps >= 0.0001, "be at least 0.0001");
    range(
        limits,
        MotionDetection.EVENT_AGGREGATION_WINDOW,
        window -> !window.isNegative(),
        "not be negative");
    range(limits, ImageScale.WIDTH, width -> width >= 1, "be at least 1");
    range(limits, ImageScale.HEIGHT, height -> height >= 1, "be at least 1");
    range(limits, ImageFormat.QUALITY, q -> q >= 0 && q <= 100, "be 0 to 100");
    range(limits, GrpcDataTransfer.SHARED_MEMORY_SIZE_MIB, size -> size >= 1, "be at least 1");
    range(limits, SamplingOptions.MAXIMUM_PER_SECOND, rate -> rate >= 0, "not be negative");
    String name = "have 1 to 50 characters";
    pattern(limits, IotHubMessageSink.HUB_OUTPUT_NAME, Limit::outputName, name);
    pattern(limits, IotHubMessageSource.HUB_INPUT_NAME, input -> !input.isBlank(), "not be empty");
  }

  private static boolean outputName(String name) {
    return !name.isBlank() && name.length() <= MAXIMUM_OUTPUT_NAME_LENGTH;
  }

  private static boolean absolute(String path) {
    return ABSOLUTE.matcher(path).matches();
  }

  private static boolean between(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  private static <T> void range(
      Map<Property<?>, Limit<?>> limits,
      Property.Scalar<T> property,
      Predicate<T> holds,
      String rule) {
    limits.put(property, new Limit<>(ProblemCode.PROPERTY_VALUE_OUT_OF_RANGE, holds, rule));
  }

  private static void pattern(
      Map<Property<?>, Limit<?>> limits,
      Property.Scalar<String> property,
      Predicate<String> holds,
      String rule) {
    limits.put(property, new Limit<>(ProblemCode.PROPERTY_VALUE_INVALID_PATTERN, holds, rule));
  }

  /** Returns the limit that a known value breaks. */
  @SuppressWarnings("unchecked") // a limit was put with the type of its property
  static <T> Optional<Limit<T>> broken(Property<?> property, T value) {
    Limit<T> limit = (Limit<T>) LIMITS.get(property);
    return limit == null || limit.holds.test(value) ? Optional.empty() : Optional.of(limit);
  }

  /** Returns how many properties have a limit. */
  static Collection<Property<?>> properties() {
    return LIMITS.keySet();
  }
}
