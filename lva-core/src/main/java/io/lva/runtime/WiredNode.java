package io.lva.runtime;

import io.lva.media.EventConsumer;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.MediaEvent;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.spi.Inlet;
import io.lva.spi.MediaLoop;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The output of a node, with the connections that lead from it, and the fault boundary around the
 * node. A connection passes the tracks that its output selectors choose. A node that throws when it
 * is called through a connection is detached: it gets no further call, the nodes after it get the
 * end of its stream, and neither the caller nor the caller's other connections are affected.
 *
 * <p>Passing a sample on costs a bit test per connection, and allocates nothing.
 *
 * <p>Confined to its media loop; connected before media flows. What a node sends from another
 * thread, for example while it is stopped, is passed on to the loop, except for samples: their data
 * is valid only during the call, so they must be sent on the loop.
 */
final class WiredNode implements SampleConsumer, EventConsumer {
  private final MediaLoop loop;
  private final Consumer<Throwable> onFailure;
  private Connection[] connections = {};
  private boolean detached;
  private boolean closed;

  /**
   * Creates a node that nobody listens to.
   *
   * @param loop the thread of all calls
   * @param onFailure called when the node is detached, at most once
   */
  WiredNode(MediaLoop loop, Consumer<Throwable> onFailure) {
    this.loop = loop;
    this.onFailure = onFailure;
  }

  /**
   * Adds a connection.
   *
   * @param selector which tracks pass; null for all
   * @param target the node that the connection leads to
   * @param inlet of that node
   */
  void connect(@Nullable Predicate<Track> selector, WiredNode target, Inlet inlet) {
    Connection[] more = Arrays.copyOf(connections, connections.length + 1);
    more[connections.length] = new Connection(selector, target, inlet);
    connections = more;
  }

  @Override
  public void tracks(TrackSet tracks) {
    if (!loop.inLoop()) {
      loop.execute(() -> tracks(tracks));
      return;
    }
    for (int i = 0; i < open(); i++) {
      connections[i].tracks(tracks);
    }
  }

  @Override
  public void utcSource(UtcSource source, long errorNanos) {
    if (!loop.inLoop()) {
      loop.execute(() -> utcSource(source, errorNanos));
      return;
    }
    for (int i = 0; i < open(); i++) {
      connections[i].utcSource(source, errorNanos);
    }
  }

  @Override
  public void sample(Sample sample) {
    loop.assertInLoop();
    for (int i = 0; i < open(); i++) {
      connections[i].sample(sample);
    }
  }

  @Override
  public void gapOpened(Gap gap) {
    if (!loop.inLoop()) {
      loop.execute(() -> gapOpened(gap));
      return;
    }
    for (int i = 0; i < open(); i++) {
      connections[i].gapOpened(gap);
    }
  }

  @Override
  public void gapClosed(Gap gap) {
    if (!loop.inLoop()) {
      loop.execute(() -> gapClosed(gap));
      return;
    }
    for (int i = 0; i < open(); i++) {
      connections[i].gapClosed(gap);
    }
  }

  @Override
  public void end(GapCause cause) {
    if (!loop.inLoop()) {
      loop.execute(() -> end(cause));
      return;
    }
    for (int i = 0; i < open(); i++) {
      connections[i].end(cause);
    }
  }

  @Override
  public boolean hasRoom() {
    loop.assertInLoop();
    for (int i = 0; i < open(); i++) {
      if (!connections[i].hasRoom()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void event(MediaEvent event) {
    if (!loop.inLoop()) {
      loop.execute(() -> event(event));
      return;
    }
    for (int i = 0; i < open(); i++) {
      connections[i].event(event);
    }
  }

  /** Runs a call that does not come through a connection, within the node's fault boundary. */
  void guard(Runnable call) {
    if (!detached) {
      try {
        call.run();
      } catch (Throwable e) {
        detach(e);
      }
    }
  }

  /**
   * Blocks all further input, because the node is about to be stopped. What the node itself sends
   * still passes.
   */
  void detachInlets() {
    closed = true;
  }

  private boolean takes() {
    return !detached && !closed;
  }

  /** Returns how many connections may be called: none, once this node is detached. */
  private int open() {
    return detached ? 0 : connections.length;
  }

  private void detach(Throwable failure) {
    if (!detached) {
      end(GapCause.NODE_FAILED);
      detached = true;
      onFailure.accept(failure);
    }
  }

  /**
   * A connection from this node to another. All its calls are made within the target's fault
   * boundary.
   */
  private static final class Connection implements SampleConsumer, EventConsumer {
    private final @Nullable Predicate<Track> selector;
    private final WiredNode target;
    private final @Nullable SampleConsumer media;
    private final @Nullable EventConsumer events;
    private final BitSet selected = new BitSet();

    Connection(@Nullable Predicate<Track> selector, WiredNode target, Inlet inlet) {
      this.selector = selector;
      this.target = target;
      media = inlet.media().orElse(null);
      events = inlet.events().orElse(null);
    }

    @Override
    public void tracks(TrackSet tracks) {
      if (media == null || !target.takes()) {
        return;
      }
      try {
        media.tracks(selector == null ? tracks : select(selector, tracks));
      } catch (Throwable e) {
        target.detach(e);
      }
    }

    private TrackSet select(Predicate<Track> wanted, TrackSet tracks) {
      List<Track> chosen = tracks.tracks().stream().filter(wanted).toList();
      selected.clear();
      chosen.forEach(track -> selected.set(track.id()));
      return new TrackSet(chosen);
    }

    @Override
    public void utcSource(UtcSource source, long errorNanos) {
      if (media == null || !target.takes()) {
        return;
      }
      try {
        media.utcSource(source, errorNanos);
      } catch (Throwable e) {
        target.detach(e);
      }
    }

    @Override
    public void sample(Sample sample) {
      if (media == null || !target.takes()) {
        return;
      }
      if (selector == null || selected.get(sample.track().id())) {
        try {
          media.sample(sample);
        } catch (Throwable e) {
          target.detach(e);
        }
      }
    }

    @Override
    public void gapOpened(Gap gap) {
      if (media == null || !target.takes()) {
        return;
      }
      try {
        media.gapOpened(gap);
      } catch (Throwable e) {
        target.detach(e);
      }
    }

    @Override
    public void gapClosed(Gap gap) {
      if (media == null || !target.takes()) {
        return;
      }
      try {
        media.gapClosed(gap);
      } catch (Throwable e) {
        target.detach(e);
      }
    }

    @Override
    public void end(GapCause cause) {
      if (media == null || !target.takes()) {
        return;
      }
      try {
        media.end(cause);
      } catch (Throwable e) {
        target.detach(e);
      }
    }

    @Override
    public boolean hasRoom() {
      if (media == null || !target.takes()) {
        return true;
      }
      try {
        return media.hasRoom();
      } catch (Throwable e) {
        target.detach(e);
        return true;
      }
    }

    @Override
    public void event(MediaEvent event) {
      if (events == null || !target.takes()) {
        return;
      }
      try {
        events.event(event);
      } catch (Throwable e) {
        target.detach(e);
      }
    }
  }
}
