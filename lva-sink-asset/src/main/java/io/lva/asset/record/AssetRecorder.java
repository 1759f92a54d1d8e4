package io.lva.asset.record;

import io.lva.asset.format.Utc;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.Ticks;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Records samples: decides where runs begin and end, and hands their parts to a writer lane.
 *
 * <p>A hole of at most 10 s with the same master track and clock is bridged: the sample before it
 * is extended and the run continues. After a longer hole, a change of the master track or a step of
 * the clock, a new run begins with the next sync sample. Other tracks may appear, change, fall
 * silent and disappear within a run. No timestamp can end a recording.
 *
 * <p>Confined to its media loop.
 */
final class AssetRecorder implements SampleConsumer {
  /** A hole that stays open longer ends the run, because it is too long to be bridged. */
  private static final Duration PATIENCE =
      Duration.ofSeconds(TrackTimeline.LONGEST_SAMPLE_SECONDS + 2);

  /**
   * A run states how far its UTC may be off; when the uncertainty changes by more than this, the
   * run ends.
   */
  private static final long MOST_MISSTATED_NANOS = Ticks.NANOS_PER_SECOND / 4;

  /** A run adjoins the previous one if no gap was reported and they are at most this far apart. */
  private static final long MOST_SNAPPED_NANOS = Ticks.NANOS_PER_SECOND;

  /** A run adjoins the previous one, even after a gap, if they are at most this far apart. */
  private static final long MOST_SNAPPED_BEHIND_GAP_NANOS = Ticks.NANOS_PER_SECOND / 10;

  private final Duration partLength;
  private final MediaLoop loop;
  private final Function<Instant, Recording> recordings;
  private final StepDetector steps = new StepDetector();
  private Optional<Recording> recording = Optional.empty();
  private Optional<RunFormat> format = Optional.empty();
  private Optional<RunAssembler> run = Optional.empty();
  private Optional<Instant> end = Optional.empty();
  private GapCause endCause = GapCause.NO_MEDIA;
  private Optional<Gap> gap = Optional.empty();
  private MediaLoop.Timer patience = () -> {};
  private UtcSource utcSource = UtcSource.ARRIVAL;
  private long utcErrorNanos;
  private long runs;

  /**
   * Creates a recorder that has seen no samples.
   *
   * @param partLength the usual length of a part
   * @param loop the thread of all calls
   * @param recordings begins a recording, given the UTC of its first sample
   */
  AssetRecorder(Duration partLength, MediaLoop loop, Function<Instant, Recording> recordings) {
    this.partLength = partLength;
    this.loop = loop;
    this.recordings = recordings;
  }

  @Override
  public void tracks(TrackSet tracks) {
    Optional<RunFormat> next = RunFormat.of(tracks);
    boolean same = format.isPresent() && next.isPresent() && format.get().sameAs(next.get());
    if (same) {
      return;
    }
    boolean goesOn =
        next.isPresent() && run.map(RunAssembler::master).equals(next.map(RunFormat::master));
    if (goesOn) {
      run.orElseThrow().reformat(next.get());
    } else {
      finishRun(GapCause.FORMAT_CHANGE);
    }
    format = next;
  }

  @Override
  public void utcSource(UtcSource source, long errorNanos) {
    boolean otherError = Math.abs(errorNanos - utcErrorNanos) > MOST_MISSTATED_NANOS;
    if (source != utcSource || otherError) {
      finishRun(GapCause.CLOCK_STEP);
    }
    utcSource = source;
    utcErrorNanos = errorNanos;
  }

  @Override
  public void sample(Sample sample) {
    if (format.isEmpty()) {
      return;
    }
    if (sample.track().id() != format.get().master().id()) {
      run.ifPresent(current -> current.other(sample));
    } else if (run.isEmpty()) {
      beginRun(sample);
    } else if (gap.isPresent()) {
      sampleBehindGap(run.get(), gap.get(), sample);
    } else {
      nextSample(run.get(), sample);
    }
  }

  @Override
  public void gapOpened(Gap opened) {
    gap = gap.map(known -> Gaps.because(known, opened.causes())).or(() -> Optional.of(opened));
    run.ifPresent(RunAssembler::flush);
    patience.cancel();
    patience = loop.schedule(PATIENCE, this::patienceIsOver);
    recording.ifPresent(some -> gap.ifPresent(some::gapOpened));
  }

  @Override
  public void gapClosed(Gap closed) {
    gap = gap.map(known -> Gaps.because(known, closed.causes())).or(() -> Optional.of(closed));
    patience.cancel();
  }

  @Override
  public void end(GapCause cause) {
    patience.cancel();
    finishRun(cause);
    Gap last =
        gap.map(open -> open.because(cause))
            .orElseGet(() -> Gaps.open(end.orElseGet(this::now), GapOrigin.RUNTIME, cause));
    recording.ifPresent(
        some -> {
          some.queue().end(last);
          some.ready();
        });
    recording = Optional.empty();
    format = Optional.empty();
    gap = Optional.empty();
    end = Optional.empty();
  }

  @Override
  public boolean hasRoom() {
    return recording.isEmpty() || recording.get().queue().hasRoom();
  }

