package io.lva.processor;

import io.lva.event.GraphEvent;
import io.lva.graph.NodeSpec;
import io.lva.graph.Value;
import io.lva.media.EventConsumer;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.MediaBudget;
import io.lva.media.MediaEvent;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import io.lva.spi.SharedResources;
import io.lva.spi.WorkerPool;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What a processor needs of its graph; what it hands on is written down. */
public final class TestContext implements NodeContext, SampleConsumer {
  public final TestLoop loop = new TestLoop();
  public final List<String> calls = new ArrayList<>();
  public final List<Sample> samples = new ArrayList<>();
  public final List<Gap> closedGaps = new ArrayList<>();
  public final List<MediaEvent> analyses = new ArrayList<>();
  public final List<GraphEvent> events = new ArrayList<>();
  public final Map<Class<?>, Object> options = new HashMap<>();
  private final List<Input> inputs;
  private final SlabPool slabs;
  private final Registry registry = new Registry();

  public TestContext(long slabBytes, NodeSpec... inputs) {
    slabs = new SlabPool(1024, slabBytes);
    this.inputs = new ArrayList<>();
    for (NodeSpec input : inputs) {
      this.inputs.add(new Input("input" + this.inputs.size(), input));
    }
  }

  @Override
  public String topologyName() {
    return "topology";
  }

  @Override
  public String instanceName() {
    return "instance";
  }

  @Override
  public String nodeName() {
    return "node";
  }

  @Override
  public List<Input> inputs() {
    return inputs;
  }

  @Override
  public <T> T resolve(Value<T> value) {
    if (value instanceof Value.Literal<T> literal) {
      return literal.value();
    }
    throw new IllegalArgumentException("template");
  }

  @Override
  public TestLoop loop() {
    return loop;
  }

  @Override
  public SampleConsumer mediaOutput() {
    return this;
  }

  @Override
  public EventConsumer eventOutput() {
    return analyses::add;
  }

  @Override
  public void publish(GraphEvent event) {
    events.add(event);
  }

  @Override
  public void publishFor(String nodeName, GraphEvent event) {
    calls.add("for " + nodeName);
    events.add(event);
  }

  @Override
  public Metrics metrics() {
    return Metrics.none();
  }

  @Override
  public SlabPool slabs() {
    return slabs;
  }

  @Override
  public MediaBudget mediaBudget() {
    return new MediaBudget(slabs);
  }

  /** Works at once, on the calling thread. */
  @Override
  public WorkerPool workers() {
    return new WorkerPool() {
      @Override
      public <T> CompletionStage<T> submit(Callable<T> task, Duration deadline) {
        try {
          return CompletableFuture.completedFuture(task.call());
        } catch (Exception e) { // as the real pool hands it on
          return CompletableFuture.failedFuture(e);
        }
      }
    };
  }

  @Override
  public SharedResources shared() {
    return registry;
  }

  @Override
  public SharedResources session() {
    return registry;
  }

  @Override
  public <T> Optional<T> option(Class<T> type) {
    return Optional.ofNullable(options.get(type)).map(type::cast);
  }

  @Override
  public URI assetStore() {
    return URI.create("file:///nowhere");
  }

  @Override
  public void tracks(TrackSet tracks) {
    calls.add("tracks");
  }

  @Override
  public void utcSource(UtcSource source, long errorNanos) {
    calls.add("utc");
  }

  @Override
  public void sample(Sample sample) {
    samples.add(sample);
    calls.add((sample.sync() ? "S" : "s") + sample.utcNanos() / 1_000_000);
  }

  @Override
  public void gapOpened(Gap gap) {
    calls.add("open " + gap.id());
  }

  @Override
  public void gapClosed(Gap gap) {
    closedGaps.add(gap);
    calls.add("close " + gap.id());
  }

  @Override
  public void end(GapCause cause) {
    calls.add("end " + cause.text());
  }

  private static final class Registry implements SharedResources {
    private final Map<Class<?>, Object> known = new HashMap<>();

    @Override
    public <T extends AutoCloseable> T get(Class<T> type, Supplier<T> factory) {
      return type.cast(known.computeIfAbsent(type, any -> factory.get()));
    }
  }
}
