package io.lva.rtsp;

import io.lva.rtp.TrackFormat;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Takes what a session brings.
 *
 * <p>Called on the media loop.
 */
interface RtspSessionListener {
  /** The camera described its session. */
  void described(SessionDetails details);

  /** These streams are set up; their packets may follow at once. */
  void starting(List<TrackFormat> formats);

  /** The camera told the source of a stream with its answer to PLAY. */
  void ssrcAnnounced(int track, long ssrc);

  /** The camera agreed to play. */
  void playing();

  /** Bytes arrived; what they hold follows. */
  void received(int sizeBytes);

  /** An RTP packet and when it arrived; valid during this call. */
  void rtp(int track, ByteBuffer packet, long nanoTime, long utcNanos);

  /** An RTCP packet and when it arrived; valid during this call. */
  void rtcp(int track, ByteBuffer packet, long nanoTime, long utcNanos);

  /** Asks for a receiver report; without remaining bytes when there is none yet. */
  ByteBuffer receiverReport(int track, long nanoTime);

  /** The session goes on at another URL; this connection ends. Nothing follows. */
  void redirected(RtspUrl url);

  /** The session ended, and its connection ends. Nothing follows. */
  void ended(RtspFailure failure);
}
