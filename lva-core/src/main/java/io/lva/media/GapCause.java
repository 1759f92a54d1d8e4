package io.lva.media;

/** Why media is missing, or why a stream ended. The texts are part of the asset format. */
public enum GapCause {
  /** The camera could not be connected to or made to play, or the connection broke. */
  CAMERA_UNREACHABLE("camera-unreachable"),
  /** The camera refused the credentials. */
  AUTHENTICATION("authentication"),
  /** The camera ended the stream. */
  STREAM_ENDED("stream-ended"),
  /** The connection is up but carries no media that can be used. */
  NO_MEDIA("no-media"),
  /** Packets were lost between camera and recorder, or what they carried cannot be used. */
  PACKET_LOSS("packet-loss"),
  /** Samples came, but none at which decoding can start. */
  WAITING_FOR_SYNC("waiting-for-sync"),
  /** The camera changed its codec parameters. */
  FORMAT_CHANGE("format-change"),
  /** The clock of the host or of the camera jumped. */
  CLOCK_STEP("clock-step"),
  /** Media was dropped because a sink could not keep up or the memory for media was used up. */
  BACKPRESSURE("backpressure"),
  /** The volume is full. */
  DISK_FULL("disk-full"),
  /** The store failed, or media in it was found missing or damaged. */
  STORAGE_ERROR("storage-error"),
  /** The local cache was full and its oldest media was dropped. */
  CACHE_OVERFLOW("cache-overflow"),
  /** The retention rule deleted the media. */
  RETENTION("retention"),
  /** The media came too late for its place on the time line. */
  LATE("late"),
  /** The signal gate was closed. */
  GATE_CLOSED("gate-closed"),
  /** Somebody deactivated the instance, or closed the engine or runtime that ran it. */
  OPERATOR("operator"),
  /** A node between camera and sink failed and was detached. */
  NODE_FAILED("node-failed"),
  /** The recording process was not running. */
  PROCESS_STOPPED("process-stopped");

  private final String text;

  GapCause(String text) {
    this.text = text;
  }

  /**
   * Returns the text of this cause in the index, in files and in reports.
   *
   * @return the text: lower-case words with dashes
   */
  public String text() {
    return text;
  }

  /**
   * Finds a cause by its text.
   *
   * @param text as {@link #text} returns it
   * @return the cause
   * @throws IllegalArgumentException when no cause has this text
   */
  public static GapCause ofText(String text) {
    for (GapCause cause : values()) {
      if (cause.text.equals(text)) {
        return cause;
      }
    }
    throw new IllegalArgumentException("unknown gap cause '" + text + "'");
  }
}
