package io.lva.fmp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Reads a {@code moof} (ISO/IEC 14496-12 clause 8.8.4), whichever program wrote it.
 *
 * <p>Immutable except for the samples.
 *
 * @param sequenceNumber 0 to 2^32 - 1
 * @param trackFragments in the order of the file
 */
record MovieFragment(long sequenceNumber, List<TrackFragment> trackFragments) {
  /** The largest {@code moof} that is read: 4 MiB. */
  static final int MAXIMUM_BYTES = 4 << 20;

  /**
   * Reads a box.
   *
   * @param moof the whole box
   * @param offset its offset in the file
   * @param defaults finds the {@code trex} of a track
   */
  static MovieFragment parse(ByteBuffer moof, long offset, IntFunction<TrackDefaults> defaults)
      throws Mp4Exception {
    BoxCursor cursor = new BoxCursor(moof);
    if (!cursor.next() || cursor.type() != BoxType.MOOF) {
      throw new Mp4Exception("no 'moof' box");
    }
    return new Parser(offset, defaults).parse(cursor.payload());
  }

  /** One pass over the box; the fields are the defaults of the current track fragment. */
  private static final class Parser {
    private static final int BASE_DATA_OFFSET = 0x1;
    private static final int SAMPLE_DESCRIPTION_INDEX = 0x2;
    private static final int DEFAULT_DURATION = 0x8;
    private static final int DEFAULT_SIZE = 0x10;
    private static final int DEFAULT_FLAGS = 0x20;
    private static final int DEFAULT_BASE_IS_MOOF = 0x2_0000;

    private static final int DATA_OFFSET = 0x1;
    private static final int FIRST_SAMPLE_FLAGS = 0x4;
    private static final int SAMPLE_DURATION = 0x100;
    private static final int SAMPLE_SIZE = 0x200;
    private static final int SAMPLE_FLAGS = 0x400;
    private static final int SAMPLE_COMPOSITION_OFFSET = 0x800;

    private final long moofOffset;
    private final IntFunction<TrackDefaults> movieDefaults;
    private int samplesLeft = PartSamples.MAXIMUM_COUNT;
    private long nextPosition;
    private long base;
    private int trackId;
    private long baseMediaDecodeTime;
    private TrackDefaults defaults = TrackDefaults.NONE;

    Parser(long moofOffset, IntFunction<TrackDefaults> movieDefaults) {
      this.moofOffset = moofOffset;
      this.movieDefaults = movieDefaults;
      this.nextPosition = moofOffset;
    }

    MovieFragment parse(BoxPayload moof) throws Mp4Exception {
      BoxPayload mfhd = BoxCursor.require(moof, BoxType.MFHD);
      mfhd.versionAndFlags();
      List<TrackFragment> trackFragments = new ArrayList<>();
      BoxCursor cursor = moof.boxes();
      while (cursor.next()) {
        if (cursor.type() == BoxType.TRAF) {
          trackFragments.add(trackFragment(cursor.payload()));
        }
      }
      return new MovieFragment(mfhd.u32(), List.copyOf(trackFragments));
    }

    private TrackFragment trackFragment(BoxPayload traf) throws Mp4Exception {
      header(BoxCursor.require(traf, BoxType.TFHD));
      baseMediaDecodeTime = TrackFragment.NO_TIME;
      PartSamples samples = new PartSamples();
      List<TrackFragment.TrackRun> runs = new ArrayList<>();
      BoxCursor cursor = traf.boxes();
      while (cursor.next()) {
        if (cursor.type() == BoxType.TFDT) {
          BoxPayload tfdt = cursor.payload();
          baseMediaDecodeTime = tfdt.unsigned(tfdt.versionAndFlags() >>> 24 != 0);
        } else if (cursor.type() == BoxType.TRUN) {
          runs.add(run(cursor.payload(), samples));
        }
      }
      return new TrackFragment(trackId, baseMediaDecodeTime, samples, List.copyOf(runs));
    }

    private void header(BoxPayload tfhd) throws Mp4Exception {
      int flags = tfhd.versionAndFlags();
      trackId = tfhd.count();
      TrackDefaults movie = movieDefaults.apply(trackId);
      if ((flags & BASE_DATA_OFFSET) != 0) {
        base = tfhd.unsigned(true);
      } else {
        base = (flags & DEFAULT_BASE_IS_MOOF) != 0 ? moofOffset : nextPosition;
      }
      if ((flags & SAMPLE_DESCRIPTION_INDEX) != 0) {
        tfhd.skip(4);
      }
      int duration = (flags & DEFAULT_DURATION) != 0 ? tfhd.count() : movie.durationTicks();
      int size = (flags & DEFAULT_SIZE) != 0 ? tfhd.count() : movie.sizeBytes();
      int sampleFlags = (flags & DEFAULT_FLAGS) != 0 ? tfhd.i32() : movie.flags();
      defaults = new TrackDefaults(duration, size, sampleFlags);
      nextPosition = base;
    }

    private TrackFragment.TrackRun run(BoxPayload trun, PartSamples samples) throws Mp4Exception {
      int flags = trun.versionAndFlags();
      long count = trun.u32();
      if (count > samplesLeft) {
        throw new Mp4Exception("'moof' with more than " + PartSamples.MAXIMUM_COUNT + " samples");
      }
      samplesLeft -= (int) count;
      if ((flags & DATA_OFFSET) != 0) {
        nextPosition = base + trun.i32();
      }
      int firstFlags = (flags & FIRST_SAMPLE_FLAGS) != 0 ? trun.i32() : defaults.flags();
      TrackFragment.TrackRun run =
          new TrackFragment.TrackRun(nextPosition, samples.count(), (int) count);
      for (int i = 0; i < count; i++) {
        sample(trun, flags, i == 0 ? firstFlags : defaults.flags(), samples);
      }
      return run;
    }

    private void sample(BoxPayload trun, int flags, int defaultFlags, PartSamples samples)
        throws Mp4Exception {
      int duration = (flags & SAMPLE_DURATION) != 0 ? trun.count() : defaults.durationTicks();
      int size = (flags & SAMPLE_SIZE) != 0 ? trun.count() : defaults.sizeBytes();
      int sampleFlags = (flags & SAMPLE_FLAGS) != 0 ? trun.i32() : defaultFlags;
      int offset = (flags & SAMPLE_COMPOSITION_OFFSET) != 0 ? trun.i32() : 0;
      if (samples.isFull(size)) {
        throw new Mp4Exception("'moof' with more than 2 GiB of media");
      }
      samples.add(duration, size, sampleFlags, offset);
      nextPosition += size;
    }
  }
}
