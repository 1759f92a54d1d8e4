package io.lva.media;

/**
 * Passes every call on to another consumer. A processor extends this class and overrides what it
 * changes; calls of methods added to {@link SampleConsumer} later are passed on as well.
 *
 * <pre>{@code
 * final class SyncSamplesOnly extends ForwardingSampleConsumer {
 *   SyncSamplesOnly(SampleConsumer target) {
 *     super(target);
 *   }
 *
 *   @Override
 *   public void sample(Sample sample) {
 *     if (sample.sync()) {
 *       target().sample(sample);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Confined to its media loop.
 */
public abstract class ForwardingSampleConsumer implements SampleConsumer {
  private final SampleConsumer target;

  /**
   * Creates a consumer in front of another.
   *
   * @param target takes what passes, usually {@code NodeContext.mediaOutput()}
   */
  protected ForwardingSampleConsumer(SampleConsumer target) {
    this.target = target;
  }

  /**
   * Returns the consumer that follows.
   *
   * @return the consumer to which calls are passed on
   */
  protected final SampleConsumer target() {
    return target;
  }

  @Override
  public void tracks(TrackSet tracks) {
    target.tracks(tracks);
  }

  @Override
  public void utcSource(UtcSource source, long errorNanos) {
    target.utcSource(source, errorNanos);
  }

  @Override
  public void sample(Sample sample) {
    target.sample(sample);
  }

  @Override
  public void gapOpened(Gap gap) {
    target.gapOpened(gap);
  }

  @Override
  public void gapClosed(Gap gap) {
    target.gapClosed(gap);
  }

  @Override
  public void end(GapCause cause) {
    target.end(cause);
  }

  @Override
  public boolean hasRoom() {
    return target.hasRoom();
  }
}
