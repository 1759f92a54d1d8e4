package io.lva.graph;

import java.util.Optional;

/** A version of the contract: topologies say which one they are written in. */
public enum ApiVersion {
  /** May 2020. */
  V1_0("1.0"),
  /** December 2020. */
  V2_0("2.0");

  private final String text;

  ApiVersion(String text) {
    this.text = text;
  }

  /**
   * Returns the value of {@code @apiVersion}.
   *
   * @return the value, such as {@code 2.0}
   */
  public String text() {
    return text;
  }

  /**
   * Finds a version.
   *
   * @param text as in {@code @apiVersion}, such as {@code 2.0} or {@code 2}; spaces around it are
   *     ignored
   * @return the version, or empty when this library does not know it
   */
  public static Optional<ApiVersion> of(String text) {
    return switch (text.trim()) {
      case "1.0", "1" -> Optional.of(V1_0);
      case "2.0", "2" -> Optional.of(V2_0);
      default -> Optional.empty();
    };
  }
}
