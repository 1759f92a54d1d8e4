package io.lva.rtp;

/**
 * Extends the 32 bits of RTP timestamps to 64 bits that do not wrap (RFC 3550 section 5.1).
 *
 * <p>This is the only place where they are unwrapped. Every timestamp is taken as the one nearest
 * to the last, so that steps of up to 2^31 ticks (6.6 hours at 90 kHz) in either direction are
 * recognized. Results begin 2^32 above the first timestamp, so that times in front of it are
 * positive as well.
 *
 * <p>Confined to its media loop.
 */
final class RtpTimestampUnwrapper {
  private long last;
  private boolean started;

  /**
   * Extends a timestamp to 64 bits; the next one is taken to be near it.
   *
   * @param timestamp the 32 bits of the packet
   * @return ticks, which do not wrap
   */
  long unwrap(int timestamp) {
    last = peek(timestamp);
    started = true;
    return last;
  }

  /**
   * Extends a timestamp to 64 bits without changing anything.
   *
   * @param timestamp the 32 bits of the packet
   * @return what {@link #unwrap} would return
   */
  long peek(int timestamp) {
    return started
        ? last + (timestamp - (int) last)
        : (1L << 32) + Integer.toUnsignedLong(timestamp);
  }

  /** Forgets everything: the next timestamp is the first of another stream. */
  void reset() {
    started = false;
  }
}
