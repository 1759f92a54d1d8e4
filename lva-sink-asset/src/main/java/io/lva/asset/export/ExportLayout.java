package io.lva.asset.export;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.KeptMedia;
import io.lva.asset.export.AssetExport.MediaRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.TimeRange;
import io.lva.asset.index.TrackRow;
import io.lva.fmp4.InitSegment;
import io.lva.fmp4.ProgressiveWriter;
import io.lva.media.Ticks;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.codec.FlacFrames;
import io.lva.media.codec.PcmParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Places the samples of an export on its own time line, section after section.
 *
 * <p>The master track runs without a break. Each other track keeps its offset from the master:
 * where a cut leaves a hole, the sample before the cut is lengthened; where samples would overlap,
 * it is shortened; samples that do not fit at all are left out.
 *
 * <p>Confined to one thread.
 */
final class ExportLayout {
  private static final int NONE = -1;

  private final ExportSamples samples;
  private final List<TrackRow> tracks;
  private final long startNanos;
  private final long endNanos;
  private final List<TimeRange> shown = new ArrayList<>();
  private final long[] firstTimes;
  private final long[] outEnds;
  private final int[] last;
  private long masterZero;
  private boolean empty = true;

  ExportLayout(ExportSamples samples, List<TrackRow> tracks, long startNanos, long endNanos) {
    this.samples = samples;
    this.tracks = tracks;
    this.startNanos = startNanos;
    this.endNanos = endNanos;
    this.firstTimes = new long[tracks.size()];
    this.outEnds = new long[tracks.size()];
    this.last = new int[tracks.size()];
    Arrays.fill(last, NONE);
  }

  /** Adds the next section: the samples from one index up to another, shown up to an instant. */
  void section(int from, int to, long untilNanos) throws ExportException {
    long end = ticks(Math.min(endNanos, untilNanos), 0);
    long start = ticks(startNanos, 0);
    int firstMaster = NONE;
    int lastMaster = NONE;
    long firstShown = Long.MAX_VALUE;
    for (int i = from; i < to; i++) {
      if (samples.track(i) == 0) {
        firstMaster = firstMaster == NONE ? i : firstMaster;
        firstShown = Math.min(firstShown, samples.presentation(i));
        if (samples.presentation(i) < end) {
          lastMaster = i;
        }
      }
    }
    if (lastMaster == NONE) {
      for (int i = from; i < to; i++) {
        samples.drop(i);
      }
      return;
    }
    lastMaster = withShownBefore(from, to, lastMaster);
    long sectionZero = samples.time(firstMaster);
    long outStart = empty ? 0 : outEnds[0];
    if (empty) {
      masterZero = sectionZero;
      firstTimes[0] = sectionZero;
    }
    long shownEnd = place(from, to, lastMaster, sectionZero, outStart, end);
    shown.add(
        TimeRange.ofNanos(
            nanos(Math.max(start, firstShown), 0), nanos(Math.min(end, shownEnd), 0)));
    empty = false;
  }

