package io.lva.graph;

/** What can flow along a connection. */
public enum StreamKind {
  /** Pictures. */
  VIDEO("video"),
  /** Sound. */
  AUDIO("audio"),
  /** Timed data of the camera, such as ONVIF metadata. */
  METADATA("application"),
  /** What nodes found or were told: {@link io.lva.media.MediaEvent}. */
  EVENTS("application");

  private final String mediaType;

  StreamKind(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Returns the media type by which an output selector chooses such a stream. */
  String mediaType() {
    return mediaType;
  }
}
