package io.lva.graph;

/** How little movement a motion detector reports. */
public enum MotionSensitivity {
  /** Large movements only. */
  LOW,
  /** Medium and large movements. */
  MEDIUM,
  /** Small movements too. */
  HIGH
}
