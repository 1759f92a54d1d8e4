package io.lva.rtp;

/**
 * Decides which synchronization source a stream comes from.
 *
 * <p>The announced source is preferred, because packets from an earlier session may come first on a
 * new connection (Reolink RLC-410). But announcements are wrong at times, and a camera may change
 * its source: another one takes over when {@value #PERSISTENCE} of its packets have come in a row,
 * or when only its packets have come for some time. Its packets are held until then, because they
 * may begin with a key frame.
 *
 * <p>Confined to its media loop.
 */
final class SourceFilter {
  /** How many packets in a row make their source that of the stream. */
  static final int PERSISTENCE = 16;

  /** What a packet is. */
  enum Verdict {
    /** The packet belongs to the stream. */
    OWN,
    /** The packet is the first of another source, which may become that of the stream: hold it. */
    NEW_RIVAL,
    /** The packet comes from the same other source as the held packets: hold it, too. */
    RIVAL,
    /** The source of the held packets has replaced the one that the stream had. */
    CHANGED,
    /** The source of the held packets is taken, because the announced source never appeared. */
    CHOSEN
  }

  private boolean known;
  private boolean seen;
  private int current;
  private int rival;
  private int rivalCount;
  private long rivalSinceNanos;
  private long holdNanos;
  private boolean misled;

  /**
   * Takes an announcement. It has no effect once packets have shown the source, or once an
   * announcement was wrong.
   *
   * @param ssrc announced source
   */
  void announce(int ssrc) {
    if (!seen && !misled) {
      known = true;
      current = ssrc;
    }
  }

  /**
   * Takes the source of the next packet.
   *
   * @param ssrc its source
   * @param nanoTime when it arrived, monotonic time
   * @return what the packet is
   */
  Verdict accept(int ssrc, long nanoTime) {
    if (!known || ssrc == current) {
      known = true;
      seen = true;
      current = ssrc;
      rivalCount = 0;
      return Verdict.OWN;
    }
    if (rivalCount == 0 || ssrc != rival) {
      rivalCount = 1;
      rivalSinceNanos = nanoTime;
      rival = ssrc;
      return Verdict.NEW_RIVAL;
    }
    rivalCount++;
    if (rivalCount < PERSISTENCE && nanoTime - rivalSinceNanos < holdNanos) {
      return Verdict.RIVAL;
    }
    boolean first = !seen;
    misled |= first;
    seen = true;
    current = ssrc;
    rivalCount = 0;
    return first ? Verdict.CHOSEN : Verdict.CHANGED;
  }

  /** Returns whether a packet has shown the source. */
  boolean isSeen() {
    return seen;
  }

  /** Returns the source. */
  int ssrc() {
    return current;
  }

  /**
   * Begins a new connection.
   *
   * @param newHoldNanos how long packets of another source are held
   */
  void reset(long newHoldNanos) {
    holdNanos = newHoldNanos;
    known = false;
    seen = false;
    rivalCount = 0;
  }
}
