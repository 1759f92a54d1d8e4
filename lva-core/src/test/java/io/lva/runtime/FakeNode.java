package io.lva.runtime;

import io.lva.graph.NodeSpec;
import io.lva.media.EventConsumer;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.spi.Inlet;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** A node that writes down what happens to it. */
final class FakeNode implements NodeRuntime, SampleConsumer {
  private final NodeContext context;
  private final Type type;
  private final List<Inlet> inputs;
  final List<String> media = new CopyOnWriteArrayList<>();

  private FakeNode(Type type, NodeContext context) {
    this.type = type;
    this.context = context;
    inputs = type.inputs.apply(this);
  }

  static Type source() {
    return new Type("#Microsoft.Media.MediaGraphRtspSource", node -> List.of());
  }

  static Type sink() {
    return new Type("#Microsoft.Media.MediaGraphAssetSink", node -> List.of(Inlet.media(node)));
  }

  /** A node type that remembers its nodes. */
  static final class Type implements NodeProvider {
    private final String name;
    private final Function<FakeNode, List<Inlet>> inputs;
    final List<FakeNode> made = new CopyOnWriteArrayList<>();
    List<String> log = new CopyOnWriteArrayList<>();
    Runnable onCreate = () -> {};
    Runnable onStart = () -> {};
    Runnable onSample = () -> {};
    Function<Duration, CompletionStage<Void>> onStop =
        deadline -> CompletableFuture.completedFuture(null);

    Type(String name, Function<FakeNode, List<Inlet>> inputs) {
      this.name = name;
      this.inputs = inputs;
    }

    Type logTo(List<String> shared) {
      log = shared;
      return this;
    }

    @Override
    public String type() {
      return name;
    }

    @Override
    public NodeRuntime create(NodeSpec spec, NodeContext context) {
      log.add("create " + context.nodeName());
      onCreate.run();
      FakeNode node = new FakeNode(this, context);
      made.add(node);
      return node;
    }

    FakeNode last() {
      return made.get(made.size() - 1);
    }
  }

  NodeContext context() {
    return context;
  }

  /** Sends what a test says, on the media loop, and waits until it was sent. */
  void send(Consumer<SampleConsumer> calls) {
    CompletableFuture.runAsync(() -> calls.accept(context.mediaOutput()), context.loop()).join();
  }

  EventConsumer events() {
    return context.eventOutput();
  }

  @Override
  public List<Inlet> inputs() {
    return inputs;
  }

  @Override
  public void start() {
    type.log.add("start " + context.nodeName() + (context.loop().inLoop() ? " on loop" : ""));
    type.onStart.run();
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    type.log.add("stop " + context.nodeName() + (context.loop().inLoop() ? " on loop" : ""));
    return type.onStop.apply(deadline);
  }

  @Override
  public void tracks(TrackSet tracks) {
    List<String> types = new ArrayList<>();
    tracks.tracks().forEach(track -> types.add(track.mediaType().text()));
    media.add("tracks " + types);
  }

  @Override
  public void sample(Sample sample) {
    media.add("sample " + sample.track().id());
    type.onSample.run();
  }

  @Override
  public void gapOpened(Gap gap) {
    media.add("open " + gap.id());
  }

  @Override
  public void gapClosed(Gap gap) {
    media.add("close " + gap.id());
  }

  @Override
  public void end(GapCause cause) {
    media.add("end " + cause.text());
  }
}
