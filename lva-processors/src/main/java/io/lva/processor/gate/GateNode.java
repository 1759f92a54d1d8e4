package io.lva.processor.gate;

import io.lva.event.GraphEvent;
import io.lva.media.EventConsumer;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.MediaBudget;
import io.lva.media.MediaEvent;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.spi.Inlet;
import io.lva.spi.MediaLoop;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeRuntime;
import io.lva.spi.Triggered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Lets media pass while a {@link GateDecider} says so. Media from before an event is kept in a
 * {@link PreRoll} for as long as an event may still ask for it; each opening is a stream of its own
 * for the nodes that follow.
 *
 * <p>Confined to its media loop.
 */
final class GateNode implements NodeRuntime, SampleConsumer, EventConsumer, Triggered {
  private static final System.Logger LOGGER = System.getLogger(GateNode.class.getName());

  /**
   * How much later than its media an event may arrive and still find that media: the time that
   * decoding and inference take.
   */
  static final long ANALYSIS_NANOS = Duration.ofSeconds(3).toNanos();

  /** An event further ahead of the media than this comes from a clock that is wrong. */
  static final long MAXIMUM_AHEAD_NANOS = Duration.ofMinutes(1).toNanos();

  /** Media time that goes back by more than this shows that its clock was reset. */
  private static final long STEP_NANOS = Duration.ofSeconds(1).toNanos();

  /**
   * A picture that is presented before one that was already decoded arrives within this time, or
   * not at all.
   */
  private static final long LONGEST_REORDERING_NANOS = Duration.ofSeconds(2).toNanos();

  private final GateTimes times;
  private final MediaLoop loop;
  private final NodeContext context;
  private final List<Inlet> inputs;
  private final GateDecider decider;
  private final PreRoll preRoll = new PreRoll();
  private final GateOutput output;
  private final MediaBudget.Share share;
  private final Metrics.Counter openings;
  private final Metrics.Counter dropped;
  private final Metrics.Registration bytesGauge;
  private MediaLoop.Timer timer = () -> {};
  private volatile long bytes;
  private long newest = Long.MIN_VALUE;
  private long newestArrival;
  private boolean inGap;
  private boolean begun;
  private boolean warnedAhead;
  private boolean warnedDropped;

  /**
   * Creates a closed gate.
   *
   * @param times how long it gathers events and stays open
   * @param mediaInput index of the input whose media passes; the other inputs give events
   * @param context what the node uses
   */
  GateNode(GateTimes times, int mediaInput, NodeContext context) {
    this.times = times;
    this.context = context;
    loop = context.loop();
    inputs =
        IntStream.range(0, context.inputs().size())
            .mapToObj(i -> i == mediaInput ? Inlet.media(this) : Inlet.events(this))
            .toList();
    decider = new GateDecider(times);
    output = new GateOutput(preRoll, context.mediaOutput());
    share = context.mediaBudget().take();
    Metrics metrics = context.metrics();
    openings = metrics.counter(MetricNames.GATE_OPENINGS);
    dropped = metrics.counter(MetricNames.DATA_DROPPED, "data_kind", "video");
    bytesGauge = metrics.gauge(MetricNames.GATE_PRE_ROLL_BYTES, () -> bytes);
  }

  @Override
  public List<Inlet> inputs() {
    return inputs;
  }

  @Override
  public void start() {
    // Waits for media and events.
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    return loop.call(this::close);
  }

