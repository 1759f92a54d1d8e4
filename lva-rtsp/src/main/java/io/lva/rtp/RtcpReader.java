package io.lva.rtp;

import io.lva.rtp.payload.RtpPacket;
import java.nio.ByteBuffer;

/**
 * Reads RTCP packets, compound or not (RFC 3550 section 6): sender reports and goodbyes; the rest
 * is skipped.
 *
 * <p>Immutable.
 */
final class RtcpReader {
  private static final int SENDER_REPORT = 200;
  private static final int GOODBYE = 203;
  private static final int FIRST_TYPE = 200;
  private static final int LAST_TYPE = 207;
  private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;

  private RtcpReader() {}

  /** Takes what was read. */
  interface Listener {
    /**
     * Takes a sender report.
     *
     * @param ssrc synchronization source
     * @param report its times
     */
    void senderReport(int ssrc, SenderTimes report);

    /**
     * Takes a goodbye.
     *
     * @param ssrc synchronization source that ends
     */
    void goodbye(int ssrc);
  }

  /**
   * The times of a sender report (RFC 3550 section 6.4.1): one instant on two clocks.
   *
   * @param utcNanos the camera's UTC, in nanoseconds since the Unix epoch
   * @param timestamp the same instant in the 32 bits of RTP timestamps
   * @param compactNtp the middle 32 bits of the NTP time, which a receiver report repeats
   */
  record SenderTimes(long utcNanos, int timestamp, int compactNtp) {}

  /**
   * Returns whether bytes look like RTCP rather than RTP (RFC 5761 section 4).
   *
   * @param packet from position to limit
   * @return true for an RTCP packet type
   */
  static boolean isRtcp(ByteBuffer packet) {
    if (packet.remaining() < 4 || (packet.get(packet.position()) & 0xc0) != 0x80) {
      return false;
    }
    int type = packet.get(packet.position() + 1) & 0xff;
    return type >= FIRST_TYPE && type <= LAST_TYPE;
  }

  /**
   * Reads a packet.
   *
   * @param packet from position to limit, neither moved nor changed
   * @param listener takes what was understood, including what precedes a part that was not
   * @return false when it is cut short or is not RTCP
   */
  static boolean read(ByteBuffer packet, Listener listener) {
    int at = packet.position();
    int end = packet.limit();
    while (at < end) {
      if (end - at < 4 || (packet.get(at) & 0xc0) != 0x80) {
        return false;
      }
      int next = at + 4 + RtpPacket.unsignedShort(packet, at + 2) * 4;
      if (next > end) {
        return false;
      }
      int type = packet.get(at + 1) & 0xff;
      if (type == SENDER_REPORT && next - at >= 28) {
        listener.senderReport(RtpPacket.integer(packet, at + 4), senderReport(packet, at + 8));
      } else if (type == GOODBYE) {
        int count = Math.min(packet.get(at) & 0x1f, (next - at) / 4 - 1);
        for (int i = 0; i < count; i++) {
          listener.goodbye(RtpPacket.integer(packet, at + 4 + i * 4));
        }
      }
      at = next;
    }
    return true;
  }

  private static SenderTimes senderReport(ByteBuffer packet, int at) {
    long seconds = Integer.toUnsignedLong(RtpPacket.integer(packet, at));
    long fraction = Integer.toUnsignedLong(RtpPacket.integer(packet, at + 4));
    // Era 1 begins in 2036; seconds of the lower half are from there (RFC 5905 section 6). A camera
    // that says 1900 or 1970 is so far off either way that it is not believed.
    long era = seconds < 1L << 31 ? 1L << 32 : 0;
    long utcNanos =
        (seconds + era - NTP_TO_UNIX_SECONDS) * 1_000_000_000L
            + ((fraction * 1_000_000_000L) >>> 32);
    int compact = (int) ((seconds << 16) | (fraction >>> 16));
    return new SenderTimes(utcNanos, RtpPacket.integer(packet, at + 8), compact);
  }
}
