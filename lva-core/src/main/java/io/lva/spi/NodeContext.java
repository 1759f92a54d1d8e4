package io.lva.spi;

import io.lva.event.GraphEvent;
import io.lva.graph.NodeSpec;
import io.lva.graph.Value;
import io.lva.media.EventConsumer;
import io.lva.media.MediaBudget;
import io.lva.media.MediaType;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a node of an activated graph can use.
 *
 * <p>Thread-safe, apart from the consumers, which belong to the media loop.
 */
public interface NodeContext {
  /**
   * Returns the name of the graph topology.
   *
   * @return its name
   */
  String topologyName();

  /**
   * Returns the name of the graph instance.
   *
   * @return its name
   */
  String instanceName();

  /**
   * Returns the name of this node in its topology.
   *
   * @return its name
   */
  String nodeName();

  /**
   * Returns the nodes from which this node takes its input.
   *
   * @return the nodes, in the order of the inputs of the topology
   */
  List<Input> inputs();

  /**
   * A node from which another takes its input.
   *
   * <p>Immutable.
   *
   * @param nodeName its name in the topology
   * @param spec its type and properties
   */
  record Input(String nodeName, NodeSpec spec) {}

  /**
   * Resolves a property: parameters get their values, and system variables that depend on the time
   * are evaluated at this call.
   *
   * @param <T> type of the property
   * @param value literal or template
   * @return its value at the time of the call
   * @throws IllegalArgumentException when a parameter has no value, or the resolved text is not a
   *     value of that type; the message names the placeholders and never contains a secret
   */
  <T> T resolve(Value<T> value);

  /**
   * Returns the loop of this session.
   *
   * @return the thread of all media calls
   */
  MediaLoop loop();

  /**
   * Returns the consumers of this node's media, as one.
   *
   * @return a consumer that passes calls on to every connected input; a sink's output has none.
   *     Samples must be sent, and {@link SampleConsumer#hasRoom} asked, on the media loop; other
   *     calls from another thread, such as the end of the stream from {@link NodeRuntime#stop}, are
   *     passed on to the loop
   */
  SampleConsumer mediaOutput();

  /**
   * Returns the types of media that nodes after this one can use, given their node types and the
   * output selectors on the way; a source need not request other types.
   *
   * @return the types; empty when no node takes media from this one
   */
  default Set<MediaType> wantedMedia() {
    return EnumSet.allOf(MediaType.class);
  }

  /**
   * Returns the consumers of this node's events, as one.
   *
   * @return a consumer that passes events on to every connected input
   */
  EventConsumer eventOutput();

  /**
   * Tells the integrator what happened.
   *
   * @param event what happened; the runtime adds instance and node, and the present time where the
   *     event has none
   */
  void publish(GraphEvent event);

  /**
   * Tells the integrator what happened, on behalf of an upstream node.
   *
   * @param nodeName name of one of {@link #inputs}
   * @param event as for {@link #publish}
   * @throws java.util.NoSuchElementException when the topology has no node of that name
   */
  void publishFor(String nodeName, GraphEvent event);

  /**
   * Returns the metrics of this node.
   *
   * @return metrics tagged with topology, instance and node
   */
  Metrics metrics();

  /**
   * Returns the memory for samples.
   *
   * @return the pool of the process
   */
  SlabPool slabs();

  /**
   * Returns the budget of memory for waiting media.
   *
   * @return the budget of the process; a node that keeps samples takes a share of it
   */
  MediaBudget mediaBudget();

  /**
   * Returns the threads for work that is too long for the media loop.
   *
   * @return the pool of the process
   */
  WorkerPool workers();

  /**
   * Returns what all instances of the process share.
   *
   * @return resources that are closed with the runtime
   */
  SharedResources shared();

  /**
   * Returns what the nodes of this activation share, such as the pictures that one of them decoded
   * and others analyze as well.
   *
   * @return resources that are closed after the last node of the activation has stopped
   */
  SharedResources session();

  /**
   * Returns an option that the integrator set with {@code MediaRuntime.builder().option(…)}.
   *
   * @param <T> type of the option
   * @param type the class of the option, which identifies it
   * @return its value; empty when it was not set
   */
  <T> Optional<T> option(Class<T> type);

  /**
   * Returns where asset sinks record.
   *
   * @return the store of the runtime: a {@code file:} URI, or a URI that an installed store
   *     supports
   */
  URI assetStore();
}
