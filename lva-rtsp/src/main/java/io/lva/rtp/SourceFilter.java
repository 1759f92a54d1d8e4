package io.lva.rtp;

/**
 * Decides which synchronization source a stream is.
 *
 * <p>The announced one is preferred, because packets of an earlier session may come first on a new
 * connection (Reolink RLC-410). But announcements are wrong at times, and a camera may change its
 * source: another one takes over when {@value #PERSISTENCE} packets of it came in a row.
 *
 * <p>Confined to its media loop.
 */
final class SourceFilter {
  /** Packets of another source in a row that make it the source. */
  static final int PERSISTENCE = 16;

  /** What a packet is. */
  enum Verdict {
    /** Of the stream. */
    OWN,
    /** Of the stream, which has another source from this packet on. */
    CHANGED,
    /** Of another stream. */
    FOREIGN
  }

  private boolean known;
  private boolean seen;
  private int current;
  private int rival;
  private int rivalCount;
  private boolean misled;

  /**
   * Takes an announcement; without effect once packets have shown the source, or once announcements
   * were wrong.
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
   * @return what it is
   */
  Verdict accept(int ssrc) {
    if (!known || ssrc == current) {
      known = true;
      seen = true;
      current = ssrc;
      rivalCount = 0;
      return Verdict.OWN;
    }
    rivalCount = ssrc == rival ? rivalCount + 1 : 1;
    rival = ssrc;
    if (rivalCount < PERSISTENCE) {
      return Verdict.FOREIGN;
    }
    boolean first = !seen;
    misled |= first;
    seen = true;
    current = ssrc;
    rivalCount = 0;
    return first ? Verdict.OWN : Verdict.CHANGED;
  }

  /** Returns whether a packet has shown the source. */
  boolean isSeen() {
    return seen;
  }

  /** Returns the source. */
  int ssrc() {
    return current;
  }

  /** Returns whether an announcement was wrong. */
  boolean isMisled() {
    return misled;
  }

  /** Begins a new connection. */
  void reset() {
    known = false;
    seen = false;
    rivalCount = 0;
  }
}
