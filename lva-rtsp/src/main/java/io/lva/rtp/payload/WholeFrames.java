package io.lva.rtp.payload;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.SlabPool;
import io.lva.rtsp.Deviation;
import java.util.Optional;

/**
 * Depacketizer for formats whose payload is one frame, such as G.711, linear audio and Opus.
 *
 * <p>Confined to its media loop.
 */
public final class WholeFrames implements Depacketizer {
  private final FrameBuilder frames;
  private final Optional<CodecParameters> parameters;
  private final int frameBytes;
  private final Output output;

  /**
   * Creates a depacketizer.
   *
   * @param parameters codec parameters that the session description states
   * @param frameBytes payloads are cut to a multiple of this many bytes, at least 1
   * @param slabs pool that the memory of samples is taken from
   * @param limits the limit in bytes applies to a frame
   * @param output takes frames
   */
  public WholeFrames(
      CodecParameters parameters,
      int frameBytes,
      SlabPool slabs,
      PayloadLimits limits,
      Output output) {
    this.parameters = Optional.of(parameters);
    this.frameBytes = frameBytes;
    this.frames = new FrameBuilder(slabs, limits, output);
    this.output = output;
  }

  @Override
  public void packet(RtpPacket packet, long nanoTime, long utcNanos) {
    int length = packet.payloadLength() - packet.payloadLength() % frameBytes;
    if (length < packet.payloadLength()) {
      output.note(
          Deviation.AUDIO_ENDS_WITHIN_SAMPLE,
          "payload of {0} bytes, samples of {1}",
          packet.payloadLength(),
          frameBytes);
    }
    if (length > 0 && frames.append(packet.buffer(), packet.payloadStart(), length)) {
      frames.complete(packet.timestamp(), nanoTime, utcNanos, parameters);
    }
  }

  @Override
  public void lost() {
    output.missing(GapCause.PACKET_LOSS);
  }

  @Override
  public void flush() {
    frames.close();
  }

  @Override
  public Optional<CodecParameters> described() {
    return parameters;
  }
}
