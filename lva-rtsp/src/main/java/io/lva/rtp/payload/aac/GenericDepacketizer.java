package io.lva.rtp.payload.aac;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.SlabPool;
import io.lva.media.codec.AacParameters;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.FrameBuilder;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.RtpPacket;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes AAC frames out of MPEG-4 generic payloads (RFC 3640 sections 3.2 and 3.3): high and low bit
 * rate, several frames per packet, and frames in fragments. Frames are taken in the order of
 * transmission: interleaving is not undone. ADTS headers in front of frames, which some cameras
 * send, are left out.
 *
 * <p>Confined to its media loop.
 */
final class GenericDepacketizer implements Depacketizer {
  private static final int MAXIMUM_FRAMES = 64;

  private final Optional<CodecParameters> described;
  private final FrameBuilder frames;
  private final Output output;
  private final int sizeBits;
  private final int indexBits;
  private final int laterIndexBits;
  private final int constantBytes;
  private final int frameTicks;
  private final int[] sizes = new int[MAXIMUM_FRAMES];
  private int missingBytes;

  GenericDepacketizer(
      TrackFormat format,
      AacParameters parameters,
      SlabPool slabs,
      PayloadLimits limits,
      Output output) {
    this.described = Optional.of(parameters);
    this.output = output;
    frames = new FrameBuilder(slabs, limits, output);
    sizeBits = AacPayloadFormat.number(format, "sizelength", 0);
    indexBits = AacPayloadFormat.number(format, "indexlength", 0);
    laterIndexBits = AacPayloadFormat.number(format, "indexdeltalength", 0);
    constantBytes = AacPayloadFormat.number(format, "constantsize", 0);
    frameTicks = (int) parameters.frameTicks(format.clockRate());
  }

  @Override
  public void packet(RtpPacket packet, long nanoTime, long utcNanos) {
    ByteBuffer buffer = packet.buffer();
    int at = packet.payloadStart();
    int end = at + packet.payloadLength();
    int count = 1;
    sizes[0] = constantBytes > 0 ? constantBytes : end - at;
    if (sizeBits > 0) {
      int headerBits = end - at < 2 ? -1 : RtpPacket.unsignedShort(buffer, at);
      int start = at + 2;
      at = start + (headerBits + 7) / 8;
      count = headerBits < 0 || at > end ? 0 : headers(buffer, start, headerBits);
    } else if (constantBytes > 0) {
      count = Math.min(MAXIMUM_FRAMES, (end - at) / constantBytes);
      Arrays.fill(sizes, 0, count, constantBytes);
    }
    if (count == 0) {
      output.note(Deviation.AAC_WITHOUT_FRAMES, "payload of {0} bytes", packet.payloadLength());
      return;
    }
    if (missingBytes > 0) {
      goOn(packet, at, end, nanoTime, utcNanos);
    } else if (count == 1 && sizes[0] > end - at) {
      int skipped = adtsHeader(buffer, at, end, sizes[0]);
      boolean fits = frames.append(buffer, at + skipped, end - at - skipped);
      missingBytes = fits ? sizes[0] - (end - at) : 0;
    } else {
      whole(packet, at, end, count, nanoTime, utcNanos);
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
    return described;
  }

  /** Reads the AU headers; returns how many there are. */
  private int headers(ByteBuffer buffer, int start, int bits) {
    int at = start * Byte.SIZE;
    int end = at + bits;
    int count = 0;
    while (end - at >= sizeBits && count < MAXIMUM_FRAMES) {
      sizes[count] = bits(buffer, at, sizeBits);
      at += sizeBits;
      int index = Math.min(count == 0 ? indexBits : laterIndexBits, end - at);
      if (bits(buffer, at, index) != 0) {
        output.note(
            Deviation.AAC_INTERLEAVED, "AU index {0} of frame {1}", bits(buffer, at, index), count);
      }
      at += index;
      count++;
    }
    return count;
  }

  /** Reads up to 16 bits, which may begin within a byte. */
  private static int bits(ByteBuffer buffer, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      int bit = (buffer.get(i / Byte.SIZE) >> (Byte.SIZE - 1 - i % Byte.SIZE)) & 1;
      value = (value << 1) | bit;
    }
    return value;
  }

  private void whole(RtpPacket packet, int from, int end, int count, long nanoTime, long utcNanos) {
    int at = from;
    for (int i = 0; i < count; i++) {
      if (sizes[i] == 0 || sizes[i] > end - at) {
        output.note(
            Deviation.AAC_FRAMES_DO_NOT_FIT,
            "frame of {0} bytes, {1} are left",
            sizes[i],
            end - at);
        output.missing(GapCause.PACKET_LOSS);
        return;
      }
      int skipped = adtsHeader(packet.buffer(), at, end, sizes[i]);
      if (frames.append(packet.buffer(), at + skipped, sizes[i] - skipped)) {
        complete(packet.timestamp() + i * frameTicks, nanoTime, utcNanos);
      }
      at += sizes[i];
    }
  }

  private void goOn(RtpPacket packet, int at, int end, long nanoTime, long utcNanos) {
    int length = Math.min(missingBytes, end - at);
    missingBytes -= length;
    if (!frames.append(packet.buffer(), at, length)) {
      missingBytes = 0;
    } else if (missingBytes == 0) {
      complete(packet.timestamp(), nanoTime, utcNanos);
    }
  }

  private void complete(int timestamp, long nanoTime, long utcNanos) {
    frames.complete(timestamp, nanoTime, utcNanos, described);
  }

  private void abandon() {
    missingBytes = 0;
    frames.drop();
  }

  /** Returns the size of an ADTS header (ISO/IEC 13818-7 clause 6.2) in front of a frame, or 0. */
  private int adtsHeader(ByteBuffer buffer, int at, int end, int size) {
    if (Math.min(size, end - at) <= 9 || (RtpPacket.unsignedShort(buffer, at) & 0xfff6) != 0xfff0) {
      return 0;
    }
    int length =
        (buffer.get(at + 3) & 3) << 11
            | (buffer.get(at + 4) & 0xff) << 3
            | (buffer.get(at + 5) & 0xff) >> 5;
    if (length != size) {
      return 0;
    }
    output.note(Deviation.ADTS_HEADERS, "frame of {0} bytes", size);
    return (buffer.get(at + 1) & 1) == 1 ? 7 : 9;
  }
}
