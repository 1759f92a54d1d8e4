package io.lva.playback.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Derives names from content, for the header {@code ETag} (RFC 9110 section 8.8.3). */
public final class EntityTag {
  private static final int BYTES = 12;

  private EntityTag() {}

  /**
   * Names content.
   *
   * @param content all of it
   * @return a strong tag, in quotation marks
   */
  public static String of(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
