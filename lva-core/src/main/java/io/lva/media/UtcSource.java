package io.lva.media;

/** Where the UTC of a time line comes from. The texts are part of the asset format. */
public enum UtcSource {
  /** The host's clock when packets arrived: exact but for the latency of camera and network. */
  ARRIVAL("arrival"),
  /** The camera's own clock, as its RTCP sender reports state it. */
  SENDER_REPORT("sender-report"),
  /** The first arrival, continued by the camera's media time; used for replay. */
  CAMERA("camera");

  private final String text;

  UtcSource(String text) {
    this.text = text;
  }

  /**
   * Returns the text of this source in files and in reports.
   *
   * @return the text: lower-case words with dashes
   */
  public String text() {
    return text;
  }

  /**
   * Finds a source by its text.
   *
   * @param text as {@link #text} returns it
   * @return the source
   * @throws IllegalArgumentException when no source has this text
   */
  public static UtcSource ofText(String text) {
    for (UtcSource source : values()) {
      if (source.text.equals(text)) {
        return source;
      }
    }
    throw new IllegalArgumentException("unknown UTC source '" + text + "'");
  }
}
