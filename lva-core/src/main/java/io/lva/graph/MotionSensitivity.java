package io.lva.graph;

/** How little movement a motion detector reports. */
public enum MotionSensitivity {
  /** Much movement only. */
  LOW,
  /** In between. */
  MEDIUM,
  /** Little movement too. */
  HIGH
}
