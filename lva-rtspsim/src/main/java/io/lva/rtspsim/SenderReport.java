package io.lva.rtspsim;

import io.lva.media.Ticks;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes a compound of a sender report and a source description with the canonical name (RFC 3550
 * sections 6.4.1 and 6.5).
 *
 * <p>Immutable.
 *
 * @param ssrc 32 bits
 * @param utcNanos the time of the report
 * @param timestamp the RTP timestamp at that time, 32 bits
 * @param packets RTP packets sent, modulo 2^32
 * @param octets bytes of their payloads, modulo 2^32
 */
record SenderReport(long ssrc, long utcNanos, long timestamp, long packets, long octets) {
  private static final byte[] CANONICAL_NAME = "camera".getBytes(StandardCharsets.US_ASCII);
  private static final int SENDER_REPORT = 200;
  private static final int SOURCE_DESCRIPTION = 202;
  private static final int REPORT_BYTES = 28;

  /** Header, SSRC, one item and at least one zero, in whole words. */
  private static final int DESCRIPTION_BYTES = (8 + 2 + CANONICAL_NAME.length + 4) / 4 * 4;

  static final int BYTES = REPORT_BYTES + DESCRIPTION_BYTES;

  /** Seconds from 1900 to 1970. */
  private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

  void write(ByteBuf target) {
    target.writeByte(0x80).writeByte(SENDER_REPORT).writeShort(REPORT_BYTES / 4 - 1);
    target.writeInt((int) ssrc);
    target.writeInt((int) (Math.floorDiv(utcNanos, Ticks.NANOS_PER_SECOND) + NTP_EPOCH_SECONDS));
    long nanos = Math.floorMod(utcNanos, Ticks.NANOS_PER_SECOND);
    target.writeInt((int) ((nanos << 32) / Ticks.NANOS_PER_SECOND));
    target.writeInt((int) timestamp).writeInt((int) packets).writeInt((int) octets);
    int end = target.writerIndex() + DESCRIPTION_BYTES;
    target.writeByte(0x81).writeByte(SOURCE_DESCRIPTION).writeShort(DESCRIPTION_BYTES / 4 - 1);
    target.writeInt((int) ssrc).writeByte(1).writeByte(CANONICAL_NAME.length);
    target.writeBytes(CANONICAL_NAME);
    target.writeZero(end - target.writerIndex());
  }
}
