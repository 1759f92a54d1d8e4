package io.lva.fmp4;

import io.lva.media.TrackSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples of an MP4 file of any origin, progressive or fragmented.
 *
 * <p>Only headers and tables are read; the media stays where it is, apart from a sample that holds
 * the parameter sets of its track. A fragmented file that is cut off is read up to its last whole
 * sample.
 *
 * <p>Not thread-safe; what it returns is immutable.
 */
public final class Mp4Reader {
  private static final int MAXIMUM_MOOV_BYTES = 128 << 20;
  private static final int MAXIMUM_TRACKS = 64;

  private final SourceWindow source;
  private final List<TrackBox> tracks = new ArrayList<>();
  private final Map<Integer, SampleTable> tables = new HashMap<>();
  private final Map<Integer, TrackDefaults> defaults = new HashMap<>();
  private final List<BoxHeader> fragments = new ArrayList<>();
  private int movieTimescale = 1;

  private Mp4Reader(ByteSource source) {
    this.source = new SourceWindow(source);
  }

  /**
   * Reads the tracks of a file.
   *
   * @param source the file; needed afterwards only for the bytes of the samples
   * @return the tracks in the order of the file, at least one
   * @throws IOException when the source fails
   * @throws Mp4Exception when the file is not an MP4, is malformed or exceeds a limit
   */
  public static List<Mp4Track> read(ByteSource source) throws IOException, Mp4Exception {
    return new Mp4Reader(source).read();
  }

  /**
   * Returns the tracks of a file without their samples, as a graph uses them.
   *
   * @param tracks the result of {@link #read}
   * @return the same tracks
   */
  public static TrackSet trackSet(List<Mp4Track> tracks) {
    return new TrackSet(tracks.stream().map(Mp4Track::track).toList());
  }

  private List<Mp4Track> read() throws IOException, Mp4Exception {
    BoxHeader moov = scan();
    if (moov == null) {
      throw new Mp4Exception("no 'moov' box: not an MP4 file, or cut off before its end");
    }
    int size = moov.sizeWithin(MAXIMUM_MOOV_BYTES);
    BoxCursor cursor = new BoxCursor(source.range(moov.offset(), size));
    cursor.next();
    movie(cursor.payload());
    for (BoxHeader moof : fragments) {
      fragment(moof);
    }
    List<Mp4Track> result = new ArrayList<>();
    for (TrackBox box : tracks) {
      int timescale = box.entry().track().timescale();
      EditList edits = EditList.parse(box.trak(), movieTimescale, timescale);
      SampleTable samples = table(box.entry().track().id());
      TrackEntry entry = InBandParameters.complete(box.entry(), samples, source);
      result.add(
          new Mp4Track(
              entry.track(),
              entry.nalLengthBytes(),
              samples,
              edits.delayTicks(),
              edits.startTicks()));
    }
    return List.copyOf(result);
  }

  /** Collects the headers of all complete moofs; returns the header of the first moov, or null. */
  private @Nullable BoxHeader scan() throws IOException, Mp4Exception {
    long fileBytes = source.size();
    BoxHeader moov = null;
    long position = 0;
    while (fileBytes - position >= BoxHeader.MINIMUM_BYTES) {
      BoxHeader box = BoxHeader.read(source, position, fileBytes);
      if (!box.isWhole(fileBytes)) {
        break;
      }
      if (box.type() == BoxType.MOOV && moov == null) {
        moov = box;
      } else if (box.type() == BoxType.MOOF) {
        fragments.add(box);
      }
      position = box.end();
    }
    return moov;
  }

  private void movie(BoxPayload moov) throws IOException, Mp4Exception {
    BoxPayload mvhd = BoxCursor.require(moov, BoxType.MVHD);
    mvhd.skip(mvhd.versionAndFlags() >>> 24 == 0 ? 8 : 16);
    movieTimescale = mvhd.count();
    if (movieTimescale == 0) {
      throw new Mp4Exception("'mvhd' with timescale 0");
    }
    defaults.putAll(InitSegment.trackDefaults(moov));
    BoxCursor cursor = moov.boxes();
    while (cursor.next()) {
      if (cursor.type() == BoxType.TRAK) {
        track(TrackBox.parse(cursor.payload()));
      }
    }
    if (tracks.isEmpty()) {
      throw new Mp4Exception("'moov' without track");
    }
  }

  private void track(TrackBox box) throws IOException, Mp4Exception {
    SampleTable samples = ProgressiveTable.parse(box.sampleTable(), source.size());
    int trackId = box.entry().track().id();
    if (tracks.size() == MAXIMUM_TRACKS || tables.put(trackId, samples) != null) {
      throw new Mp4Exception("too many tracks, or two of number " + trackId);
    }
    tracks.add(box);
  }

  private void fragment(BoxHeader moof) throws IOException, Mp4Exception {
    int size = moof.sizeWithin(MovieFragment.MAXIMUM_BYTES);
    MovieFragment fragment =
        MovieFragment.parse(
            source.range(moof.offset(), size),
            moof.offset(),
            trackId -> defaults.getOrDefault(trackId, TrackDefaults.NONE));
    for (TrackFragment traf : fragment.trackFragments()) {
      if (tables.containsKey(traf.trackId())) {
        append(traf, table(traf.trackId()));
      }
    }
  }

  private void append(TrackFragment traf, SampleTable table) throws IOException, Mp4Exception {
    long fileBytes = source.size();
    if (table.count() + (long) traf.samples().count() > fileBytes) {
      throw new Mp4Exception("more samples than bytes");
    }
    PartSamples samples = traf.samples();
    boolean first = true;
    for (TrackFragment.TrackRun run : traf.runs()) {
      long position = run.position();
      for (int i = run.first(); i < run.first() + run.count(); i++) {
        int size = samples.size(i);
        if (position < 0 || position > fileBytes - size) {
          return;
        }
        if (first && traf.baseMediaDecodeTime() != TrackFragment.NO_TIME) {
          table.continueAt(traf.baseMediaDecodeTime());
        }
        first = false;
        boolean sync = SampleFlags.isSync(samples.flags(i));
        table.add(position, size, samples.duration(i), samples.compositionOffset(i), sync);
        position += size;
      }
    }
  }

  private SampleTable table(int trackId) throws Mp4Exception {
    SampleTable table = tables.get(trackId);
    if (table == null) {
      throw new Mp4Exception("no track " + trackId);
    }
    return table;
  }
}
