package io.lva.graph;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Records media to an asset.
 *
 * <p>Immutable.
 */
public final class AssetSink extends PropertyObject implements NodeSpec.Sink<MediaOutput> {
  /** How long segments are when the topology does not say. */
  public static final Duration DEFAULT_SEGMENT_LENGTH = Duration.ofSeconds(30);

  /** Matches the resolved name of an asset. */
  static final Pattern ASSET_NAME = Pattern.compile("^[^<>%&:\\\\/?*+.']{1,260}$");

  private static final Pattern NOT_IN_ASSET_NAMES = Pattern.compile("[<>%&:\\\\/?*+.']");

  static final Property.Scalar<String> ASSET_NAME_PATTERN =
      Property.required("assetNamePattern", ValueTypes.TEXT)
          .matching(
              text -> ASSET_NAME.matcher(text).matches(),
              "match '" + ASSET_NAME + "' when it is resolved");
  static final Property.Scalar<Duration> SEGMENT_LENGTH =
      Property.optional("segmentLength", ValueTypes.DURATION)
          .limited(
              AssetSink::isSegmentLength, "be 30 seconds to 5 minutes, in steps of 30 seconds");
  static final Property.Scalar<Long> CACHE_MAXIMUM_SIZE_MIB =
      Property.optional("localMediaCacheMaximumSizeMiB", ValueTypes.WHOLE)
          .requiredOfClients()
          .formerly("localMediaCacheMaximumSizeMb")
          .limited(size -> size >= 1, "be at least 1");
  static final Property.Scalar<String> CACHE_PATH =
      Property.optional("localMediaCachePath", ValueTypes.TEXT)
          .requiredOfClients()
          .matching(path -> !path.isBlank(), "not be empty");
  static final ObjectType<AssetSink> TYPE =
      ObjectType.named(
              "AssetSink",
              AssetSink::new,
              ASSET_NAME_PATTERN,
              SEGMENT_LENGTH,
              CACHE_MAXIMUM_SIZE_MIB,
              CACHE_PATH)
          .node(
              NodeTraits.sink()
                  .taking(StreamKind.VIDEO, StreamKind.AUDIO)
                  .following(
                      "an RTSP source or a signal gate",
                      "#Microsoft.Media.MediaGraphRtspSource",
                      "#Microsoft.Media.MediaGraphSignalGateProcessor")
                  .atMostOne("one asset sink", Versions.ONLY_1_0)
                  .placed(AssetSink::besideFileSink))
          .rule(AssetSink::checkName);

