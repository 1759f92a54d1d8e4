package io.lva.fmp4;

import io.lva.media.Track;

/**
 * Collects the samples of a track of an export and writes its {@code trak} box.
 *
 * <pre>
 * trak
 *   tkhd, edts/elst
 *   mdia
 *     mdhd, hdlr
 *     minf  vmhd, dinf
 *       stbl  stsd, stts, ctts, stss, stsc, stsz, stco or co64
 * </pre>
 *
 * <p>Negative composition offsets are written as positive ones, all shifted by the same time, and
 * the edit list shifts the presentation back, so that players that read offsets as unsigned show
 * the samples at the same times.
 *
 * <p>Not thread-safe.
 */
final class ProgressiveTrack {
  /** The most samples in a chunk, which is consecutive media of one track. */
  private static final int MAXIMUM_CHUNK_SAMPLES = 1024;

  private final TrackEntry entry;
  private final NumberList sizes = new NumberList();
  private final NumberList durationRuns = new NumberList();
  private final NumberList offsetRuns = new NumberList();
  private final NumberList syncSamples = new NumberList();
  private final NumberList chunkOffsets = new NumberList();
  private final NumberList chunkCounts = new NumberList();
  private long nextOffset = -1;
  private long mediaTicks;
  private long startTicks;
  private long delayTicks;
  private long trimmedTicks = -1;
  private int minimumOffset;

  ProgressiveTrack(TrackEntry entry) {
    this.entry = entry;
  }

  Track track() {
    return entry.track();
  }

  void add(long offset, int size, int durationTicks, int compositionOffset, boolean sync) {
    boolean sameChunk = offset == nextOffset && chunkCounts.last() < MAXIMUM_CHUNK_SAMPLES;
    if (sameChunk) {
      chunkCounts.setLast(chunkCounts.last() + 1);
    } else {
      chunkOffsets.add(offset);
      chunkCounts.add(1);
    }
    nextOffset = offset + size;
    sizes.add(size);
    addRun(durationRuns, durationTicks);
    addRun(offsetRuns, compositionOffset);
    minimumOffset = Math.min(minimumOffset, compositionOffset);
    if (sync) {
      syncSamples.add(sizes.count());
    }
    mediaTicks += durationTicks;
  }

  /** Returns the lowest composition offset, or 0 where none is negative. */
  int minimumOffset() {
    return minimumOffset;
  }

  void trim(long start, long duration) {
    startTicks = start;
    trimmedTicks = duration;
  }

  void delay(long delay) {
    delayTicks = delay;
  }

  /** Returns the time at the start during which nothing of the track is shown. */
  long delayTicks() {
    return delayTicks;
  }

  /** Returns the length of what is shown of the track, in its ticks. */
  long shownTicks() {
    return trimmedTicks < 0 ? mediaTicks : trimmedTicks;
  }

  void write(
      BoxWriter out, long movieDelay, long movieDuration, boolean wideOffsets, long mediaStart) {
    out.box(
        BoxType.TRAK,
        () -> {
          InitWriter.trackHeader(out, entry, movieDelay + movieDuration);
          if (trimmedTicks >= 0 || minimumOffset < 0 || movieDelay > 0) {
            edits(out, movieDelay, movieDuration);
          }
          out.box(
              BoxType.MDIA,
              () -> {
                InitWriter.mediaHeader(out, track().timescale(), mediaTicks);
                InitWriter.handler(out, track().mediaType());
                out.box(
                    BoxType.MINF,
                    () -> {
                      InitWriter.mediaInformationHeader(out, track().mediaType());
                      out.box(BoxType.STBL, () -> tables(out, wideOffsets, mediaStart));
                    });
              });
        });
  }

  private void edits(BoxWriter out, long movieDelay, long movieDuration) {
    out.box(
        BoxType.EDTS,
        () ->
            out.fullBox(
                BoxType.ELST,
                1,
                0,
                () -> {
                  out.u32(movieDelay > 0 ? 2 : 1);
                  if (movieDelay > 0) {
                    out.u64(movieDelay);
                    out.u64(-1);
                    out.u32(0x0001_0000);
                  }
                  out.u64(movieDuration);
                  out.u64(startTicks - minimumOffset);
                  out.u32(0x0001_0000);
                }));
  }

  private void tables(BoxWriter out, boolean wideOffsets, long mediaStart) {
    InitWriter.sampleDescription(out, entry);
    out.fullBox(BoxType.STTS, 0, 0, () -> runs(out, durationRuns, 0));
    if (offsetRuns.count() > 2 || (offsetRuns.count() == 2 && offsetRuns.last() != 0)) {
      out.fullBox(BoxType.CTTS, 0, 0, () -> runs(out, offsetRuns, -minimumOffset));
    }
    if (syncSamples.count() < sizes.count()) {
      out.fullBox(BoxType.STSS, 0, 0, () -> table(out, syncSamples));
    }
    out.fullBox(BoxType.STSC, 0, 0, () -> chunkRuns(out));
    out.fullBox(
        BoxType.STSZ,
        0,
        0,
        () -> {
          out.u32(0);
          table(out, sizes);
        });
    out.fullBox(
        wideOffsets ? BoxType.CO64 : BoxType.STCO,
        0,
        0,
        () -> chunkOffsets(out, wideOffsets, mediaStart));
  }

  private static void table(BoxWriter out, NumberList numbers) {
    out.u32(numbers.count());
    for (int i = 0; i < numbers.count(); i++) {
      out.u32((int) numbers.get(i));
    }
  }

  /** Writes (count, value) pairs, with a number added to the values. */
  private static void runs(BoxWriter out, NumberList pairs, long added) {
    out.u32(pairs.count() / 2);
    for (int i = 0; i < pairs.count(); i += 2) {
      out.u32((int) pairs.get(i));
      out.u32((int) (pairs.get(i + 1) + added));
    }
  }

  private void chunkRuns(BoxWriter out) {
    NumberList runs = new NumberList();
    for (int chunk = 0; chunk < chunkCounts.count(); chunk++) {
      if (chunk == 0 || chunkCounts.get(chunk) != chunkCounts.get(chunk - 1)) {
        runs.add(chunk);
      }
    }
    out.u32(runs.count());
    for (int i = 0; i < runs.count(); i++) {
      out.u32((int) runs.get(i) + 1);
      out.u32((int) chunkCounts.get((int) runs.get(i)));
      out.u32(1);
    }
  }

  private void chunkOffsets(BoxWriter out, boolean wideOffsets, long mediaStart) {
    out.u32(chunkOffsets.count());
    for (int i = 0; i < chunkOffsets.count(); i++) {
      long offset = mediaStart + chunkOffsets.get(i);
      if (wideOffsets) {
        out.u64(offset);
      } else {
        out.u32((int) offset);
      }
    }
  }

  private static void addRun(NumberList pairs, int value) {
    int count = pairs.count();
    if (count > 0 && pairs.last() == value) {
      pairs.set(count - 2, pairs.get(count - 2) + 1);
    } else {
      pairs.add(1);
      pairs.add(value);
    }
  }
}
