package io.lva.media;

/**
 * One elementary stream of a session.
 *
 * <p>Immutable.
 *
 * @param id number of the track, unique in its {@link TrackSet}, 1 or more
 * @param timescale ticks per second of its decode times, positive; the RTP clock rate
 * @param parameters what a decoder must know
 */
public record Track(int id, int timescale, CodecParameters parameters) {
  /**
   * Checks the numbers.
   *
   * @param id 1 or more
   * @param timescale positive
   * @param parameters see above
   * @throws IllegalArgumentException when a number is not positive
   */
  public Track {
    if (id < 1 || timescale < 1) {
      throw new IllegalArgumentException("id " + id + " and timescale " + timescale);
    }
  }

  /**
   * Returns the type of the media.
   *
   * @return video, audio or application
   */
  public MediaType mediaType() {
    return parameters.mediaType();
  }
}
