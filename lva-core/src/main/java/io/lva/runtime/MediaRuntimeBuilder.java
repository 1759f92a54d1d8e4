package io.lva.runtime;

import io.lva.event.EventListener;
import io.lva.spi.Clock;
import io.lva.spi.MediaLoopGroup;
import io.lva.spi.Metrics;
import io.lva.spi.NodeProvider;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Builds a {@link MediaRuntime}. Not thread-safe. */
public final class MediaRuntimeBuilder {
  final List<NodeProvider> nodes = new ArrayList<>();
  final List<EventListener> listeners = new ArrayList<>();
  final Map<Class<?>, Object> options = new HashMap<>();
  URI assetStore = Path.of("recordings").toUri();
  long mediaMemoryBytes = Runtime.getRuntime().maxMemory() / 4;
  int loops = Runtime.getRuntime().availableProcessors();
  int workers = Runtime.getRuntime().availableProcessors();
  int eventQueueCapacity = 4096;
  Duration activationDeadline = Duration.ofSeconds(60);
  Duration closeDeadline = Duration.ofSeconds(30);
  Metrics metrics = Metrics.none();
  Clock clock = Clock.system();
  String topic = "/mediaGraph/" + hostName();
  @Nullable Path applicationDataDirectory;
  private MediaLoopGroup.@Nullable Provider loopProvider;

  MediaRuntimeBuilder() {}

  /** Copies the settings, so that a runtime keeps those it was started with. */
  private MediaRuntimeBuilder(MediaRuntimeBuilder other) {
    nodes.addAll(other.nodes);
    listeners.addAll(other.listeners);
    options.putAll(other.options);
    assetStore = other.assetStore;
    mediaMemoryBytes = other.mediaMemoryBytes;
    loops = other.loops;
    workers = other.workers;
    eventQueueCapacity = other.eventQueueCapacity;
    activationDeadline = other.activationDeadline;
    closeDeadline = other.closeDeadline;
    metrics = other.metrics;
    clock = other.clock;
    topic = other.topic;
    applicationDataDirectory = other.applicationDataDirectory;
    loopProvider = other.loopProvider;
  }

  /**
   * Sets where asset sinks record.
   *
   * @param uri a {@code file:} URI of a folder, or a URI that an installed store supports; {@code
   *     ./recordings} by default
   * @return this builder
   */
  public MediaRuntimeBuilder assetStore(URI uri) {
    assetStore = uri;
    return this;
  }

  /**
   * Sets the limit of the memory in which media waits, for all instances together.
   *
   * @param bytes at least 64 KiB, as {@link #start} checks; a quarter of the maximum heap by
   *     default
   * @return this builder
   */
  public MediaRuntimeBuilder mediaMemory(long bytes) {
    mediaMemoryBytes = bytes;
    return this;
  }