  private AssetSink(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates a sink.
   *
   * @param assetNamePattern name of the asset; may hold {@code ${name}}, as in {@code
   *     cam-${System.DateTime}}. When resolved it must have 1 to 260 characters, none of them
   *     {@code < > % & : \ / ? * + . '}. Recordings with the same name append to the same asset
   * @return the sink
   */
  public static AssetSink named(String assetNamePattern) {
    return named(Value.parse(assetNamePattern, ValueTypes.TEXT));
  }

  /**
   * Creates a sink.
   *
   * @param assetNamePattern the parameter whose value is the name of the asset
   * @return the sink
   */
  public static AssetSink named(Parameter<String> assetNamePattern) {
    return named(assetNamePattern.as(ValueTypes.TEXT));
  }

  /**
   * Creates a sink.
   *
   * @param assetNamePattern name of the asset
   * @return the sink
   */
  public static AssetSink named(Value<String> assetNamePattern) {
    return new AssetSink(Settings.empty().with(ASSET_NAME_PATTERN, assetNamePattern));
  }

  /**
   * Returns a copy with another segment length.
   *
   * @param length 30 seconds to 5 minutes, in steps of 30 seconds
   * @return the copy
   */
  public AssetSink segmentLength(Duration length) {
    return segmentLength(Value.of(length));
  }

  /**
   * Returns a copy with another segment length.
   *
   * @param length 30 seconds to 5 minutes, in steps of 30 seconds
   * @return the copy
   */
  public AssetSink segmentLength(Value<Duration> length) {
    return new AssetSink(settings().with(SEGMENT_LENGTH, length));
  }

  /**
   * Returns a copy with a folder for media that is not yet in the asset.
   *
   * @param path the folder, not blank; may hold {@code ${name}}
   * @param maximumSizeMiB how much it may hold, in units of 1024 x 1024 bytes; at least 1
   * @return the copy
   */
  public AssetSink localCache(String path, long maximumSizeMiB) {
    return localCache(Value.parse(path, ValueTypes.TEXT), Value.of(maximumSizeMiB));
  }

  /**
   * Returns a copy with a folder for media that is not yet in the asset.
   *
   * @param path the folder, not blank
   * @param maximumSizeMiB how much it may hold, in units of 1024 x 1024 bytes; at least 1
   * @return the copy
   */
  public AssetSink localCache(Value<String> path, Value<Long> maximumSizeMiB) {
    return new AssetSink(
        settings().with(CACHE_MAXIMUM_SIZE_MIB, maximumSizeMiB).with(CACHE_PATH, path));
  }

  /**
   * Returns the name of the asset.
   *
   * @return the name, to be resolved when a recording starts
   * @throws IllegalStateException when it is missing, which {@link TopologyRules} reports
   */
  public Value<String> assetNamePattern() {
    return require(ASSET_NAME_PATTERN);
  }

  /**
   * Returns how long segments are.
   *
   * @return the length; 30 seconds when not set
   */
  public Value<Duration> segmentLength() {
    return valueOr(SEGMENT_LENGTH, DEFAULT_SEGMENT_LENGTH);
  }

  /**
   * Returns the folder for media that is not yet in the asset.
   *
   * @return the folder, or empty when the runtime is to choose
   */
  public Optional<Value<String>> localMediaCachePath() {
    return find(CACHE_PATH);
  }

  /**
   * Returns how much media the folder of {@link #localMediaCachePath} may hold.
   *
   * @return the size in units of 1024 x 1024 bytes; empty when the runtime is to choose
   */
  public Optional<Value<Long>> localMediaCacheMaximumSizeMiB() {
    return find(CACHE_MAXIMUM_SIZE_MIB);
  }

  @Override
  public String type() {
    return TYPE.name();
  }

  private static boolean isSegmentLength(Duration length) {
    return Limit.between(length, Duration.ofSeconds(30), Duration.ofMinutes(5))
        && length.getNano() == 0
        && length.getSeconds() % 30 == 0;
  }

  /** Checks the part of the name that is known before it is resolved. */
  private static void checkName(AssetSink sink, ObjectRule.Report report) {
    if (!(sink.find(ASSET_NAME_PATTERN).orElse(null) instanceof Value.Template<String> template)) {
      return;
    }
    String text = template.text();
    boolean precise = Placeholders.names(text).contains(SystemVariables.PRECISE_DATE_TIME);
    String known = Placeholders.matcher(text).replaceAll("");
    if (precise || NOT_IN_ASSET_NAMES.matcher(known).find() || known.length() > 260) {
      report.add(
          ProblemCode.PROPERTY_VALUE_INVALID_PATTERN,
          ASSET_NAME_PATTERN.name(),
          "'assetNamePattern' must match '"
              + ASSET_NAME
              + "' when it is resolved"
              + (precise ? "; the value of ${System.PreciseDateTime} contains a dot." : "."));
    }
  }

  private static void besideFileSink(
      PlacedNode sink, ApiVersion version, GraphShape shape, Findings findings) {
    if (version == ApiVersion.V1_0
        && !shape.of(FileSink.TYPE).isEmpty()
        && shape.upstream(sink).stream().anyMatch(PlacedNode::isCamera)) {
      findings.add(
          ProblemCode.GRAPH_VALIDATION,
          sink.path(".inputs"),
          sink + " must follow a signal gate when the graph has a file sink too.");
    }
  }
}
