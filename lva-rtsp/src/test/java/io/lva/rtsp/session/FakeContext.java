package io.lva.rtsp.session;

import io.lva.event.GraphEvent;
import io.lva.graph.Value;
import io.lva.media.EventConsumer;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.MediaBudget;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.media.TrackSet;
import io.lva.spi.MediaLoop;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import io.lva.spi.SharedResources;
import io.lva.spi.WorkerPool;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a source needs of its graph. */
final class FakeContext implements NodeContext, SampleConsumer {
  final List<GraphEvent> events = new ArrayList<>();
  boolean refusesEnd;
  Optional<Object> option = Optional.empty();
  final List<String> calls = new ArrayList<>();
  private final MediaLoop loop;
  private final Map<Class<?>, AutoCloseable> session = new HashMap<>();
  private final SlabPool slabs = SlabPool.ofBytes(16 << 20);

  FakeContext(MediaLoop loop) {
    this.loop = loop;
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
    return "source";
  }

  @Override
  public List<Input> inputs() {
    return List.of();
  }

  @Override
  public <T> T resolve(Value<T> value) {
    if (value instanceof Value.Literal<T> literal) {
      return literal.value();
    }
    throw new IllegalArgumentException("template");
  }

  @Override
  public MediaLoop loop() {
    return loop;
  }

  @Override
  public SampleConsumer mediaOutput() {
    return this;
  }

  @Override
  public EventConsumer eventOutput() {
    return event -> {};
  }

  @Override
  public void publish(GraphEvent event) {
    events.add(event);
  }

  @Override
  public void publishFor(String nodeName, GraphEvent event) {
    publish(event);
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
  public SharedResources shared() {
    return new SharedResources() {
      @Override
      public <T extends AutoCloseable> T get(Class<T> type, Supplier<T> factory) {
        return factory.get();
      }
    };
  }

  @Override
  public MediaBudget mediaBudget() {
    return new MediaBudget(slabs());
  }

  @Override
  public WorkerPool workers() {
    throw new UnsupportedOperationException("workers");
  }

  @Override
  public SharedResources session() {
    return new SharedResources() {
      @Override
      public <T extends AutoCloseable> T get(Class<T> type, Supplier<T> factory) {
        return type.cast(session.computeIfAbsent(type, first -> factory.get()));
      }
    };
  }

  @Override
  public <T> Optional<T> option(Class<T> type) {
    return option.filter(type::isInstance).map(type::cast);
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
  public void sample(Sample sample) {
    calls.add("sample");
  }

  @Override
  public void gapOpened(Gap gap) {
    calls.add("open " + gap.causes().get(gap.causes().size() - 1).text());
  }

  @Override
  public void gapClosed(Gap gap) {
    calls.add("close");
  }

  @Override
  public void end(GapCause cause) {
    calls.add("end " + cause.text());
    if (refusesEnd) {
      throw new IllegalStateException("a sink is broken");
    }
  }
}
