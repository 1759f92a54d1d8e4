package io.lva.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes receiver reports (RFC 3550 section 6.4.2), each with the source description that a
 * compound packet must have.
 *
 * <p>Immutable.
 */
final class ReceiverReportWriter {
  private static final int REPORT_BYTES = 32;
  private static final byte[] CANONICAL_NAME = "lva".getBytes(StandardCharsets.US_ASCII);

  private final int ownSsrc;

  /**
   * Creates a writer.
   *
   * @param ownSsrc the synchronization source of this receiver
   */
  ReceiverReportWriter(int ownSsrc) {
    this.ownSsrc = ownSsrc;
  }

  /**
   * Writes one report.
   *
   * @param ssrc synchronization source that is reported on
   * @param sequence sequence numbers of that source; writing a report resets the fraction lost
   * @param jitterTicks jitter of that source
   * @param lastReport the middle 32 bits of the NTP time of its last sender report, 0 for none
   * @param sinceReportNanos time since that report arrived; not negative
   * @return the packet
   */
  ByteBuffer write(
      int ssrc, SequenceTracker sequence, int jitterTicks, int lastReport, long sinceReportNanos) {
    int chunkBytes = 4 + 2 + CANONICAL_NAME.length + 1;
    int descriptionBytes = 4 + (chunkBytes + 3) / 4 * 4;
    ByteBuffer out = ByteBuffer.allocate(REPORT_BYTES + descriptionBytes);
    out.put((byte) 0x81).put((byte) 201).putShort((short) (REPORT_BYTES / 4 - 1));
    out.putInt(ownSsrc).putInt(ssrc);
    out.putInt(sequence.takeFractionLost() << 24 | sequence.cumulativeLost());
    out.putInt(sequence.extendedHighest()).putInt(jitterTicks).putInt(lastReport);
    out.putInt(lastReport == 0 ? 0 : (int) (sinceReportNanos / 1_000 * 65_536 / 1_000_000));
    out.put((byte) 0x81).put((byte) 202).putShort((short) (descriptionBytes / 4 - 1));
    out.putInt(ownSsrc).put((byte) 1).put((byte) CANONICAL_NAME.length).put(CANONICAL_NAME);
    return out.clear();
  }
}
