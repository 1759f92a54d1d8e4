package io.lva.asset.record;

import io.lva.event.GraphEvent;
import io.lva.event.RecordingOutput;
import io.lva.media.GapCause;
import io.lva.spi.Inlet;
import io.lva.spi.MediaLoop;
import io.lva.spi.NodeRuntime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Records its input to an asset.
 *
 * <p>Confined to its media loop.
 */
final class AssetSinkNode implements NodeRuntime {
  private static final System.Logger LOGGER = System.getLogger(AssetSinkNode.class.getName());

  private static final Duration LONGEST_FAREWELL = Duration.ofMillis(500);

  private final SinkServices services;
  private final Supplier<String> assetName;
  private final MediaLoop loop;
  private final Supplier<Optional<GapCause>> absence;
  private final AssetRecorder recorder;
  private final List<CompletableFuture<Void>> unfinished = new ArrayList<>();
  private final List<RecordingSession> sessions = new ArrayList<>();
  private final Optional<String> fixedName;
  private Optional<OpenAsset> opened;

  /**
   * Creates a sink.
   *
   * @param services what the recording uses
   * @param assetName resolves the asset name when a recording starts
   * @param opened the asset of the first recording, if its name was known in advance
   * @param loop the thread of all calls
   * @param absence tells why no media arrives; called on any thread
   */
  AssetSinkNode(
      SinkServices services,
      Supplier<String> assetName,
      Optional<OpenAsset> opened,
      MediaLoop loop,
      Supplier<Optional<GapCause>> absence) {
    this.absence = absence;
    this.services = services;
    this.assetName = assetName;
    this.opened = opened;
    this.fixedName = opened.map(OpenAsset::name);
    this.loop = loop;
    this.recorder = new AssetRecorder(services.options().partLength(), loop, this::begin);
  }

  @Override
  public List<Inlet> inputs() {
    return List.of(Inlet.media(recorder));
  }

  @Override
  public void start() {
    fixedName.ifPresent(name -> services.live().awaits(services.storeUri(), name, absence));
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    return loop.call(() -> end(deadline));
  }

  private CompletionStage<Void> end(Duration deadline) {
    fixedName.ifPresent(name -> services.live().awaitsNoLonger(services.storeUri(), name));
    recorder.end(GapCause.OPERATOR);
    takeOpened().ifPresent(this::close);
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    MediaLoop.Timer timer = loop.schedule(untilGivingUp(deadline), () -> giveUp(stopped));
    CompletableFuture<Void> unused =
        CompletableFuture.allOf(unfinished.toArray(new CompletableFuture<?>[0]))
            .thenRun(
                () -> {
                  timer.cancel();
                  stopped.complete(null);
                });
    return stopped;
  }

  /**
   * Returns how long to wait before giving up: media that was not written must be reported before
   * the deadline.
   */
  private static Duration untilGivingUp(Duration deadline) {
    Duration tenth = deadline.dividedBy(10);
    return deadline.minus(tenth.compareTo(LONGEST_FAREWELL) < 0 ? tenth : LONGEST_FAREWELL);
  }

  private void giveUp(CompletableFuture<Void> stopped) {
    sessions.stream().filter(each -> !each.finished().isDone()).forEach(RecordingSession::abandon);
    stopped.complete(null);
  }

  private Recording begin(Instant start) {
    String name = fixedName.orElseGet(assetName);
    Optional<RecordingSession> previous =
        sessions.stream().filter(each -> each.holds(name)).reduce((first, second) -> second);
    RecordingSession session = new RecordingSession(services, name, takeOpened(), previous);
    unfinished.removeIf(CompletableFuture::isDone);
    unfinished.add(session.finished());
    sessions.removeIf(each -> each.finished().isDone());
    sessions.add(session);
    RecordingOutput output = new RecordingOutput(RecordingOutput.Type.ASSET_NAME, name);
    services.events().accept(new GraphEvent.RecordingStarted(output, start));
    return session;
  }

  /** Takes the asset that was opened before any media arrived. It can be taken once. */
  private Optional<OpenAsset> takeOpened() {
    Optional<OpenAsset> taken = opened;
    opened = Optional.empty();
    return taken;
  }

  /** Closes an asset that got no media, so that others can use it once this sink has stopped. */
  private void close(OpenAsset asset) {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    unfinished.add(closed);
    services
        .lane()
        .tidy(
            () -> {
              try {
                asset.close(() -> closed.complete(null));
              } catch (IOException e) {
                LOGGER.log(System.Logger.Level.WARNING, asset.name() + " was not closed", e);
                closed.complete(null);
              }
            });
  }
}
