package io.lva.rtp.payload;

/** Where the parameter sets of a track were found. */
public enum ParameterSetOrigin {
  /** Nowhere yet. */
  NONE("none"),
  /** In the session description. */
  SDP("sdp"),
  /** In the stream. */
  IN_BAND("in-band");

  private final String text;

  ParameterSetOrigin(String text) {
    this.text = text;
  }

  /**
   * Returns the text of this origin in reports.
   *
   * @return lower-case words joined by hyphens, such as {@code in-band}
   */
  public String text() {
    return text;
  }
}
