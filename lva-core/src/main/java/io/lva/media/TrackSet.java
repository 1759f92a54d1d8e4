package io.lva.media;

import java.util.List;
import java.util.Optional;

/**
 * The tracks that flow along one connection of the graph, until the next set replaces them.
 *
 * <p>Immutable.
 *
 * @param tracks in the order of the session description; ids are unique
 */
public record TrackSet(List<Track> tracks) {
  /**
   * Copies the list.
   *
   * @param tracks see above
   */
  public TrackSet {
    tracks = List.copyOf(tracks);
  }

  /**
   * Creates a set.
   *
   * @param tracks in the order of the session description
   * @return a set of these tracks
   */
  public static TrackSet of(Track... tracks) {
    return new TrackSet(List.of(tracks));
  }

  /**
   * Returns the master track of the time line.
   *
   * @return the first video track; empty when there is none
   */
  public Optional<Track> video() {
    return tracks.stream().filter(track -> track.mediaType() == MediaType.VIDEO).findFirst();
  }
}
