package io.lva.spi;

import io.lva.media.GapCause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why no media arrives. The source of an activation notes the cause for nodes that have not
 * received any media yet: before the first sample there is no gap that would carry it.
 *
 * <p>Thread-safe.
 */
public final class MediaAbsence implements AutoCloseable {
  private volatile @Nullable GapCause cause;

  private MediaAbsence() {}

  /**
   * Returns the instance that the nodes of an activation share.
   *
   * @param session the resources that {@link NodeContext#session} returns
   * @return the instance, which is created at the first call
   * @throws IllegalStateException when the activation has ended
   */
  public static MediaAbsence of(SharedResources session) {
    return session.get(MediaAbsence.class, MediaAbsence::new);
  }

  /**
   * Notes why no media arrives.
   *
   * @param known the cause, which replaces the one noted before
   */
  public void because(GapCause known) {
    cause = known;
  }

  /** Notes that media arrives. */
  public void ended() {
    cause = null;
  }

  /**
   * Returns why no media arrives.
   *
   * @return the cause; empty while media arrives, or while the cause is not known
   */
  public Optional<GapCause> cause() {
    return Optional.ofNullable(cause);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
