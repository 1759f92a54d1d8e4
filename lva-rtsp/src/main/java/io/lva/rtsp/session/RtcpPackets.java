package io.lva.rtsp.session;

import java.nio.ByteBuffer;

/**
 * Tells RTCP packets from RTP packets, and finds those that say goodbye.
 *
 * <p>Immutable.
 */
final class RtcpPackets {
  private static final int FIRST_TYPE = 192;
  private static final int LAST_TYPE = 223;
  private static final int GOODBYE = 203;
  private static final int HEADER_BYTES = 4;

  private RtcpPackets() {}

  /**
   * Returns whether the type of a packet of at least two bytes is one of RTCP (RFC 5761 section 4).
   */
  static boolean isReport(ByteBuffer packet) {
    int type = packet.get(packet.position() + 1) & 0xff;
    return type >= FIRST_TYPE && type <= LAST_TYPE;
  }

  /**
   * Returns whether an RTCP packet, which may be a compound, says goodbye (RFC 3550 section 6.6).
   */
  static boolean isGoodbye(ByteBuffer report) {
    int index = report.position();
    while (index + HEADER_BYTES <= report.limit()) {
      if ((report.get(index + 1) & 0xff) == GOODBYE) {
        return true;
      }
      index += HEADER_BYTES + 4 * (report.getShort(index + 2) & 0xffff);
    }
    return false;
  }
}
