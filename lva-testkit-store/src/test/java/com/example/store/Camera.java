package com.example.store;

import io.lva.graph.NodeSpec;
import io.lva.media.Bytes;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.Sample;
import io.lva.media.SampleData;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.media.codec.H264Parameters;
import io.lva.spi.Inlet;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Stands for the RTSP source: 25 pictures per second of media, as fast as a test likes. */
final class Camera implements NodeProvider {
  private static final Track VIDEO =
      new Track(
          1,
          90_000,
          H264Parameters.of(
              List.of(Bytes.ofHex("67640028acd940780227e5c044000003000400000300c83c60c658")),
              List.of(Bytes.ofHex("68ebe3cb22c0"))));

  private static final int SYNC_BYTES = 40_000;

  private final Instant start;
  private final int syncBytes;
  private CompletableFuture<NodeContext> context = new CompletableFuture<>();
  private long picture;
  private long setBackNanos;

  Camera(Instant start) {
    this(start, SYNC_BYTES);
  }

  /** Makes a camera whose sync samples, one in two seconds, have a size, less than 16 MiB. */
  Camera(Instant start, int syncBytes) {
    this.start = start;
    this.syncBytes = syncBytes;
  }

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphRtspSource";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext nodeContext) {
    context.complete(nodeContext);
    return new NodeRuntime() {
      @Override
      public List<Inlet> inputs() {
        return List.of();
      }

      @Override
      public void start() {
        nodeContext.loop().execute(() -> begin(nodeContext));
      }

      @Override
      public CompletionStage<Void> stop(Duration deadline) {
        context = new CompletableFuture<>();
        return CompletableFuture.runAsync(
            () -> nodeContext.mediaOutput().end(GapCause.OPERATOR), nodeContext.loop());
      }
    };
  }

  private static void begin(NodeContext known) {
    known.mediaOutput().tracks(TrackSet.of(VIDEO));
    known.mediaOutput().utcSource(UtcSource.CAMERA, 0);
  }

  void seconds(int seconds) {
    NodeContext known = context.orTimeout(30, TimeUnit.SECONDS).join();
    for (int i = 0; i < seconds * 25; i++) {
      CompletableFuture.runAsync(() -> send(known), known.loop()).join();
    }
  }

  /** Sets the clock back, as a source says so: after whole groups of two seconds. */
  void setBack(Duration step) {
    NodeContext known = context.orTimeout(30, TimeUnit.SECONDS).join();
    CompletableFuture.runAsync(() -> setBack(known, step), known.loop()).join();
  }

  private void setBack(NodeContext known, Duration step) {
    Gap gap = Gap.open("step", now(), GapOrigin.SOURCE, GapCause.CLOCK_STEP);
    known.mediaOutput().gapOpened(gap);
    setBackNanos += step.toNanos();
    known.mediaOutput().gapClosed(gap.closedAt(now()));
  }

  /** Loses the connection for whole groups of two seconds. */
  void away(Duration time) {
    NodeContext known = context.orTimeout(30, TimeUnit.SECONDS).join();
    CompletableFuture.runAsync(() -> away(known, time), known.loop()).join();
  }

  private void away(NodeContext known, Duration time) {
    Gap gap = Gap.open("away-" + picture, now(), GapOrigin.SOURCE, GapCause.CAMERA_UNREACHABLE);
    known.mediaOutput().gapOpened(gap);
    picture += time.toMillis() / 40;
    known.mediaOutput().gapClosed(gap.closedAt(now()));
  }

  /** Returns when the next picture is taken. */
  Instant now() {
    return start.plusNanos(picture * 40_000_000L - setBackNanos);
  }

  private void send(NodeContext known) {
    long number = picture++;
    boolean sync = number % 50 == 0;
    long utc = start.getEpochSecond() * 1_000_000_000L + number * 40_000_000L - setBackNanos;
    byte[] nal = new byte[sync ? syncBytes : 4_000];
    nal[1] = (byte) ((nal.length - 4) >> 16);
    nal[2] = (byte) ((nal.length - 4) >> 8);
    nal[3] = (byte) (nal.length - 4);
    nal[4] = (byte) (sync ? 0x65 : 0x41);
    SampleData data = SampleData.copyOf(nal);
    known.mediaOutput().sample(new Sample(VIDEO, number * 3600, 0, sync, false, utc, data));
  }
}
