package io.lva.media;

import java.util.Locale;

/** Which part of the path noticed that media is missing. */
public enum GapOrigin {
  /** The source node. */
  SOURCE,
  /** The builder of parts, on the media loop. */
  MUXER,
  /** A queue: the one between media loop and writer lane, or the pre-roll of a signal gate. */
  QUEUE,
  /** The uploader. */
  UPLOADER,
  /** The runtime, at the end of a stream or when recorded media is gone. */
  RUNTIME,
  /** Recovery at the start of the process, or the repair of an asset. */
  START_UP;

  /**
   * Returns the text of this origin in the index and in reports.
   *
   * @return the text: lower-case words with dashes, such as {@code start-up}
   */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds an origin by its text.
   *
   * @param text as {@link #text} returns it
   * @return the origin
   * @throws IllegalArgumentException when no origin has this text
   */
  public static GapOrigin ofText(String text) {
    for (GapOrigin origin : values()) {
      if (origin.text().equals(text)) {
        return origin;
      }
    }
    throw new IllegalArgumentException("unknown gap origin '" + text + "'");
  }
}
