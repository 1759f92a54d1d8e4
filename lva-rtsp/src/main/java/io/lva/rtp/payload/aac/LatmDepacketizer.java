package io.lva.rtp.payload.aac;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.SlabPool;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.FrameBuilder;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.RtpPacket;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Takes AAC frames out of LATM payloads (RFC 6416 section 6, ISO/IEC 14496-3 clause 1.7.3) whose
 * configuration is in the session description: each frame follows its length.
 *
 * <p>Confined to its media loop.
 */
final class LatmDepacketizer implements Depacketizer {
  private final Optional<CodecParameters> parameters;
  private final FrameBuilder frames;
  private final Output output;
  private final int frameTicks;
  private int missingBytes;

  LatmDepacketizer(
      TrackFormat format,
      LatmConfiguration configuration,
      SlabPool slabs,
      PayloadLimits limits,
      Output output) {
    this.parameters = Optional.of(configuration.parameters());
    this.output = output;
    frames = new FrameBuilder(slabs, limits, output);
    frameTicks = (int) configuration.parameters().frameTicks(format.clockRate());
  }

  @Override
  public void packet(RtpPacket packet, long nanoTime, long utcNanos) {
    ByteBuffer buffer = packet.buffer();
    int at = packet.payloadStart();
    int end = at + packet.payloadLength();
    int timestamp = packet.timestamp();
    while (at < end) {
      if (missingBytes == 0) {
        int next = 0xff;
        while (at < end && next == 0xff) {
          next = buffer.get(at++) & 0xff;
          missingBytes += next;
        }
      }
      int length = Math.min(missingBytes, end - at);
      missingBytes -= length;
      if (length == 0) {
        return;
      }
      if (!frames.append(buffer, at, length)) {
        missingBytes = 0;
        return;
      }
      at += length;
      if (missingBytes == 0) {
        frames.complete(timestamp, nanoTime, utcNanos, parameters);
        timestamp += frameTicks;
      }
    }
    if (packet.marker() && missingBytes > 0) {
      output.note(Deviation.LATM_FRAMES_CUT_SHORT, "{0} bytes are missing", missingBytes);
      abandon();
    }
  }

  @Override
  public void lost() {
    abandon();
    output.missing(GapCause.PACKET_LOSS);
  }

  @Override
  public void flush() {
    abandon();
    frames.close();
  }

  @Override
  public Optional<CodecParameters> described() {
    return parameters;
  }

  private void abandon() {
    missingBytes = 0;
    frames.drop();
  }
}