  /**
   * Returns the last picture to keep. Pictures that are decoded later but shown before a kept
   * picture are kept too, so that a player that ignores the end of an edit list shows no hole.
   */
  private int withShownBefore(int from, int to, int lastMaster) {
    int end = lastMaster;
    long latest = Long.MIN_VALUE;
    long latestBehind = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      if (samples.track(i) != 0) {
        continue;
      }
      long presentation = samples.presentation(i);
      if (i <= end || presentation < latest) {
        end = Math.max(end, i);
        latest = Math.max(latest, Math.max(presentation, latestBehind));
      } else {
        latestBehind = Math.max(latestBehind, presentation);
      }
    }
    return end;
  }

  /** Places samples; returns where the master track ends, in ticks since the Unix epoch. */
  private long place(int from, int to, int lastMaster, long sectionZero, long outStart, long end) {
    long shownEnd = sectionZero;
    boolean[] begun = new boolean[tracks.size()];
    for (int i = from; i < to; i++) {
      int track = samples.track(i);
      if (track == 0) {
        if (i > lastMaster) {
          samples.drop(i);
          continue;
        }
        outEnds[0] += samples.duration(i);
        shownEnd = Math.max(shownEnd, samples.presentation(i) + samples.duration(i));
        last[0] = i;
        continue;
      }
      long endTicks = Ticks.convert(end, tracks.get(0).timescale(), tracks.get(track).timescale());
      long place = outTime(i, track, sectionZero, outStart);
      boolean late = samples.time(i) >= endTicks;
      if (late || (last[track] != NONE && !begun[track] && place < out(last[track], track))) {
        samples.drop(i);
        continue;
      }
      if (last[track] == NONE) {
        firstTimes[track] = place;
      } else if (!begun[track]) {
        samples.setDuration(last[track], place - outEnds[track] + samples.duration(last[track]));
      }
      outEnds[track] = place + samples.duration(i);
      begun[track] = true;
      last[track] = i;
    }
    return shownEnd;
  }

  /** Returns where the sample placed last begins, in ticks of the track after the master's zero. */
  private long out(int index, int track) {
    return outEnds[track] - samples.duration(index);
  }

  /** Returns where a sample belongs, in ticks of its track after the master's zero. */
  private long outTime(int index, int track, long sectionZero, long outStart) {
    int scale = tracks.get(track).timescale();
    int masterScale = tracks.get(0).timescale();
    long zero = Ticks.convertRounded(sectionZero, masterScale, scale);
    return samples.time(index) - zero + Ticks.convertRounded(outStart, masterScale, scale);
  }

  private long ticks(long nanos, int track) {
    return Ticks.convert(nanos, Ticks.NANOS_PER_SECOND, tracks.get(track).timescale());
  }

  /** Returns the tick whose time, rounded down to whole nanoseconds, is the given one. */
  private long nearestTicks(long nanos) {
    return Ticks.convertRounded(nanos, Ticks.NANOS_PER_SECOND, tracks.get(0).timescale());
  }

  private long nanos(long ticks, int track) {
    return Ticks.convert(ticks, tracks.get(track).timescale(), Ticks.NANOS_PER_SECOND);
  }

  /** Writes the header and collects where the media is. */
  AssetExport finish(
      AssetReader reader, InitSegment init, List<Fragment> files, ExportSound sound, KeptMedia kept)
      throws ExportException {
    if (shown.isEmpty()) {
      throw new ExportException(
          "nothing was recorded between "
              + Utc.instant(startNanos)
              + " and "
              + Utc.instant(endNanos));
    }
    List<Optional<FlacFrames>> converted = converted(init, sound);
    ProgressiveWriter writer =
        new ProgressiveWriter(
            trackSet(init, converted), shown.get(0).start(), init.parameterSetPlace());
    MediaRanges media = new MediaRanges();
    long[] numbers = new long[tracks.size()];
    for (int i = 0; i < samples.count(); i++) {
      if (samples.isDropped(i)) {
        continue;
      }
      int track = samples.track(i);
      Fragment file = files.get(samples.file(i));
      int size = samples.size(i);
      if (converted.get(track).isPresent()) {
        FlacFrames frames = converted.get(track).get();
        FlacSample sample = new FlacSample(frames, size, numbers[track]);
        numbers[track] += frames.samples(size);
        size = sample.sizeBytes();
        media.add(file, samples.offset(i), sample);
      } else {
        media.add(file, samples.offset(i), size);
      }
      writer.add(
          tracks.get(track).id(),
          size,
          samples.duration(i),
          samples.compositionOffset(i),
          samples.sync(i));
    }
    trim(writer);
    return new AssetExport(reader, shown, writer.header(), media, kept);
  }

  /** Returns the converter of each track; empty for a track that is copied unchanged. */
  private List<Optional<FlacFrames>> converted(InitSegment init, ExportSound sound) {
    List<Optional<FlacFrames>> converted = new ArrayList<>();
    for (TrackRow row : tracks) {
      Optional<Track> track = init.track(row.id());
      boolean flac =
          sound == ExportSound.FLAC
              && track.isPresent()
              && track.get().parameters() instanceof PcmParameters;
      converted.add(
          flac
              ? Optional.of(new FlacFrames((PcmParameters) track.get().parameters()))
              : Optional.empty());
    }
    return converted;
  }

  private TrackSet trackSet(InitSegment init, List<Optional<FlacFrames>> converted) {
    List<Track> present = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      if (last[i] != NONE) {
        Optional<FlacFrames> flac = converted.get(i);
        init.track(tracks.get(i).id())
            .map(
                track ->
                    flac.map(
                            frames -> new Track(track.id(), track.timescale(), frames.parameters()))
                        .orElse(track))
            .ifPresent(present::add);
      }
    }
    return new TrackSet(present);
  }

  private void trim(ProgressiveWriter writer) {
    long hidden = nearestTicks(shown.get(0).startNanos()) - masterZero;
    long duration = 0;
    for (TimeRange range : shown) {
      duration += nearestTicks(range.endNanos()) - nearestTicks(range.startNanos());
    }
    writer.trim(tracks.get(0).id(), hidden, Math.max(1, duration));
    int masterScale = tracks.get(0).timescale();
    for (int i = 1; i < tracks.size(); i++) {
      if (last[i] == NONE) {
        continue;
      }
      int scale = tracks.get(i).timescale();
      long start = Ticks.convertRounded(hidden, masterScale, scale) - firstTimes[i];
      long shownTicks = Ticks.convertRounded(duration, masterScale, scale) + Math.min(0, start);
      long there = outEnds[i] - firstTimes[i] - Math.max(0, start);
      writer.delay(tracks.get(i).id(), Math.max(0, -start));
      writer.trim(tracks.get(i).id(), Math.max(0, start), Math.max(1, Math.min(shownTicks, there)));
    }
  }
}
