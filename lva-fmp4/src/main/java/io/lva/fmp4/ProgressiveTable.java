package io.lva.fmp4;

import java.util.Optional;

/**
 * Expands the tables of an {@code stbl} box (ISO/IEC 14496-12 clauses 8.6 and 8.7) into samples.
 *
 * <p>Not thread-safe.
 */
final class ProgressiveTable {
  private final long fileBytes;
  private final BoxPayload sizes;
  private final int constantSize;
  private final int sampleCount;
  private final RunLengths durations;
  private final RunLengths compositionOffsets;
  private final Optional<BoxPayload> syncSamples;
  private long nextSync = Long.MAX_VALUE;
  private int syncLeft;
  private final BoxPayload chunkRuns;
  private int chunkRunsLeft;
  private long nextChunkRun;
  private long samplesInChunk;
  private final SampleTable samples = new SampleTable();

  private ProgressiveTable(BoxPayload stbl, long fileBytes) throws Mp4Exception {
    this.fileBytes = fileBytes;
    sizes = BoxCursor.require(stbl, BoxType.STSZ);
    sizes.versionAndFlags();
    constantSize = sizes.count();
    sampleCount = constantSize == 0 ? sizes.entries(4) : sizes.count();
    // A file has at least one byte of media or table per sample, so that a bare count allocates
    // nothing.
    if ((long) sampleCount * Math.max(1, constantSize) > fileBytes) {
      throw new Mp4Exception("'stsz' claims " + sampleCount + " samples in " + fileBytes + " B");
    }
    durations = new RunLengths(BoxCursor.find(stbl, BoxType.STTS));
    compositionOffsets = new RunLengths(BoxCursor.find(stbl, BoxType.CTTS));
    syncSamples = BoxCursor.find(stbl, BoxType.STSS);
    chunkRuns = BoxCursor.require(stbl, BoxType.STSC);
    chunkRuns.versionAndFlags();
    chunkRunsLeft = chunkRuns.entries(12);
  }

  static SampleTable parse(BoxPayload stbl, long fileBytes) throws Mp4Exception {
    ProgressiveTable table = new ProgressiveTable(stbl, fileBytes);
    table.startSync();
    table.nextChunkRun = table.chunkRunsLeft > 0 ? table.chunkRuns.u32() : Long.MAX_VALUE;
    Optional<BoxPayload> stco = BoxCursor.find(stbl, BoxType.STCO);
    if (stco.isPresent()) {
      table.chunks(stco.get(), false);
    } else {
      table.chunks(BoxCursor.require(stbl, BoxType.CO64), true);
    }
    if (table.samples.count() < table.sampleCount) {
      throw new Mp4Exception(
          "chunks hold " + table.samples.count() + " of " + table.sampleCount + " samples");
    }
    return table.samples;
  }

  private void startSync() throws Mp4Exception {
    if (syncSamples.isPresent()) {
      BoxPayload stss = syncSamples.get();
      stss.versionAndFlags();
      syncLeft = stss.entries(4);
      nextSync = syncLeft > 0 ? stss.u32() : Long.MAX_VALUE;
    }
  }

  private void chunks(BoxPayload offsets, boolean wide) throws Mp4Exception {
    offsets.versionAndFlags();
    int count = offsets.entries(wide ? 8 : 4);
    for (int chunk = 1; chunk <= count && samples.count() < sampleCount; chunk++) {
      if (chunk >= nextChunkRun) {
        nextChunkRun();
      }
      long position = offsets.unsigned(wide);
      for (long i = 0; i < samplesInChunk && samples.count() < sampleCount; i++) {
        position += sample(position);
      }
    }
  }

  private void nextChunkRun() throws Mp4Exception {
    samplesInChunk = chunkRuns.u32();
    chunkRuns.skip(4);
    chunkRunsLeft--;
    nextChunkRun = chunkRunsLeft > 0 ? chunkRuns.u32() : Long.MAX_VALUE;
  }

  private int sample(long position) throws Mp4Exception {
    int size = constantSize == 0 ? sizes.count() : constantSize;
    if (position > fileBytes - size) {
      throw new Mp4Exception(
          "sample " + (samples.count() + 1) + " of " + size + " bytes ends beyond the file");
    }
    int duration = durations.next();
    if (duration < 0) {
      throw new Mp4Exception("'stts' with the duration " + Integer.toUnsignedString(duration));
    }
    samples.add(position, size, duration, compositionOffsets.next(), isSync());
    return size;
  }

  private boolean isSync() throws Mp4Exception {
    if (syncSamples.isEmpty()) {
      return true;
    }
    long number = samples.count() + 1L;
    while (nextSync < number && syncLeft > 1) {
      syncLeft--;
      nextSync = syncSamples.get().u32();
    }
    return nextSync == number;
  }

  /** Expands (count, value) pairs; after the last pair, its value repeats. */
  private static final class RunLengths {
    private final Optional<BoxPayload> box;
    private int entriesLeft;
    private long left;
    private int value;

    RunLengths(Optional<BoxPayload> box) throws Mp4Exception {
      this.box = box;
      if (box.isPresent()) {
        box.get().versionAndFlags();
        entriesLeft = box.get().entries(8);
      }
    }

    int next() throws Mp4Exception {
      while (left == 0 && entriesLeft > 0 && box.isPresent()) {
        left = box.get().u32();
        value = box.get().i32();
        entriesLeft--;
      }
      left = Math.max(0, left - 1);
      return value;
    }
  }
}
