package io.lva.rtsp.session;

import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspUrl;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Takes the events and packets of a session.
 *
 * <p>Called on the media loop.
 */
public interface RtspSessionListener {
  /**
   * Notes that the camera described its session.
   *
   * @param details the description
   */
  void described(SessionDetails details);

  /**
   * Takes the streams that are set up; their packets may follow at once. This is called again with
   * more streams if the camera does not play until all are set up.
   *
   * @param formats of the streams
   */
  void starting(List<TrackFormat> formats);

  /**
   * Notes that the camera named the source of a stream in its response to PLAY.
   *
   * @param track number of the stream
   * @param ssrc its synchronization source, 32 bits, unsigned
   */
  void ssrcAnnounced(int track, long ssrc);

  /** Notes that the camera agreed to play. */
  void playing();

  /**
   * Notes that bytes arrived; their content follows.
   *
   * @param sizeBytes number of bytes
   */
  void received(int sizeBytes);

  /**
   * Takes an RTP packet.
   *
   * @param track number of the stream
   * @param packet valid during this call
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  void rtp(int track, ByteBuffer packet, long nanoTime, long utcNanos);

  /**
   * Takes an RTCP packet.
   *
   * @param track number of the stream
   * @param packet valid during this call
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  void rtcp(int track, ByteBuffer packet, long nanoTime, long utcNanos);

  /**
   * Asks for a receiver report.
   *
   * @param track number of the stream
   * @param nanoTime monotonic time
   * @return the report; a buffer without remaining bytes when there is none yet
   */
  ByteBuffer receiverReport(int track, long nanoTime);

  /**
   * Notes that the session goes on at another URL and that this connection ends. No call follows.
   *
   * @param url where it goes on, at this camera or another
   */
  void redirected(RtspUrl url);

  /**
   * Notes that the session ended and that its connection ends. No call follows.
   *
   * @param failure why it ended
   */
  void ended(RtspFailure failure);
}
