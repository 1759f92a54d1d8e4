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

  /** Returns what an output selector calls it. */
  String mediaType() {
    return mediaType;
  }
}
