package io.lva.rtp.payload;

import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import java.util.Optional;
import java.util.Set;

/**
 * The RTP payload format of one codec.
 *
 * <p>An implementation is registered as a service and found by its encoding names (see {@link
 * PayloadFormats}). No other part of a receiver or sender depends on the codec.
 *
 * <p>Implementations are immutable.
 */
public interface PayloadFormat {
  /**
   * Returns the type of the media.
   *
   * @return video, audio or application
   */
  MediaType mediaType();

  /**
   * Returns the encoding names of {@code a=rtpmap} lines that stand for this format.
   *
   * @return upper-case names, at least one
   */
  Set<String> encodings();

  /**
   * Returns whether a stream can be received as it is described. One that cannot is reported and
   * left out.
   *
   * @param format description of the stream, whose encoding is one of {@link #encodings}
   * @return false when the description asks for something that is not supported
   */
  default boolean isReceivable(TrackFormat format) {
    return true;
  }

  /**
   * Creates a depacketizer for one connection.
   *
   * @param format a receivable stream
   * @param slabs pool that the memory of samples is taken from
   * @param limits bounds of an access unit
   * @param output takes what the depacketizer puts together
   * @return a new depacketizer
   * @throws IllegalArgumentException possibly, when the stream is not {@linkplain #isReceivable
   *     receivable}
   */
  Depacketizer depacketizer(
      TrackFormat format, SlabPool slabs, PayloadLimits limits, Depacketizer.Output output);

  /**
   * Describes how a track is sent.
   *
   * @param parameters codec parameters of the track
   * @return the description and the packetizer; empty when this format cannot send such a track
   */
  default Optional<SendFormat> sender(CodecParameters parameters) {
    return Optional.empty();
  }
}
