package io.lva.bench.system;

import io.lva.fmp4.ByteSource;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.Mp4Reader;
import io.lva.fmp4.Mp4Track;
import io.lva.fmp4.SampleTable;
import io.lva.media.Bytes;
import io.lva.media.codec.H264Parameters;
import io.lva.rtp.payload.h264.H264Packetizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A clip, packetized once. Each frame is held as the interleaved bytes of the wire; each camera
 * fills in sequence number, timestamp, source and stamp.
 *
 * <p>Immutable.
 *
 * @param parameters of the only track
 * @param frameTicks distance of frames at 90 kHz
 * @param frames in decode order; the first is a sync sample
 */
record FarmClip(H264Parameters parameters, int frameTicks, List<Frame> frames) {
  static final int CLOCK_RATE = 90_000;

  private static final int HEADER_BYTES = 4 + 12;
  private static final int PAYLOAD_BYTES = 1400;
  private static final int PAYLOAD_TYPE = 96;

  /**
   * One access unit.
   *
   * @param sync whether decoding can start here
   * @param presentationTicks offset of its presentation from its decode time
   * @param wire consecutive interleaved frames in a direct buffer
   * @param packetOffsets offset of each packet
   * @param stampOffset offset of its {@link FrameStamp}
   */
  record Frame(
      boolean sync,
      int presentationTicks,
      ByteBuffer wire,
      List<Integer> packetOffsets,
      int stampOffset) {}

  /** Reads the video track of an MP4 file. */
  static FarmClip read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      for (Mp4Track track : Mp4Reader.read(ByteSource.of(content))) {
        if (track.track().parameters() instanceof H264Parameters parameters) {
          return packetise(content, track, parameters);
        }
      }
      throw new IOException(file + " has no H.264 track");
    } catch (Mp4Exception e) {
      throw new IOException(file + " is not an MP4 file that can be read", e);
    }
  }

  /** Returns the bytes that a camera sends per second. */
  long bytesPerSecond() {
    long bytes = frames.stream().mapToLong(frame -> frame.wire().capacity()).sum();
    return bytes * CLOCK_RATE / ((long) frameTicks * frames.size());
  }

  /** Returns the session description of a camera. */
  String sessionDescription() {
    Base64.Encoder base64 = Base64.getEncoder();
    String sps = base64.encodeToString(parameters.sequenceParameterSets().get(0).toByteArray());
    String pps = base64.encodeToString(parameters.pictureParameterSets().get(0).toByteArray());
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=farm",
        "t=0 0",
        "a=control:*",
        "m=video 0 RTP/AVP " + PAYLOAD_TYPE,
        "a=rtpmap:" + PAYLOAD_TYPE + " H264/" + CLOCK_RATE,
        "a=fmtp:" + PAYLOAD_TYPE + " packetization-mode=1;sprop-parameter-sets=" + sps + "," + pps,
        "a=control:video",
        "");
  }

  private static FarmClip packetise(ByteBuffer content, Mp4Track track, H264Parameters parameters) {
    SampleTable samples = track.samples();
    int timescale = track.track().timescale();
    int frameTicks =
        (int) ((samples.decodeTime(1) - samples.decodeTime(0)) * CLOCK_RATE / timescale);
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < samples.count(); i++) {
      ByteBuffer sample = content.slice((int) samples.offset(i), samples.size(i));
      List<ByteBuffer> nalUnits = new ArrayList<>();
      if (samples.isSync(i)) {
        parameters.sequenceParameterSets().stream().map(Bytes::asByteBuffer).forEach(nalUnits::add);
        parameters.pictureParameterSets().stream().map(Bytes::asByteBuffer).forEach(nalUnits::add);
      }
      nalUnits.add(ByteBuffer.wrap(FrameStamp.nalUnit()));
      while (sample.remaining() > 4) {
        int length = sample.getInt();
        nalUnits.add(sample.slice(sample.position(), length));
        sample.position(sample.position() + length);
      }
      int offset = (int) ((long) samples.compositionOffset(i) * CLOCK_RATE / timescale);
      frames.add(frame(nalUnits, samples.isSync(i), offset));
    }
    return new FarmClip(parameters, frameTicks, List.copyOf(frames));
  }

  private static Frame frame(List<ByteBuffer> nalUnits, boolean sync, int presentationTicks) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    List<Integer> offsets = new ArrayList<>();
    new H264Packetizer(PAYLOAD_BYTES)
        .packetize(
            nalUnits,
            (payload, last) -> {
              offsets.add(wire.size());
              ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + payload.remaining());
              packet.put((byte) '$').put((byte) 0).putShort((short) (12 + payload.remaining()));
              packet.put((byte) 0x80).put((byte) (PAYLOAD_TYPE | (last ? 0x80 : 0)));
              packet.position(HEADER_BYTES);
              packet.put(payload);
              wire.writeBytes(packet.array());
            });
    ByteBuffer direct = ByteBuffer.allocateDirect(wire.size()).put(wire.toByteArray()).flip();
    int stamp = wire.toString(StandardCharsets.ISO_8859_1).indexOf(FrameStamp.MARKER);
    return new Frame(sync, presentationTicks, direct, List.copyOf(offsets), stamp);
  }
}
