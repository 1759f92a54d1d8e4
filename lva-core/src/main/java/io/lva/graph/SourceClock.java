package io.lva.graph;

/** Whose clock a source follows. */
public enum SourceClock {
  /** The host's clock: the source is a live camera, and is never held back. */
  LIVE,
  /**
   * The camera's clock: the source replays media, may be faster than real time, and is held back
   * when the sinks are slow.
   */
  CAMERA
}
