package io.lva.asset.store;

/**
 * One state of a file, such as an entity tag, a generation or a hash of the content. Used for
 * replacements that must not overwrite another state.
 *
 * <p>Immutable.
 *
 * @param tag whatever the store compares
 */
public record Version(String tag) {
  /** The version of a file that does not exist. */
  public static final Version ABSENT = new Version("");

  /**
   * Creates a version.
   *
   * @param tag whatever the store compares
   */
  public Version {}
}
