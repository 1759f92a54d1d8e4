package io.lva.graph;

import java.util.Optional;

/**
 * Records to MP4 files, one for each time the gate before it opens.
 *
 * <p>Version 1.0 has one pattern for the whole path; version 2.0 has a folder, a pattern for the
 * name and a limit.
 *
 * <p>Immutable.
 */
public final class FileSink extends PropertyObject implements NodeSpec.Sink<MediaOutput> {
  private static final int MAXIMUM_PATH_LENGTH = 260;

  static final Property.Scalar<String> FILE_PATH_PATTERN =
      Property.required("filePathPattern", ValueTypes.TEXT)
          .only1()
          .matching(
              path -> Limit.absolutePath(path) && path.length() <= MAXIMUM_PATH_LENGTH,
              "be an absolute path of at most 260 characters");
  static final Property.Scalar<String> BASE_DIRECTORY_PATH =
      Property.required("baseDirectoryPath", ValueTypes.TEXT)
          .since2()
          .matching(Limit::absolutePath, "be an absolute path");
  static final Property.Scalar<String> FILE_NAME_PATTERN =
      Property.required("fileNamePattern", ValueTypes.TEXT)
          .since2()
          .matching(
              name -> !name.isBlank() && name.length() <= MAXIMUM_PATH_LENGTH,
              "have 1 to 260 characters");
  static final Property.Scalar<Long> MAXIMUM_SIZE_MIB =
      Property.required("maximumSizeMiB", ValueTypes.WHOLE)
          .since2()
          .limited(size -> size >= 1, "be at least 1");
  static final ObjectType<FileSink> TYPE =
      ObjectType.named(
              "FileSink",
              FileSink::new,
              FILE_PATH_PATTERN,
              BASE_DIRECTORY_PATH,
              FILE_NAME_PATTERN,
              MAXIMUM_SIZE_MIB)
          .node(
              NodeTraits.sink()
                  .taking(StreamKind.VIDEO, StreamKind.AUDIO)
                  .following("a signal gate", "#Microsoft.Media.MediaGraphSignalGateProcessor")
                  .atMostOne("one file sink", Versions.ONLY_1_0));

  private FileSink(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates a sink of version 2.0.
   *
   * @param baseDirectoryPath absolute; may hold {@code ${name}}
   * @param fileNamePattern 1 to 260 characters, without {@code .mp4}; may hold {@code ${name}}, as
   *     in {@code gate-${System.DateTime}}
   * @param maximumSizeMiB how much this sink's files may hold together, in units of 1024 x 1024
   *     bytes, at least 1; beyond that, the oldest are deleted
   * @return the sink
   */
  public static FileSink in(String baseDirectoryPath, String fileNamePattern, long maximumSizeMiB) {
    return in(
        Value.parse(baseDirectoryPath, ValueTypes.TEXT),
        Value.parse(fileNamePattern, ValueTypes.TEXT),
        Value.of(maximumSizeMiB));
  }

  /**
   * Creates a sink of version 2.0.
   *
   * @param baseDirectoryPath absolute
   * @param fileNamePattern 1 to 260 characters, without {@code .mp4}
   * @param maximumSizeMiB how much this sink's files may hold together, in units of 1024 x 1024
   *     bytes, at least 1; beyond that, the oldest are deleted
   * @return the sink
   */
  public static FileSink in(
      Value<String> baseDirectoryPath, Value<String> fileNamePattern, Value<Long> maximumSizeMiB) {
    return new FileSink(
        Settings.empty()
            .with(BASE_DIRECTORY_PATH, baseDirectoryPath)
            .with(FILE_NAME_PATTERN, fileNamePattern)
            .with(MAXIMUM_SIZE_MIB, maximumSizeMiB));
  }

  /**
   * Creates a sink of version 1.0.
   *
   * @param filePathPattern absolute, at most 260 characters, without {@code .mp4}; may hold {@code
   *     ${name}}
   * @return the sink
   */
  public static FileSink path(String filePathPattern) {
    return new FileSink(
        Settings.empty().with(FILE_PATH_PATTERN, Value.parse(filePathPattern, ValueTypes.TEXT)));
  }

  /**
   * Returns a sink of version 1.0 in the form of version 2.0: the path is split at its last slash
   * or backslash. If it has neither, the folder is empty, which is not valid.
   *
   * @param maximumSizeMiB the limit, which version 1.0 does not have, in units of 1024 x 1024
   *     bytes; at least 1
   * @return the sink; this one when it already has that form
   */
  public FileSink toVersion2(long maximumSizeMiB) {
    Optional<String> path = filePathPattern().map(pattern -> Value.text(pattern, ValueTypes.TEXT));
    if (path.isEmpty()) {
      return this;
    }
    String text = path.get();
    int slash = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
    boolean root = slash == 0 || (slash > 0 && text.charAt(slash - 1) == ':');
    String folder = text.substring(0, root ? slash + 1 : Math.max(slash, 0));
    return in(folder, text.substring(slash + 1), maximumSizeMiB);
  }

  /**
   * Returns the pattern for the whole path, in version 1.0.
   *
   * @return the absolute pattern, without {@code .mp4}; empty for a sink of version 2.0
   */
  public Optional<Value<String>> filePathPattern() {
    return find(FILE_PATH_PATTERN);
  }

  /**
   * Returns the folder of the files, in version 2.0.
   *
   * @return the absolute path of the folder; empty for a sink of version 1.0
   */
  public Optional<Value<String>> baseDirectoryPath() {
    return find(BASE_DIRECTORY_PATH);
  }

  /**
   * Returns the pattern for file names, in version 2.0.
   *
   * @return the pattern, without {@code .mp4}; empty for a sink of version 1.0
   */
  public Optional<Value<String>> fileNamePattern() {
    return find(FILE_NAME_PATTERN);
  }

  /**
   * Returns how much the files of this sink may hold together.
   *
   * @return the size in units of 1024 x 1024 bytes; empty for no limit
   */
  public Optional<Value<Long>> maximumSizeMiB() {
    return find(MAXIMUM_SIZE_MIB);
  }

  @Override
  public String type() {
    return TYPE.name();
  }
}