  private void nextSample(RunAssembler current, Sample sample) {
    if (current.timeline().isHole(sample.decodeTime(), sample.utcNanos())) {
      openGap(current, GapCause.NO_MEDIA);
      newRun(sample);
      return;
    }
    current.next(sample);
    detectStep(current, sample);
  }

  /**
   * Opens a gap when the clock has stepped; the run continues until the next sync sample, so that
   * nothing is lost.
   */
  private void detectStep(RunAssembler current, Sample sample) {
    TrackTimeline time = current.timeline();
    long writtenNanos =
        Ticks.convert(time.written(), sample.track().timescale(), Ticks.NANOS_PER_SECOND);
    if (current.slews() && steps.isStep(time.errorNanos(), writtenNanos)) {
      openGap(current, GapCause.CLOCK_STEP);
    }
  }

  private void openGap(RunAssembler current, GapCause cause) {
    Gap opened = Gaps.open(current.expectedEnd(), GapOrigin.MUXER, cause);
    gap = Optional.of(opened);
    recording.ifPresent(some -> some.gapOpened(opened));
  }

  private void sampleBehindGap(RunAssembler current, Gap hole, Sample sample) {
    TrackTimeline time = current.timeline();
    long distance = time.distanceAcrossGap(sample.decodeTime(), sample.utcNanos());
    long timescale = sample.track().timescale();
    boolean step = hole.causes().contains(GapCause.CLOCK_STEP) || distance < -timescale;
    if (step && !sample.sync()) {
      current.bridge(sample, time.distanceByDecodeTime(sample.decodeTime()));
    } else if (step || distance > TrackTimeline.LONGEST_SAMPLE_SECONDS * timescale) {
      newRun(sample);
    } else {
      gap = Optional.empty();
      bridge(current, hole, sample, distance);
    }
  }

  private void bridge(RunAssembler current, Gap hole, Sample sample, long distance) {
    TrackTimeline time = current.timeline();
    Instant start = current.endBefore(sample);
    Instant stop = Utc.instant(time.written() + distance, sample.track().timescale());
    if (stop.isAfter(start)) {
      current.bridge(sample, distance, Gaps.bounded(hole, start, stop));
    } else {
      current.bridge(sample, distance);
      recording.ifPresent(some -> some.gapClosed(Gaps.bounded(hole, start, start)));
    }
  }

  /** Ends the run and begins another with this sample or with the next sync sample. */
  private void newRun(Sample sample) {
    finishRun(GapCause.NO_MEDIA);
    beginRun(sample);
  }

  private void beginRun(Sample sample) {
    if (!sample.sync()) {
      gap = gap.map(open -> open.because(GapCause.WAITING_FOR_SYNC));
      return;
    }
    Recording some = recording.orElseGet(() -> recordings.apply(Utc.instant(sample.utcNanos())));
    recording = Optional.of(some);
    Run next = new Run(runs++, format.orElseThrow(), utcSource, utcErrorNanos);
    List<Gap> before = gap.or(this::gapOfMuxer).map(List::of).orElse(List.of());
    RunAssembler recorder =
        new RunAssembler(next, partLength, some::late, new RunOutput(some, before));
    OptionalLong continued = continuedAt(sample);
    if (continued.isPresent()) {
      recorder.beginAt(continued.getAsLong(), sample);
    } else {
      recorder.begin(sample);
    }
    run = Optional.of(recorder);
    gap = Optional.empty();
    steps.reset();
  }

  private Optional<Gap> gapOfMuxer() {
    return end.map(instant -> Gaps.open(instant, GapOrigin.MUXER, endCause));
  }

  /**
   * Returns the tick at which the previous run ended, if nothing is missing between that run and a
   * sample.
   */
  private OptionalLong continuedAt(Sample sample) {
    if (end.isEmpty() || gap.map(Gap::causes).orElse(List.of()).contains(GapCause.CLOCK_STEP)) {
      return OptionalLong.empty();
    }
    long endNanos = Utc.nanos(end.get());
    long tolerance = gap.isEmpty() ? MOST_SNAPPED_NANOS : MOST_SNAPPED_BEHIND_GAP_NANOS;
    if (Math.abs(sample.utcNanos() - endNanos) > tolerance) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Ticks.convertRounded(endNanos, Ticks.NANOS_PER_SECOND, sample.track().timescale()));
  }

  private void patienceIsOver() {
    finishRun(GapCause.NO_MEDIA);
  }

  private void finishRun(GapCause cause) {
    run.ifPresent(
        current -> {
          end = Optional.of(current.expectedEnd());
          endCause = cause;
          current.finish();
          recording.ifPresent(
              some -> {
                some.queue().endRun();
                some.ready();
              });
        });
    run = Optional.empty();
  }

  private Instant now() {
    return Utc.instant(loop.clock().utcNanos());
  }

  /** Passes the groups and parts of one run to the queue of the recording. */
  private static final class RunOutput implements RunAssembler.Output {
    private final Recording recording;
    private List<Gap> before;

    RunOutput(Recording recording, List<Gap> before) {
      this.recording = recording;
      this.before = before;
    }

    @Override
    public void group(Run run) {
      recording.queue().begin(run, before);
      before = List.of();
    }

    @Override
    public void part(Part part) {
      recording.queue().add(part).ifPresent(recording::dropped);
      recording.ready();
    }
  }
}
