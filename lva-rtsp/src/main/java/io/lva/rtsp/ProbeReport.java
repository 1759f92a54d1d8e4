package io.lva.rtsp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a camera offers and sends.
 *
 * <p>Immutable.
 *
 * @param url without credentials
 * @param server what the camera calls itself, if it does
 * @param transport how media came: {@code tcp}, {@code udp}, {@code multicast} or {@code http}
 * @param sdp the session description as it was sent
 * @param tracks in the order of the description
 * @param deviations from the standards that were worked around, in the order of their first packets
 * @param measured what came of the first video; zeros with a failure
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
   * @param media such as {@code video}
   * @param encoding name in the description, such as {@code H264}; empty when it has none
   * @param codec as players name it (RFC 6381), if it is known
   * @param width of the picture in luma samples, if it is known
   * @param height of the picture in luma rows, if it is known
   * @param clockRate RTP ticks per second, if it is known
   * @param payloadType of RTP, if the description names one
   * @param control where the stream is set up, if the description names it
   * @param parameterSets where they were found: {@code sdp}, {@code in-band} or {@code none}; empty
   *     for a stream that was not received
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
   * What came.
   *
   * @param seconds of media time
   * @param frames in that time
   * @param fps frames per second of media time
   * @param bitsPerSecond of the frames, without RTP
   * @param lostPackets by their sequence numbers
   */
  public record Measured(
      double seconds, long frames, double fps, long bitsPerSecond, long lostPackets) {}
}
