package io.lva.rtspsim;

import io.lva.media.CodecParameters;
import io.lva.rtp.payload.Packetizer;
import io.lva.rtp.payload.PayloadFormats;
import io.lva.rtp.payload.SendFormat;

/** How tracks are sent, whatever their codec. */
final class Packetizers {
  /** The largest payload that is sent; it fits into a datagram without fragmentation. */
  static final int MAXIMUM_PAYLOAD_BYTES = 1400;

  private Packetizers() {}

  /**
   * Returns how a track is sent.
   *
   * @throws IllegalArgumentException when no payload format sends such a track
   */
  static SendFormat format(CodecParameters parameters) {
    return PayloadFormats.sending(parameters)
        .orElseThrow(() -> new IllegalArgumentException(parameters.codec() + " cannot be sent"));
  }

  /**
   * Returns the packetizer of a track.
   *
   * @throws IllegalArgumentException when no payload format sends such a track
   */
  static Packetizer of(CodecParameters parameters) {
    return format(parameters).packetizer().apply(MAXIMUM_PAYLOAD_BYTES);
  }
}
