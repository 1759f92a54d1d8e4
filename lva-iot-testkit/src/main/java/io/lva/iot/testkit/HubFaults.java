package io.lva.iot.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.atomic.AtomicInteger;

/** Faults that the emulated hub shows until they are switched off. Thread-safe. */
public final class HubFaults {
  private volatile int connectReturnCode;
  private volatile boolean withholdPubacks;
  private volatile boolean acceptThenClose;
  private volatile boolean wrongCertificate;
  private volatile boolean loseTwinAnswers;
  private final AtomicInteger lostTwinAnswers = new AtomicInteger();

  @GuardedBy("this")
  private boolean frozen;

  HubFaults() {}

  /**
   * Refuses every connection.
   *
   * @param code of CONNACK, such as 3, 4 or 5; 0 to accept again
   */
  public void connectReturnCode(int code) {
    connectReturnCode = code;
  }

  /**
   * Leaves the messages that modules publish unacknowledged.
   *
   * @param on true to begin, false to end
   */
  public void withholdPubacks(boolean on) {
    withholdPubacks = on;
  }

  /**
   * Accepts connections and closes them before TLS begins, as a container's port proxy does while
   * the hub in it starts.
   *
   * @param on true to begin, false to end
   */
  public void acceptThenClose(boolean on) {
    acceptThenClose = on;
  }

  /**
   * Presents a certificate that no module trusts.
   *
   * @param on true to begin, false to end
   */
  public void wrongCertificate(boolean on) {
    wrongCertificate = on;
  }

  /**
   * Ignores requests for twins, and reported properties.
   *
   * @param on true to begin, false to end
   */
  public void loseTwinAnswers(boolean on) {
    loseTwinAnswers = on;
  }

  /**
   * Returns how many requests for twins, and reports of properties, were ignored.
   *
   * @return the count since the start
   */
  public int lostTwinAnswers() {
    return lostTwinAnswers.get();
  }

  /**
   * Accepts connections but handles no packet, neither on them nor on existing ones: nothing is
   * answered and nothing is closed.
   *
   * @param on true to begin, false to end
   */
  public synchronized void freeze(boolean on) {
    frozen = on;
    notifyAll();
  }

  int connectReturnCode() {
    return connectReturnCode;
  }

  boolean withholdPubacks() {
    return withholdPubacks;
  }

  boolean acceptThenClose() {
    return acceptThenClose;
  }

  boolean wrongCertificate() {
    return wrongCertificate;
  }

  boolean loseTwinAnswers() {
    return loseTwinAnswers;
  }

  void countLostTwinAnswer() {
    lostTwinAnswers.incrementAndGet();
  }

  synchronized void awaitThaw() throws InterruptedException {
    while (frozen) {
      wait();
    }
  }
}
