package io.lva.spi;

import io.lva.media.MediaEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The message inputs of a runtime, by name: messages from outside go in here, and come out at the
 * message sources of all graphs that name the input. Obtained from {@code
 * MediaRuntime.messageInputs()}.
 *
 * <p>Thread-safe.
 */
public final class MessageInputs implements AutoCloseable {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Creates inputs that nobody listens to. */
  public MessageInputs() {}

  /** A handle that ends the delivery to one listener. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    /** Ends the delivery; may be called more than once. */
    @Override
    void close();
  }

  private record Listener(String input, Consumer<MediaEvent.Message> consumer) {}

  /**
   * Listens to an input.
   *
   * @param input its name
   * @param listener called on the thread of {@link #deliver}; must not block
   * @return a handle that ends the delivery
   */
  public Subscription subscribe(String input, Consumer<MediaEvent.Message> listener) {
    Listener added = new Listener(input, listener);
    listeners.add(added);
    return () -> listeners.remove(added);
  }

  /**
   * Delivers a message.
   *
   * @param input name of the input that the message is for
   * @param message the message
   * @return the number of listeners that received it, 0 or more
   */
  public int deliver(String input, MediaEvent.Message message) {
    int taken = 0;
    for (Listener listener : listeners) {
      if (listener.input().equals(input)) {
        listener.consumer().accept(message);
        taken++;
      }
    }
    return taken;
  }

  /** Ends delivery to all listeners. */
  @Override
  public void close() {
    listeners.clear();
  }
}
