package io.lva.asset.record;

import io.lva.fmp4.InitSegment;
import io.lva.media.MediaType;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tracks of a run, master first.
 *
 * <p>Immutable.
 */
final class RunFormat {
  private final List<Track> tracks;
  private final List<String> initIds;

  private RunFormat(List<Track> tracks) {
    this.tracks = List.copyOf(tracks);
    this.initIds =
        tracks.stream()
            .map(track -> InitSegment.of(TrackSet.of(track), Instant.EPOCH).forTrack(track.id()))
            .map(InitSegment::id)
            .toList();
  }

  /**
   * Chooses what is recorded: the first video track, and every other track that a file can hold.
   *
   * @return the format, or empty when there is nothing to record
   */
  static Optional<RunFormat> of(TrackSet set) {
    List<Track> recorded = new ArrayList<>();
    for (Track track : set.tracks()) {
      if (isRecordable(track)) {
        recorded.add(track);
      }
    }
    Optional<Track> video =
        recorded.stream().filter(track -> track.mediaType() == MediaType.VIDEO).findFirst();
    video.ifPresent(
        master -> {
          recorded.removeIf(track -> track.mediaType() == MediaType.VIDEO);
          recorded.add(0, master);
        });
    return recorded.isEmpty() ? Optional.empty() : Optional.of(new RunFormat(recorded));
  }

  private static boolean isRecordable(Track track) {
    if (track.mediaType() == MediaType.APPLICATION) {
      return false;
    }
    try {
      InitSegment.of(TrackSet.of(track), Instant.EPOCH);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // a codec without sample entry
    }
  }

  /** Returns the track whose times are those of the run. */
  Track master() {
    return tracks.get(0);
  }

  /** Returns all tracks, master first. */
  List<Track> tracks() {
    return tracks;
  }

  /** Returns the name of the initialization segment of a track. */
  String initId(int index) {
    return initIds.get(index);
  }

  /** Returns the initialization segment of a file that begins at an instant. */
  InitSegment init(Instant start) {
    return InitSegment.of(new TrackSet(tracks), start);
  }

  /** Returns whether both formats have the same tracks in the same order. */
  boolean sameAs(RunFormat other) {
    return tracks.equals(other.tracks);
  }
}
