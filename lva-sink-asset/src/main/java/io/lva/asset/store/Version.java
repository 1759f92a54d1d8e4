package io.lva.asset.store;

/**
 * One state of a file, for a replacement that must not overwrite another one: an entity tag, a
 * generation, or a hash of the content.
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
