package io.lva.event;

/**
 * Takes the events of a runtime, or of an instance.
 *
 * <p>Called on one thread of its own, one event at a time and in the order in which they happened.
 * It may take its time: media does not wait for it. When more events wait than the queue holds, the
 * least important and oldest are lost and counted, diagnostics before operational events.
 */
@FunctionalInterface
public interface EventListener {
  /**
   * Takes the next event.
   *
   * @param event what happened, where and when
   */
  void event(EventRecord event);
}
