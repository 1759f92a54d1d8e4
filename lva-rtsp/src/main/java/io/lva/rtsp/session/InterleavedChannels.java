package io.lva.rtsp.session;

import io.lva.rtsp.message.TransportHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Knows which stream a channel carries, and tells RTP from RTCP by their content.
 *
 * <p>Confined to its media loop.
 */
final class InterleavedChannels {
  private static final int FIRST_RTCP_TYPE = 192;
  private static final int LAST_RTCP_TYPE = 223;
  private static final int GOODBYE = 203;
  private static final int RTCP_HEADER_BYTES = 4;

  /** What a frame holds. */
  enum Content {
    MEDIA,
    REPORT,
    NOTHING
  }

  private final int[] tracks = new int[256];
  private final boolean[] reports = new boolean[256];
  private final Deviations deviations;

  InterleavedChannels(Deviations deviations) {
    this.deviations = deviations;
    Arrays.fill(tracks, -1);
  }

  void assign(TransportHeader.Channels channels, int track) {
    tracks[channels.rtcp()] = track;
    reports[channels.rtcp()] = true;
    tracks[channels.rtp()] = track;
    reports[channels.rtp()] = false;
  }

  /** Looks at a frame; nothing when it belongs to no stream or is too short for a packet. */
  Content examine(int channel, ByteBuffer data) {
    if (tracks[channel] < 0) {
      deviations.accept("data on a channel that was not set up");
      return Content.NOTHING;
    }
    if (data.remaining() < 2) {
      deviations.accept("interleaved frame without a packet");
      return Content.NOTHING;
    }
    boolean report = isReport(data);
    if (report != reports[channel]) {
      deviations.accept("RTP and RTCP on swapped channels");
    }
    return report ? Content.REPORT : Content.MEDIA;
  }

  /** Returns the stream of a channel that was assigned. */
  int track(int channel) {
    return tracks[channel];
  }

  /**
   * Says whether a report ends its stream (RFC 3550 section 6.6), also within a compound packet.
   */
  static boolean saysGoodbye(ByteBuffer report) {
    int index = report.position();
    while (index + RTCP_HEADER_BYTES <= report.limit()) {
      if ((report.get(index + 1) & 0xff) == GOODBYE) {
        return true;
      }
      index += RTCP_HEADER_BYTES + 4 * (report.getShort(index + 2) & 0xffff);
    }
    return false;
  }

  /** Tells them apart by the packet type (RFC 5761 section 4). */
  private static boolean isReport(ByteBuffer data) {
    int type = data.get(data.position() + 1) & 0xff;
    return type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE;
  }
}
