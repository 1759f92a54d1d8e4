package io.lva.graph;

/** How small a movement a motion detector still reports. */
public enum MotionSensitivity {
  /** Large movements only. */
  LOW,
  /** Medium and large movements. */
  MEDIUM,
  /** Small movements too. */
  HIGH
}
