package io.lva.media;

/**
 * One access unit or audio frame of a track.
 *
 * <p>Immutable. Its data is valid only during the call that hands it over; see {@link SampleData}.
 *
 * @param track the track it belongs to
 * @param decodeTime ticks of the track's timescale on the session's own time line; advances in
 *     decode order and is continuous from one gap to the next, with an arbitrary origin
 * @param compositionOffset ticks from the decode time to the time of presentation; may be negative
 * @param sync whether decoding can start here
 * @param damaged whether a part of it was lost on the way
 * @param utcNanos UTC of the <em>decode time</em> on the session's clock, in nanoseconds since the
 *     Unix epoch; presentation is {@code compositionOffset} later
 * @param data its bytes; video as NAL units, each after its length in four bytes
 */
public record Sample(
    Track track,
    long decodeTime,
    int compositionOffset,
    boolean sync,
    boolean damaged,
    long utcNanos,
    SampleData data) {
  /**
   * Retains the data beyond the call that handed this sample over.
   *
   * @return this sample, which the caller must release once
   */
  public Sample keep() {
    data.keep();
    return this;
  }

  /**
   * Undoes one {@link #keep}; the caller must not read the data afterwards.
   *
   * @throws IllegalStateException when nothing holds the data any longer, as after one release too
   *     many
   */
  public void release() {
    data.release();
  }
}
