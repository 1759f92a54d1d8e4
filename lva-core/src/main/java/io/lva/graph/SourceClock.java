package io.lva.graph;

/** Whose clock a source follows. */
public enum SourceClock {
  /** The host: the source is a camera, and is never held back. */
  LIVE,
  /**
   * The camera: the source replays, may be faster than real time, and is held back when the sinks
   * are slow.
   */
  CAMERA
}
