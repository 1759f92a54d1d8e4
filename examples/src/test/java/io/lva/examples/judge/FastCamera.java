package io.lva.examples.judge;

import io.lva.graph.NodeSpec;
import io.lva.media.Bytes;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleData;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.media.codec.H264Parameters;
import io.lva.spi.Inlet;
import io.lva.spi.MediaLoop;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stands for the RTSP source: one that is twenty times as fast as time, so that there are segments
 * within seconds. What it could not send while the process was frozen follows at once.
 */
final class FastCamera implements NodeProvider {
  static final int SPEED = 20;

  private static final int TIMESCALE = 90_000;
  private static final int RATE = 25;
  private static final int GROUP = 50;
  private static final long PICTURE_NANOS = 1_000_000_000L / RATE;
  private static final int LARGE_BYTES = 8_000;
  private static final int SMALL_BYTES = 800;
  private static final Duration TICK = Duration.ofMillis(100);

  /** A second of real time, so that the queue of a sink is not flooded. */
  private static final int MOST_AT_ONCE = RATE * SPEED;

  private static final Track VIDEO =
      new Track(
          1,
          TIMESCALE,
          H264Parameters.of(
              List.of(Bytes.ofHex("67640028acd940780227e5c044000003000400000300c83c60c658")),
              List.of(Bytes.ofHex("68ebe3cb22c0"))));

  private final Instant start;
  private final long pictures;

  /**
   * Makes a camera.
   *
   * @param start when the first picture is taken
   * @param length of all its media; it sends no more
   */
  FastCamera(Instant start, Duration length) {
    this.start = start;
    this.pictures = length.toSeconds() * RATE;
  }

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphRtspSource";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    return new Session(context);
  }

  /** Confined to its media loop. */
  private final class Session implements NodeRuntime {
    private final NodeContext context;
    private long began;
    private long sent;
    private boolean stopped;

    Session(NodeContext context) {
      this.context = context;
    }

    @Override
    public List<Inlet> inputs() {
      return List.of();
    }

    @Override
    public void start() {
      context.loop().execute(this::begin);
    }

    private void begin() {
      began = context.loop().clock().nanoTime();
      context.mediaOutput().tracks(TrackSet.of(VIDEO));
      context.mediaOutput().utcSource(UtcSource.CAMERA, 0);
      tick();
    }

    private void tick() {
      if (!stopped) {
        long due = (context.loop().clock().nanoTime() - began) * SPEED / PICTURE_NANOS;
        long last = Math.min(Math.min(due, pictures), sent + MOST_AT_ONCE);
        for (; sent < last; sent++) {
          send(sent);
        }
        MediaLoop.Timer unused = context.loop().schedule(TICK, this::tick);
      }
    }

    private void send(long number) {
      boolean sync = number % GROUP == 0;
      byte[] picture = new byte[sync ? LARGE_BYTES : SMALL_BYTES];
      picture[2] = (byte) ((picture.length - 4) >> 8);
      picture[3] = (byte) (picture.length - 4);
      picture[4] = (byte) (sync ? 0x65 : 0x41);
      long utc = start.getEpochSecond() * 1_000_000_000L + number * PICTURE_NANOS;
      context
          .mediaOutput()
          .sample(
              new Sample(
                  VIDEO,
                  number * TIMESCALE / RATE,
                  0,
                  sync,
                  false,
                  utc,
                  SampleData.copyOf(picture)));
    }

    @Override
    public CompletionStage<Void> stop(Duration deadline) {
      return CompletableFuture.runAsync(this::end, context.loop());
    }

    private void end() {
      stopped = true;
      context.mediaOutput().end(GapCause.OPERATOR);
    }
  }
}
