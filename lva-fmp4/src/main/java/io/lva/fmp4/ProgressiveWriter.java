package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.ParameterSetPlace;
import io.lva.media.Ticks;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out one progressive MP4 file: an export.
 *
 * <pre>
 * ftyp  isom; isom iso2 avc1 mp41
 * moov  mvhd, of each track: trak with tkhd, edts/elst, mdia and its sample tables
 * mdat  the samples in the order in which they were added
 * </pre>
 *
 * <p>The caller adds the samples, takes the {@link #header} and copies the media after it. All
 * sizes are then known, so a server can state the length in advance and serve any range. {@link
 * #trim} presents exactly the requested part of a track, although its media starts at an earlier
 * sync sample (ISO/IEC 14496-12 clause 8.6.6).
 *
 * <p>Not thread-safe.
 */
public final class ProgressiveWriter {
  private static final long MAXIMUM_32_BITS = 0xffff_ffffL;

  private final List<ProgressiveTrack> tracks = new ArrayList<>();
  private final long creationTime;
  private long mediaBytes;

  /**
   * Starts a file whose parameter sets are in the sample entries ({@code avc1}).
   *
   * @param tracks at least one
   * @param creationTime the creation time, stored with a precision of one second
   * @throws IllegalArgumentException when there is no track, or a track has a codec without a
   *     sample entry
   */
  public ProgressiveWriter(TrackSet tracks, Instant creationTime) {
    this(tracks, creationTime, ParameterSetPlace.SAMPLE_ENTRY);
  }

  /**
   * Starts a file.
   *
   * @param tracks at least one
   * @param creationTime the creation time, stored with a precision of one second
   * @param place place of the parameter sets of video
   * @throws IllegalArgumentException when there is no track, or a track has a codec without a
   *     sample entry
   */
  public ProgressiveWriter(TrackSet tracks, Instant creationTime, ParameterSetPlace place) {
    if (tracks.tracks().isEmpty()) {
      throw new IllegalArgumentException("a file needs a track");
    }
    for (Track track : tracks.tracks()) {
      this.tracks.add(new ProgressiveTrack(TrackEntry.of(track, place)));
    }
    this.creationTime = creationTime.getEpochSecond() + InitWriter.SECONDS_FROM_1904_TO_1970;
  }

  /**
   * Adds the next sample, of any track.
   *
   * @param trackId its track
   * @param size bytes, zero or more
   * @param durationTicks ticks to the next sample of the track, zero or more
   * @param compositionOffset ticks from decode time to presentation, may be negative
   * @param sync whether decoding can start at it
   * @throws IllegalArgumentException when there is no such track, or the size or the duration is
   *     negative
   */
  public void add(int trackId, int size, int durationTicks, int compositionOffset, boolean sync) {
    if (size < 0 || durationTicks < 0) {
      throw new IllegalArgumentException("size " + size + " and duration " + durationTicks);
    }
    track(trackId).add(mediaBytes, size, durationTicks, compositionOffset, sync);
    mediaBytes += size;
  }

  /**
   * Presents only a part of a track, whose samples have all been added.
   *
   * @param trackId the track
   * @param startTicks first presentation time shown, in ticks of the track from the decode time of
   *     the track's first sample; negative where a picture is shown before that, by its composition
   *     offset
   * @param durationTicks length that is shown, in ticks of the track, positive
   * @throws IllegalArgumentException when there is no such track, the start is negative and below
   *     the lowest composition offset, or the duration is not positive
   */
  public void trim(int trackId, long startTicks, long durationTicks) {
    if (startTicks < track(trackId).minimumOffset() || durationTicks <= 0) {
      throw new IllegalArgumentException("trim to " + durationTicks + " ticks from " + startTicks);
    }
    track(trackId).trim(startTicks, durationTicks);
  }

  /**
   * Delays a track by an empty edit before it.
   *
   * @param trackId the track
   * @param delayTicks ticks of the track, zero or more
   * @throws IllegalArgumentException when there is no such track or the delay is negative
   */
  public void delay(int trackId, long delayTicks) {
    if (delayTicks < 0) {
      throw new IllegalArgumentException("a delay of " + delayTicks + " ticks");
    }
    track(trackId).delay(delayTicks);
  }

  /**
   * Returns the size of the media.
   *
   * @return bytes of all samples
   */
  public long mediaBytes() {
    return mediaBytes;
  }

  /**
   * Lays out everything before the media.
   *
   * @return {@code ftyp}, {@code moov} and the header of {@code mdat}; {@link #mediaBytes} bytes of
   *     media must follow it
   */
  public Bytes header() {
    boolean largeMedia = mediaBytes + 8 > MAXIMUM_32_BITS;
    int estimate = header(false, largeMedia, 0).size();
    boolean wideOffsets = estimate + mediaBytes > MAXIMUM_32_BITS;
    int size = wideOffsets ? header(true, largeMedia, 0).size() : estimate;
    return header(wideOffsets, largeMedia, size);
  }

  private Bytes header(boolean wideOffsets, boolean largeMedia, long mediaStart) {
    BoxWriter out = new BoxWriter();
    out.box(
        BoxType.FTYP,
        () -> {
          out.text("isom");
          out.u32(0x200);
          out.text("isomiso2avc1mp41");
        });
    out.box(BoxType.MOOV, () -> movie(out, wideOffsets, mediaStart));
    if (largeMedia) {
      out.u32(1);
      out.u32(BoxType.MDAT);
      out.u64(mediaBytes + 16);
    } else {
      out.u32((int) (mediaBytes + 8));
      out.u32(BoxType.MDAT);
    }
    return out.toBytes();
  }

  private void movie(BoxWriter out, boolean wideOffsets, long mediaStart) {
    int timescale = tracks.get(0).track().timescale();
    long duration = 0;
    int nextTrackId = 1;
    for (ProgressiveTrack track : tracks) {
      duration = Math.max(duration, movieTime(track, track.shownTicks() + track.delayTicks()));
      nextTrackId = Math.max(nextTrackId, track.track().id() + 1);
    }
    InitWriter.movieHeader(out, creationTime, timescale, duration, nextTrackId);
    for (ProgressiveTrack track : tracks) {
      long delay = movieTime(track, track.delayTicks());
      track.write(out, delay, movieTime(track, track.shownTicks()), wideOffsets, mediaStart);
    }
  }

  /** Converts ticks of a track to ticks of the movie, which are those of its first track. */
  private long movieTime(ProgressiveTrack track, long ticks) {
    return Ticks.convertRounded(
        ticks, track.track().timescale(), tracks.get(0).track().timescale());
  }

  private ProgressiveTrack track(int trackId) {
    for (ProgressiveTrack track : tracks) {
      if (track.track().id() == trackId) {
        return track;
      }
    }
    throw new IllegalArgumentException("no track " + trackId);
  }
}
