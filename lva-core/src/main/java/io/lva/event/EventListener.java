package io.lva.event;

/**
 * Receives the events of a runtime, or of an instance.
 *
 * <p>Each listener is called on a thread of its own, with one event at a time, in the order in
 * which the events happened. It may take its time: media does not wait for it. An exception that it
 * throws is logged, and the next events still reach it. When the queue is full, the oldest waiting
 * event of the least important {@linkplain EventClass class} is lost and counted. A runtime that
 * closes waits up to 5 s for each listener to take what is queued, then interrupts its thread.
 */
@FunctionalInterface
public interface EventListener {
  /**
   * Receives the next event.
   *
   * @param event what happened, where and when
   */
  void event(EventRecord event);
}
