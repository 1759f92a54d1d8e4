package io.lva.rtsp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a camera offers and sends.
 *
 * <p>Immutable.
 *
 * @param url URL of the camera, without credentials
 * @param server what the camera calls itself; empty when it does not say
 * @param transport how media came: {@code tcp}, {@code udp}, {@code multicast} or {@code http}
 * @param sdp the session description as the camera sent it, but without the user information of
 *     URLs and with passwords in their parameters hidden
 * @param tracks streams in the order of the description
 * @param deviations deviations from the standards that were worked around: those of the connection,
 *     then those of the media, each in the order in which they were first seen
 * @param measured what was received of the first video, or of the first track when there is no
 *     video; after a failure, all zeros except for lost packets
 * @param failure why nothing was measured although the camera described its session; empty when
 *     pictures came
 */
public record ProbeReport(
    String url,
    Optional<String> server,
    String transport,
    String sdp,
    List<Track> tracks,
    List<SeenDeviation> deviations,
    Measured measured,
    Optional<RtspFailure> failure) {
  /**
   * Copies the lists.
   *
   * @param url see above
   * @param server see above
   * @param transport see above
   * @param sdp see above
   * @param tracks see above
   * @param deviations see above
   * @param measured see above
   * @param failure see above
   */
  public ProbeReport {
    tracks = List.copyOf(tracks);
    deviations = List.copyOf(deviations);
  }

  /**
   * One stream of the session.
   *
   * @param id its place in the description, from 0
   * @param media media type, such as {@code video}
   * @param encoding encoding name in the description, such as {@code H264}; empty when it has none
   * @param codec name of the codec for players (RFC 6381), if it is known
   * @param width width of the picture in luma samples, if it is known
   * @param height height of the picture in luma rows, if it is known
   * @param clockRate RTP ticks per second, if it is known
   * @param payloadType RTP payload type, if the description names one
   * @param control URL for the setup of the stream, absolute or relative, if the description names
   *     it
   * @param parameterSets where the parameter sets were found: {@code sdp}, {@code in-band} or
   *     {@code none}; empty unless it is a video stream that was received
   */
  public record Track(
      int id,
      String media,
      Optional<String> encoding,
      Optional<String> codec,
      OptionalInt width,
      OptionalInt height,
      OptionalInt clockRate,
      OptionalInt payloadType,
      Optional<String> control,
      Optional<String> parameterSets) {}

  /**
   * What was received of the first video, or of the first track when there is no video.
   *
   * @param seconds length in media time
   * @param frames number of frames in that time
   * @param fps frames per second of media time
   * @param bitsPerSecond bit rate of the frames, without the overhead of RTP
   * @param lostPackets number of packets of all tracks that the sequence numbers say are missing
   */
  public record Measured(
      double seconds, long frames, double fps, long bitsPerSecond, long lostPackets) {}
}
