package io.lva.media;

/**
 * Takes the media of one connection of the graph.
 *
 * <p>All calls come on the media loop of the session, one at a time and in this order: {@link
 * #tracks} first; then samples in decode order per track; a hole is {@link #gapOpened}, possibly
 * again with further causes under the same id, and {@link #gapClosed} right before the sample that
 * ends it; {@link #end} last. A consumer returns quickly and never blocks.
 */
public interface SampleConsumer {
  /**
   * Announces the tracks of the samples that follow: at the start, and after every format change.
   *
   * @param tracks replaces the set announced before
   */
  void tracks(TrackSet tracks);

  /**
   * Says where the UTC of the samples that follow comes from: after {@link #tracks} and before the
   * first sample of every time line, that is at the start and after a gap.
   *
   * @param source where it was taken from
   * @param errorNanos how far it may be off, as far as that can be known; zero or more
   */
  default void utcSource(UtcSource source, long errorNanos) {}

  /**
   * Takes one sample.
   *
   * @param sample of an announced track; its data is valid during this call unless kept
   */
  void sample(Sample sample);

  /**
   * Says that media is missing from now on.
   *
   * @param gap an open gap; the same id again adds causes
   */
  void gapOpened(Gap gap);

  /**
   * Says that the next sample ends a gap; its decode time may have a new origin.
   *
   * @param gap the gap with its end
   */
  void gapClosed(Gap gap);

  /**
   * Says that nothing follows.
   *
   * @param cause why the stream ends
   */
  void end(GapCause cause);

  /**
   * Says whether another group of pictures would be taken without dropping an older one.
   *
   * <p>Live sources never ask. A source that replays faster than real time stops reading its socket
   * while the answer is false.
   *
   * @return true unless a queue behind this consumer is full
   */
  default boolean hasRoom() {
    return true;
  }
}
