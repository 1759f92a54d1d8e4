package io.lva.asset.store;

/** Where the UTC of a run comes from. The texts are part of the format. */
public enum UtcSource {
  /** The host's clock when media arrived. */
  ARRIVAL("arrival"),
  /** The camera's RTCP sender reports. */
  SENDER_REPORT("sender-report"),
  /** The camera's own time stamps. */
  CAMERA("camera");

  private final String text;

  UtcSource(String text) {
    this.text = text;
  }

  /**
   * Returns the text of this source in files.
   *
   * @return lower-case words with dashes
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
    throw new IllegalArgumentException("unknown source of UTC '" + text + "'");
  }
}
