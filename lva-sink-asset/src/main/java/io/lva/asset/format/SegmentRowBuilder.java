package io.lva.asset.format;

import io.lva.asset.index.Fragments;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.fmp4.InitSegment;
import io.lva.media.Track;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates the index row of a segment from its parts, in the order of the file. The recorder and
 * everything that reads a file back use this one class, so that a rebuilt index equals the original
 * one.
 *
 * <p>Fragments begin as follows. In the master track, a part that starts with a sync sample begins
 * a fragment when the previous fragment has lasted at least {@link #SHORTEST_FRAGMENT_SECONDS}. A
 * part that would make a fragment longer than {@link #LONGEST_FRAGMENT_SECONDS} begins the next
 * one, which is dependent unless the part starts with a sync sample. In any other track, the first
 * part after the beginning of a master fragment begins a fragment. Files of the first version of
 * the format have no dependent fragments.
 *
 * <p>Not thread-safe.
 */
public final class SegmentRowBuilder {
  /** How long a fragment must have lasted before a sync sample can begin the next one. */
  public static final int SHORTEST_FRAGMENT_SECONDS = 1;

  /** The longest duration of a fragment of the master, unless a single part lasts longer. */
  public static final int LONGEST_FRAGMENT_SECONDS = 6;

  private static final int LIMITED_SINCE_FORMAT = 2;
  private static final long LONGEST_FRAGMENT_BYTES = 1L << 30;

  private final SegmentRow template;
  private final boolean limited;
  private final List<TrackState> tracks = new ArrayList<>();

  /**
   * Begins a segment.
   *
   * @param head its {@code ftyp} and {@code moov}
   * @param origin its origin box, whose tracks must be in the head
   * @param file its name when it is complete, relative to the folder of the asset
   * @throws AssetFormatException when head, origin and name contradict each other
   */
  public SegmentRowBuilder(InitSegment head, OriginBox origin, String file)
      throws AssetFormatException {
    this(template(head, origin, file), origin.format() >= LIMITED_SINCE_FORMAT);
  }

  /**
   * Begins a segment of the format {@link OriginBox#FORMAT}.
   *
   * @param template a row with what is known of the segment; fragments and track starts in it are
   *     ignored
   */
  public SegmentRowBuilder(SegmentRow template) {
    this(template, /* limited= */ true);
  }

  private SegmentRowBuilder(SegmentRow template, boolean limited) {
    this.template = template;
    this.limited = limited;
    for (TrackRow track : template.tracks()) {
      tracks.add(new TrackState(track));
    }
  }

  private static SegmentRow template(InitSegment head, OriginBox origin, String file)
      throws AssetFormatException {
    List<TrackRow> tracks = new ArrayList<>();
    for (OriginBox.TrackBase base : origin.tracks()) {
      Track track = head.track(base.id()).orElse(null);
      if (track == null || track.timescale() != base.timescale()) {
        throw new AssetFormatException("track " + base.id() + " of the origin is not in the head");
      }
      tracks.add(template(track, base.base(), head.forTrack(base.id()).id()));
    }
    try {
      return new SegmentRow(
          origin.epoch(),
          origin.run(),
          origin.runNumber(),
          origin.sequence(),
          file,
          0,
          origin.sequence() > 0 && origin.gaps().isEmpty(),
          origin.unsyncedStart(),
          tracks);
    } catch (IllegalArgumentException e) {
      throw new AssetFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  private static TrackRow template(Track track, long base, String init)
      throws AssetFormatException {
    String codec = track.parameters().codec();
    try {
      return new TrackRow(
          track.id(),
          track.timescale(),
          base,
          0,
          init,
          TrackRow.isCodec(codec) ? codec : "unknown",
          track.parameters().width(),
          track.parameters().height(),
          Fragments.empty());
    } catch (IllegalArgumentException e) {
      throw new AssetFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Adds the next part of the file.
   *
   * @param trackId its track, as numbered in the origin
   * @param offset position of its {@code moof} in the file
   * @param sizeBytes size of {@code moof} and {@code mdat} together
   * @param decodeTime decode time of its first sample, in ticks after the file's zero
   * @param durationTicks total duration of its samples
   * @param sync whether decoding can start at its first sample
   * @throws AssetFormatException when the track is unknown or the part does not continue it
   */
  public void part(
      int trackId, long offset, long sizeBytes, long decodeTime, long durationTicks, boolean sync)
      throws AssetFormatException {
    TrackState master = tracks.get(0);
    TrackState track = track(trackId);
    track.check(decodeTime, durationTicks);
    boolean mayDepend = limited && track == master;
    boolean tooLong = mayDepend && track.lastsTooLong(Math.addExact(decodeTime, durationTicks));
    if (tooLong || track.fragmentEnds(offset + sizeBytes, decodeTime, sync, track == master)) {
      track.endFragment(decodeTime);
      if (track == master) {
        tracks.forEach(other -> other.cut = other != master);
      }
    }
    track.add(offset, sizeBytes, decodeTime, durationTicks, mayDepend && !sync);
  }

  private TrackState track(int trackId) throws AssetFormatException {
    for (TrackState track : tracks) {
      if (track.track.id() == trackId) {
        return track;
      }
    }
    throw new AssetFormatException("track " + trackId + " is not in the origin");
  }

  /**
   * Creates the row of everything added so far.
   *
   * @param sizeBytes present size of the file
   * @return the row; empty while the master track has no part
   * @throws AssetFormatException when the numbers do not make a row
   */
  public Optional<SegmentRow> row(long sizeBytes) throws AssetFormatException {
    return row(sizeBytes, true);
  }

  /**
   * Creates the row of the fragments that are complete, while the file is being written.
   *
   * @param sizeBytes present size of the file
   * @return the row; empty while the master track has no complete fragment
   * @throws AssetFormatException when the numbers do not make a row
   */
  public Optional<SegmentRow> completeFragments(long sizeBytes) throws AssetFormatException {
    return row(sizeBytes, false);
  }

  private Optional<SegmentRow> row(long sizeBytes, boolean open) throws AssetFormatException {
    try {
      List<TrackRow> rows = new ArrayList<>();
      for (TrackState track : tracks) {
        rows.add(track.row(open));
      }
      if (rows.get(0).fragments().count() == 0) {
        return Optional.empty();
      }
      return Optional.of(
          new SegmentRow(
              template.epoch(),
              template.run(),
              template.runNumber(),
              template.sequence(),
              template.file(),
              sizeBytes,
              template.continues(),
              template.unsyncedStart(),
              rows));
    } catch (IllegalArgumentException e) {
      throw new AssetFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  /** One track. The last fragment is open: it lasts until the next begins. */
  private static final class TrackState {
    private final TrackRow track;
    private final List<long[]> complete = new ArrayList<>();
    private final BitSet dependent = new BitSet(0);
    private long @Nullable [] open; // offset, end, start ticks
    private long start;
    private long end;
    private boolean cut;

    TrackState(TrackRow track) {
      this.track = track;
    }

    boolean fragmentEnds(long partEnd, long decodeTime, boolean sync, boolean master) {
      if (open == null || complete.size() >= Fragments.MAXIMUM - 1) {
        return master && open == null;
      }
      boolean longEnough =
          decodeTime - open[2] >= (long) SHORTEST_FRAGMENT_SECONDS * track.timescale();
      return (master && sync && longEnough) || cut || partEnd - open[0] > LONGEST_FRAGMENT_BYTES;
    }

    boolean lastsTooLong(long partEndTime) {
      return open != null
          && complete.size() < Fragments.MAXIMUM - 1
          && partEndTime - open[2] > (long) LONGEST_FRAGMENT_SECONDS * track.timescale();
    }

    void endFragment(long decodeTime) {
      if (open != null) {
        complete.add(new long[] {open[0], open[1] - open[0], decodeTime - open[2]});
        open = null;
      }
    }

    void check(long decodeTime, long durationTicks) throws AssetFormatException {
      if (decodeTime < end || durationTicks < 0) {
        throw new AssetFormatException(
            "track " + track.id() + " goes back from " + end + " to " + decodeTime);
      }
    }

    void add(
        long offset, long sizeBytes, long decodeTime, long durationTicks, boolean needsOthers) {
      if (open == null) {
        if (complete.isEmpty()) {
          start = decodeTime;
          end = decodeTime;
        } else if (needsOthers) {
          dependent.set(complete.size());
        }
        open = new long[] {offset, offset, decodeTime};
        cut = false;
      }
      open[1] = offset + sizeBytes;
      end = Math.addExact(decodeTime, durationTicks);
    }

    TrackRow row(boolean withOpen) {
      Fragments.Builder fragments = Fragments.builder();
      for (long[] fragment : complete) {
        fragments.add(fragment[0], fragment[1], fragment[2]);
      }
      if (open != null && withOpen) {
        fragments.add(open[0], open[1] - open[0], end - open[2]);
      }
      dependent.stream().filter(index -> index < fragments.count()).forEach(fragments::dependent);
      return new TrackRow(
          track.id(),
          track.timescale(),
          track.base(),
          start,
          track.init(),
          track.codec(),
          track.width(),
          track.height(),
          fragments.build());
    }
  }
}
