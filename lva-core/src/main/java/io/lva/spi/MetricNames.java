package io.lva.spi;

/**
 * Names of metrics, with their tags other than {@code graph_topology}, {@code graph_instance} and
 * {@code graph_node}. Prometheus writes underscores for dots and appends {@code _total} to
 * counters, so that the first three metrics below get the names they have in Live Video Analytics.
 */
public final class MetricNames {
  /** Gauge: active instances of a topology; tagged with the topology only. */
  public static final String ACTIVE_INSTANCES = "lva.active.graph.instances";

  /** Counter: bytes that a source received. */
  public static final String RECEIVED_BYTES = "lva.received.bytes";

  /**
   * Counter: data that a node received and dropped because it could not keep up, by {@code
   * data_kind}: groups of pictures ({@code video}) or single pictures ({@code picture}). What the
   * network lost is not counted.
   */
  public static final String DATA_DROPPED = "lva.data.dropped";

  /**
   * Counter: connections of a source that began to play; all but the first of an activation are
   * reconnects.
   */
  public static final String CONNECTIONS = "lva.source.connections";

  /**
   * Counter: milliseconds of media missing from a recording, by {@code cause}; shown in seconds.
   */
  public static final String GAP_MILLISECONDS = "lva.recording.gap.milliseconds";

  /** Gauge: seconds from now back to the end of what a sink has written. */
  public static final String RECORDING_LAG_SECONDS = "lva.recording.lag.seconds";

  /** Gauge: bytes recorded but not yet in the store; 0 where the store is the disk. */
  public static final String UPLOAD_BACKLOG_BYTES = "lva.upload.backlog.bytes";

  /** Gauge: seconds that the oldest segment has waited to be stored; 0 when none waits. */
  public static final String UPLOAD_BACKLOG_SECONDS = "lva.upload.backlog.seconds";

  /**
   * Gauge: 0 when everything complete is in the store, 1 while segments are on their way, 2 while
   * the store cannot be reached, 3 while it refuses the credentials, 4 after another recorder took
   * over.
   */
  public static final String UPLOAD_STATE = "lva.upload.state";

  /**
   * Counter: events that a slow listener lost, or that an IoT Edge module dropped because too many
   * were waiting for the hub or one was too large, by {@code event_class}; without graph tags.
   */
  public static final String EVENTS_DROPPED = "lva.events.dropped";

  /** Gauge: bytes of memory in which media is held; without graph tags. */
  public static final String MEDIA_MEMORY_BYTES = "lva.media.memory.bytes";

  /** Gauge: tasks that wait for a thread of the worker pool; without graph tags. */
  public static final String WORKER_WAITING = "lva.worker.waiting";

  /**
   * Counter: tasks that the worker pool refused because it was full or closed; without graph tags.
   */
  public static final String WORKER_REJECTED = "lva.worker.rejected";

  /**
   * Counter: nodes that were detached from their graph because they threw; tagged with the node
   * that failed.
   */
  public static final String NODE_FAILURES = "lva.node.failures";

  /** Counter: openings of a signal gate for which media passed. */
  public static final String GATE_OPENINGS = "lva.gate.openings";

  /** Gauge: bytes of media that a signal gate holds in case an event comes. */
  public static final String GATE_PRE_ROLL_BYTES = "lva.gate.pre.roll.bytes";

  /**
   * Counter: key pictures to analyze, by {@code result}: {@code decoded}, {@code skipped} in favor
   * of a newer one, {@code failed}, or {@code over-budget}, which motion detection did not request.
   */
  public static final String PICTURES = "lva.pictures";

  private MetricNames() {}
}
