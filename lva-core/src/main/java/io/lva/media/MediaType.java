package io.lva.media;

/** The top-level type of a track's media (RFC 6838 section 4.2). */
public enum MediaType {
  /** Pictures. */
  VIDEO("video"),
  /** Sound. */
  AUDIO("audio"),
  /** Anything else that is timed, such as ONVIF metadata. */
  APPLICATION("application");

  private final String text;

  MediaType(String text) {
    this.text = text;
  }

  /**
   * Returns the registered spelling, as SDP and output selectors write it.
   *
   * @return the spelling in lower case
   */
  public String text() {
    return text;
  }
}
