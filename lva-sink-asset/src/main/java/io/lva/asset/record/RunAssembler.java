package io.lva.asset.record;

import io.lva.asset.format.Utc;
import io.lva.media.Gap;
import io.lva.media.Sample;
import io.lva.media.Ticks;
import io.lva.media.Track;
import io.lva.media.UtcSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the parts of one run.
 *
 * <p>Confined to its media loop.
 */
final class RunAssembler {
  /**
   * How long a track may be silent before its last sample ends; shorter than a group waits for the
   * track.
   */
  private static final long SILENT_NANOS = Ticks.NANOS_PER_SECOND * 3 / 4;

  private final Duration partLength;
  private final Runnable late;
  private final Output output;
  private final TrackAssembler master;
  private final PartBuilder masterBuilder;
  private final Interleaver interleaver;
  private Run run;
  private List<TrackAssembler> others = List.of();

  /** Takes the groups and parts of a run, in file order. */
  interface Output {
    /** Begins a group of pictures, possibly with different tracks beside the master. */
    void group(Run run);

    /** Takes the next part. */
    void part(Part part);
  }

  /**
   * Creates the assembler of a run that has no samples yet.
   *
   * @param run the run
   * @param partLength the usual length of a part
   * @param late called for each sample that came too late for its group
   * @param output receives the parts in file order
   */
  RunAssembler(Run run, Duration partLength, Runnable late, Output output) {
    this.run = run;
    this.partLength = partLength;
    this.late = late;
    this.output = output;
    Track track = run.format().master();
    interleaver = new Interleaver(track, new GroupOutput());
    masterBuilder = new PartBuilder(track, ticks(partLength, track), interleaver::master);
    master = new TrackAssembler(track, slews(), this::masterSample);
    interleaver.begin(sides());
  }

  /** Creates the tracks beside the master, replacing the previous ones. */
  private List<SideTrack> sides() {
    List<TrackAssembler> tracks = new ArrayList<>();
    List<SideTrack> sides = new ArrayList<>();
    for (Track other : run.format().tracks().subList(1, run.format().tracks().size())) {
      PartBuilder builder = new PartBuilder(other, ticks(partLength, other), output::part);
      SideTrack side = new SideTrack(builder, other.timescale(), late);
      sides.add(side);
      tracks.add(new TrackAssembler(other, slews(), side));
    }
    others = tracks;
    return sides;
  }

  /**
   * Continues with other tracks beside the same master, starting with its next group of pictures.
   */
  void reformat(RunFormat format) {
    others.forEach(TrackAssembler::finish);
    masterBuilder.flush();
    run = new Run(run.number(), format, run.utcSource(), run.utcErrorNanos());
    interleaver.replace(sides());
  }

  /** Returns the master track. */
  Track master() {
    return master.track();
  }

  /** Returns the time line of the master track. */
  TrackTimeline timeline() {
    return master.timeline();
  }

  /** Returns whether written time follows UTC; trusted media time is written unchanged. */
  boolean slews() {
    return run.utcSource() != UtcSource.CAMERA;
  }

  /** Takes the first sample of the master track, at its UTC. */
  void begin(Sample sample) {
    master.begin(sample);
  }

  /** Takes the first sample of the master track, at the end of the previous run. */
  void beginAt(long written, Sample sample) {
    master.beginAt(written, sample);
  }

  /** Takes the next sample of the master track. */
  void next(Sample sample) {
    pauseSilent(sample.utcNanos());
    master.next(sample);
  }

  /** Takes the sample of the master track that ends a hole; the gap is stated before its part. */
  void bridge(Sample sample, long distance, Gap gap) {
    bridge(sample, distance);
    masterBuilder.bridge(gap);
  }

  /** Takes the sample of the master track that ends a hole in which nothing is missing. */
  void bridge(Sample sample, long distance) {
    master.bridge(sample, distance);
    others.forEach(TrackAssembler::gap);
  }

  /** Takes a sample of another track. */
  void other(Sample sample) {
    for (TrackAssembler track : others) {
      if (track.track().id() == sample.track().id()) {
        other(track, sample);
      }
    }
  }

  private void other(TrackAssembler track, Sample sample) {
    if (!track.hasBegun()) {
      track.begin(sample);
    } else if (track.isPaused()) {
      track.resume(sample);
    } else if (track.timeline().isHole(sample.decodeTime(), sample.utcNanos())) {
      track.pause();
      track.resume(sample);
    } else {
      track.next(sample);
    }
    interleaver.other();
  }

  /** Ends the last sample of each silent track before it is too late for its group. */
  private void pauseSilent(long utcNanos) {
    for (int i = 0; i < others.size(); i++) {
      TrackAssembler track = others.get(i);
      if (track.hasBegun()
          && !track.isPaused()
          && utcNanos - track.timeline().utcNanos() > SILENT_NANOS) {
        track.pause();
      }
    }
  }

  /** Hands over all samples except the held ones, see {@link HeldSamples}. */
  void flush() {
    masterBuilder.flush();
  }

  /** Ends all tracks and hands over everything. */
  void finish() {
    master.finish();
    others.forEach(TrackAssembler::finish);
    masterBuilder.flush();
    interleaver.finish();
  }

  /** Returns where the run ends if nothing follows, or if a sync sample follows. */
  Instant expectedEnd() {
    return Utc.instant(master.expectedEnd(), master.track().timescale());
  }

  /** Returns where the run ends if a sample follows after a hole. */
  Instant endBefore(Sample sample) {
    return sample.sync()
        ? expectedEnd()
        : Utc.instant(timeline().expectedEnd(), master.track().timescale());
  }

  private void masterSample(Sample sample, long written, int duration, int flags) {
    masterBuilder.add(sample, written, duration, flags);
  }

  /**
   * Passes on groups and parts; the first group after a change is the first with the new tracks.
   */
  private final class GroupOutput implements Interleaver.Output {
    private Run current = run;

    @Override
    public void group(boolean changed) {
      current = changed ? run : current;
      output.group(current);
    }

    @Override
    public void part(Part part) {
      output.part(part);
    }
  }

  private static long ticks(Duration length, Track track) {
    return Math.max(1, length.toMillis() * track.timescale() / 1000);
  }
}
