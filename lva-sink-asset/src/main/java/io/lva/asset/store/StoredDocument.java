package io.lva.asset.store;

/**
 * A small file, read whole.
 *
 * @param content its bytes, which must not be changed; empty when there is no such file
 * @param version its state, or {@link Version#ABSENT}
 */
@SuppressWarnings(
    "ArrayRecordComponent") // compared by nobody; copying megabytes of index would cost
public record StoredDocument(byte[] content, Version version) {
  /** The document of a file that does not exist. */
  public static final StoredDocument ABSENT = new StoredDocument(new byte[0], Version.ABSENT);

  /**
   * Creates a document.
   *
   * @param content its bytes
   * @param version its state
   */
  public StoredDocument {}

  /**
   * Returns whether the file exists.
   *
   * @return false for {@link #ABSENT}
   */
  public boolean exists() {
    return !version.equals(Version.ABSENT);
  }
}
