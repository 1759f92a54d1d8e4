package io.lva.media;

/**
 * Takes the media of one connection of the graph.
 *
 * <p>All calls come on the media loop of the session, one at a time, and form streams:
 *
 * <pre>
 * connection = { stream }
 * stream     = tracks { tracks | utcSource | sample | gapOpened | gapClosed } end
 * </pre>
 *
 * <ul>
 *   <li>{@link #tracks} opens a stream. Within a stream it announces a change of format.
 *   <li>{@link #sample} follows in decode order per track.
 *   <li>A hole is {@link #gapOpened}, possibly again with further causes under the same id, and
 *       {@link #gapClosed} right before the sample that ends it.
 *   <li>{@link #end} closes the stream. {@link #tracks} may then open the next one, as a signal
 *       gate does whenever it opens; a sink begins a new recording with it. Before the first stream
 *       and between streams, the only calls are {@link #end}, which then has no effect, and {@link
 *       #hasRoom}.
 * </ul>
 *
 * <p>A consumer returns quickly and never blocks. One that throws is detached from its connection
 * and named in a {@code RuntimeError} event; it gets no further call, and the nodes beside it and
 * before it go on.
 */
public interface SampleConsumer {
  /**
   * Opens a stream, or announces a change of format.
   *
   * @param tracks the tracks of the samples that follow; replaces the set announced before
   */
  void tracks(TrackSet tracks);

  /**
   * Announces where the UTC of the samples that follow comes from: after {@link #tracks} and before
   * the first sample of every time line, that is at the start and after a gap.
   *
   * @param source where the UTC comes from
   * @param errorNanos how far the UTC may be off, as far as known; zero or more
   */
  default void utcSource(UtcSource source, long errorNanos) {}

  /**
   * Takes one sample.
   *
   * @param sample of an announced track; its data is valid during this call unless kept
   */
  void sample(Sample sample);

  /**
   * Announces that media is missing from now on.
   *
   * @param gap an open gap; the same id again adds causes
   */
  void gapOpened(Gap gap);

  /**
   * Announces that the next sample ends a gap; its decode time may have a new origin.
   *
   * @param gap the gap with its end
   */
  void gapClosed(Gap gap);

  /**
   * Closes the stream. An open gap ends with it.
   *
   * @param cause why the stream ends
   */
  void end(GapCause cause);

  /**
   * Returns whether another group of pictures would be taken without dropping an older one.
   *
   * <p>Live sources never ask. A source that replays faster than real time stops reading its socket
   * while the answer is false.
   *
   * @return true unless a queue of this consumer, or of one that follows it, is full
   */
  default boolean hasRoom() {
    return true;
  }
}