  private CompletionStage<Void> close() {
    end(GapCause.OPERATOR);
    bytesGauge.close();
    share.close();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void tracks(TrackSet tracks) {
    preRoll.tracks(tracks);
  }

  @Override
  public void utcSource(UtcSource source, long errorNanos) {
    preRoll.utcSource(source, errorNanos);
  }

  @Override
  public void sample(Sample sample) {
    boolean master = preRoll.isMaster(sample);
    if (master) {
      if (sample.utcNanos() < newest - STEP_NANOS) {
        clockStepped();
      }
      newest = sample.utcNanos();
      newestArrival = loop.clock().nanoTime();
      inGap = false;
    }
    preRoll.add(sample);
    advance();
    trim(master && sample.sync());
  }

  @Override
  public void gapOpened(Gap gap) {
    inGap = newest != Long.MIN_VALUE;
    output.gapOpened(gap);
    advance();
  }

  @Override
  public void gapClosed(Gap gap) {
    preRoll.gapClosed(gap);
  }

  @Override
  public void end(GapCause cause) {
    timer.cancel();
    output.end(cause);
    begun = false;
    decider.reset();
    preRoll.clear();
    bytes = 0;
    newest = Long.MIN_VALUE;
    inGap = false;
  }

  @Override
  public boolean hasRoom() {
    return context.mediaOutput().hasRoom();
  }

  @Override
  public void event(MediaEvent event) {
    decider.event(mediaTime(event), loop.clock().nanoTime());
    advance();
  }

  @Override
  public void trigger(MediaEvent event) {
    event(event);
  }

  /**
   * Returns the media time of an event. A message that names no time counts as one about the newest
   * media, whatever the clocks of host and camera say. So does an event far ahead of the media:
   * waiting for its time would keep the gate closed for a long time.
   */
  private long mediaTime(MediaEvent event) {
    if (newest == Long.MIN_VALUE) {
      return event.utcNanos();
    }
    if (event instanceof MediaEvent.Message message
        && !message.properties().containsKey("eventTime")) {
      return newest;
    }
    if (event.utcNanos() > newest + MAXIMUM_AHEAD_NANOS) {
      if (!warnedAhead) {
        warnedAhead = true;
        LOGGER.log(
            System.Logger.Level.WARNING,
            "{0}: an event of {1} is more than a minute ahead of the media at {2}; it opens the"
                + " gate now. Set the clock of its sender.",
            context.nodeName(),
            instant(event.utcNanos()),
            instant(newest));
      }
      return newest;
    }
    return event.utcNanos();
  }

  /** Ends the opening and forgets the gathered events: their times are on the old time line. */
  private void clockStepped() {
    if (decider.opening() != null) {
      finish();
    }
    decider.reset();
  }

  private void advance() {
    long now = loop.clock().nanoTime();
    long media = mediaTime(now);
    boolean changed = true;
    while (changed) {
      pass(media);
      changed = decider.advance(untilWhole(media), now);
      if (changed && decider.opening() == null) {
        finish();
      }
    }
    timer.cancel();
    long wait = decider.nextDecisionIn(media, inGap, now);
    if (wait >= 0) {
      timer = loop.schedule(Duration.ofNanos(wait), this::advance);
    }
  }

  /**
   * Returns the newest media time. It advances even while the camera is away, so that a recording
   * ends even if no more media comes.
   */
  private long mediaTime(long now) {
    return inGap ? newest + now - newestArrival : newest;
  }

  /** Begins the stream when the media has reached its start, and hands on what belongs to it. */
  private void pass(long media) {
    GateDecider.Opening opening = decider.opening();
    if (opening == null || media < opening.start()) {
      return;
    }
    if (!begun) {
      long first = preRoll.syncAtOrBefore(opening.start(), 0);
      if (first < 0) {
        return;
      }
      begun = true;
      openings.add(1);
      output.begin(first);
    }
    output.passBefore(opening.end());
  }

  /**
   * Returns the media time. It stays just before the end of the opening while pictures are still to
   * come that are presented before one already handed on. They come soon; while the camera is away,
   * the gate does not wait for them.
   */
  private long untilWhole(long media) {
    GateDecider.Opening opening = decider.opening();
    if (opening == null) {
      return media;
    }
    boolean waits =
        begun
            && !inGap
            && !output.isWhole()
            && media >= opening.end()
            && media < opening.end() + LONGEST_REORDERING_NANOS;
    return waits ? opening.end() - 1 : media;
  }

  private void finish() {
    if (!output.hasStreamed()) {
      String reason =
          "the signal gate opened for media that was not received, or is not held any more";
      LOGGER.log(System.Logger.Level.WARNING, context.nodeName() + ": " + reason);
      context.publish(new GraphEvent.DataDropped("video", reason));
    }
    output.end(GapCause.GATE_CLOSED);
    begun = false;
  }

  /** Keeps what an event may still ask for, within the share of the memory budget. */
  private void trim(boolean group) {
    if (group) {
      long horizon = decider.earliestGathered(newest - ANALYSIS_NANOS - times.window());
      preRoll.trim(held(Math.min(horizon, newest) + Math.min(0, times.offset())));
    }
    while (preRoll.bytes() > share.limitBytes() && preRoll.next() - preRoll.first() > 1) {
      preRoll.dropFirstGroup();
      dropped.add(1);
      warnDropped();
    }
    bytes = preRoll.bytes();
  }

  /** Returns the horizon, or an earlier time from which the opening still needs media. */
  private long held(long horizon) {
    GateDecider.Opening opening = decider.opening();
    if (opening == null) {
      return horizon;
    }
    return Math.min(horizon, begun ? opening.end() : opening.start());
  }

  private void warnDropped() {
    if (!warnedDropped) {
      warnedDropped = true;
      String reason =
          "the memory for media is used up: the gate keeps less from before an event than its"
              + " activationSignalOffset asks for; allow more media memory or record fewer cameras";
      LOGGER.log(System.Logger.Level.WARNING, context.nodeName() + ": " + reason);
      context.publish(new GraphEvent.DataDropped("video", reason));
    }
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