  /**
   * Sets the number of media loops.
   *
   * @param count at least 1; the number of processors by default
   * @return this builder
   * @throws IllegalArgumentException when the count is less than 1
   */
  public MediaRuntimeBuilder loops(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " loops");
    }
    loops = count;
    return this;
  }

  /**
   * Sets which media loops are used.
   *
   * @param provider starts the loops; by default the installed provider or, without one, a provider
   *     that uses plain threads
   * @return this builder
   */
  public MediaRuntimeBuilder loops(MediaLoopGroup.Provider provider) {
    loopProvider = provider;
    return this;
  }

  /**
   * Sets the number of threads for work that is too long for a media loop, such as decoding.
   *
   * @param threads at least 1; the number of processors by default
   * @return this builder
   * @throws IllegalArgumentException when the number is less than 1
   */
  public MediaRuntimeBuilder workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " worker threads");
    }
    workers = threads;
    return this;
  }

  /**
   * Sets an option of the nodes of one kind, for all instances. The documentation of a node type
   * names the classes of its options.
   *
   * @param <T> type of the option
   * @param type the class of the option, which identifies it
   * @param value the option, which replaces one that was set before
   * @return this builder
   */
  public <T> MediaRuntimeBuilder option(Class<T> type, T value) {
    options.put(type, type.cast(value));
    return this;
  }

  /**
   * Sets the metrics to which the runtime and its nodes report.
   *
   * @param target such as {@link MicrometerMetrics}; {@link Metrics#none} by default
   * @return this builder
   */
  public MediaRuntimeBuilder metrics(Metrics target) {
    metrics = target;
    return this;
  }

  /**
   * Sets the clock of the engine; nodes use the clock of their loop.
   *
   * @param source the clock; {@link Clock#system} by default
   * @return this builder
   */
  public MediaRuntimeBuilder clock(Clock source) {
    clock = source;
    return this;
  }

  /**
   * Adds a listener of all events, called on a thread of its own.
   *
   * @param listener the listener; it may be slow (see {@link #eventQueueCapacity})
   * @return this builder
   */
  public MediaRuntimeBuilder onEvent(EventListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Sets how many events may wait for a listener.
   *
   * @param events at least 1; 4096 by default. When more events wait, the listener loses some of
   *     them
   * @return this builder
   * @throws IllegalArgumentException when the number is less than 1
   */
  public MediaRuntimeBuilder eventQueueCapacity(int events) {
    if (events < 1) {
      throw new IllegalArgumentException("a queue of " + events);
    }
    eventQueueCapacity = events;
    return this;
  }

  /**
   * Sets the topic of all events.
   *
   * @param text {@code /mediaGraph/{host name}} by default
   * @return this builder
   */
  public MediaRuntimeBuilder topic(String text) {
    topic = text;
    return this;
  }

  /**
   * Adds node types to the installed ones. A provider given here replaces an installed one of the
   * same type. Topologies in JSON may contain the types of those providers that state their {@link
   * NodeProvider#objectType}.
   *
   * @param providers the providers of the node types
   * @return this builder
   */
  public MediaRuntimeBuilder nodes(NodeProvider... providers) {
    nodes.addAll(List.of(providers));
    return this;
  }

  /**
   * Sets where topologies, instances and their desired states are kept.
   *
   * @param directory the folder, which is created when absent; by default nothing is kept
   * @return this builder
   */
  public MediaRuntimeBuilder applicationDataDirectory(Path directory) {
    applicationDataDirectory = directory;
    return this;
  }

  /**
   * Sets how long the nodes of an instance may take to be made and started, together. After that,
   * the activation fails with an error that names the node that has not returned, and the instance
   * is inactive.
   *
   * @param deadline 60 s by default
   * @return this builder
   * @throws IllegalArgumentException when it is not positive
   */
  public MediaRuntimeBuilder activationDeadline(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("an activation deadline of " + deadline);
    }
    activationDeadline = ActiveGraph.bounded(deadline);
    return this;
  }

  /**
   * Sets how long closing waits for the sinks of an instance. When an instance is stuck, for
   * example on a disk that does not answer, closing waits 5 s longer and then leaves the instance
   * behind.
   *
   * @param deadline 30 s by default
   * @return this builder
   */
  public MediaRuntimeBuilder closeDeadline(Duration deadline) {
    closeDeadline = deadline;
    return this;
  }

  /**
   * Starts the runtime. Settings made later apply to the next one.
   *
   * @return a runtime without instances
   * @throws IllegalArgumentException when the media memory is less than 64 KiB, or a provider given
   *     to {@link #nodes} has no type
   */
  public MediaRuntime start() {
    return new MediaRuntime(new MediaRuntimeBuilder(this));
  }

  MediaLoopGroup.Provider loopProvider() {
    if (loopProvider != null) {
      return loopProvider;
    }
    return ServiceLoader.load(MediaLoopGroup.Provider.class)
        .findFirst()
        .or(MediaRuntimeBuilder::besideThisClass)
        .orElse(ExecutorLoopGroup::new);
  }

  private static Optional<MediaLoopGroup.Provider> besideThisClass() {
    return ServiceLoader.load(
            MediaLoopGroup.Provider.class, MediaRuntimeBuilder.class.getClassLoader())
        .findFirst();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
