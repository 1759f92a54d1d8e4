package io.lva.runtime;

/** The state of an instance in its life cycle. An instance stays active while its camera is off. */
public enum InstanceState {
  /**
   * It may be changed. Its nodes do nothing, except that sinks may still write what they had not
   * finished at the deadline of the deactivation.
   */
  INACTIVE("Inactive"),
  /** Its nodes are being made and started. */
  ACTIVATING("Activating"),
  /** Its nodes are at work. */
  ACTIVE("Active"),
  /** Its sinks are writing out what they still hold. */
  DEACTIVATING("Deactivating");

  private final String text;

  InstanceState(String text) {
    this.text = text;
  }

  /**
   * Returns the text of the state in JSON and in messages.
   *
   * @return the text, such as {@code Inactive}
   */
  public String text() {
    return text;
  }
}
