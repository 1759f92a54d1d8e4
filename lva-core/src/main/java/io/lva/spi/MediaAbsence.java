package io.lva.spi;

import io.lva.media.GapCause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why no media arrives: the source of an activation notes it, for nodes that have had none yet.
 * Before the first sample there is no gap that would tell them.
 *
 * <p>Thread-safe.
 */
public final class MediaAbsence implements AutoCloseable {
  private volatile @Nullable GapCause cause;

  private MediaAbsence() {}

  /**
   * Returns what the nodes of an activation know.
   *
   * @param session of {@link NodeContext#session}
   * @return the instance that all nodes of the activation share
   */
  public static MediaAbsence of(SharedResources session) {
    return session.get(MediaAbsence.class, MediaAbsence::new);
  }

  /**
   * Notes why no media arrives.
   *
   * @param known replaces what was noted before
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
   * @return the cause; empty while media arrives or nobody knows why not
   */
  public Optional<GapCause> cause() {
    return Optional.ofNullable(cause);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
