package io.lva.bench.system;

import io.lva.fmp4.ByteSource;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.Mp4Reader;
import io.lva.fmp4.Mp4Track;
import io.lva.fmp4.SampleTable;
import io.lva.media.Bytes;
import io.lva.rtp.payload.Packetizer;
import io.lva.rtp.payload.PayloadFormats;
import io.lva.rtp.payload.SendFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A clip, packetized once. Each frame is held as the interleaved bytes of the wire; each camera
 * fills in sequence number, timestamp, source and stamp.
 *
 * <p>Immutable.
 *
 * @param format how the track is described and sent
 * @param frameTicks time between frames, at 90 kHz
 * @param frames in decode order; the first is a sync sample
 */
record FarmClip(SendFormat format, int frameTicks, List<Frame> frames) {
  static final int CLOCK_RATE = 90_000;

  private static final int HEADER_BYTES = 4 + 12;
  private static final int PAYLOAD_BYTES = 1400;
  private static final int PAYLOAD_TYPE = 96;

  /** The only encoding that can carry a {@link FrameStamp}. */
  private static final String ENCODING = "H264";

  /**
   * One access unit.
   *
   * @param sync whether decoding can start here
   * @param presentationTicks presentation time minus decode time, at 90 kHz
   * @param wire consecutive interleaved frames in a direct buffer
   * @param packetOffsets offset in {@code wire} of each interleaved frame, whose packet begins 4
   *     bytes later
   * @param stampOffset offset of its {@link FrameStamp} in {@code wire}
   */
  record Frame(
      boolean sync,
      int presentationTicks,
      ByteBuffer wire,
      List<Integer> packetOffsets,
      int stampOffset) {}

  /** Reads the first H.264 track of an MP4 file. */
  static FarmClip read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      for (Mp4Track track : Mp4Reader.read(ByteSource.of(content))) {
        Optional<SendFormat> format =
            PayloadFormats.sending(track.track().parameters())
                .filter(sent -> sent.encoding().equals(ENCODING));
        if (format.isPresent()) {
          return packetise(content, track, format.get());
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
    String parameters =
        format.formatParameters().entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(";"));
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=farm",
        "t=0 0",
        "a=control:*",
        "m=video 0 RTP/AVP " + PAYLOAD_TYPE,
        "a=rtpmap:" + PAYLOAD_TYPE + " " + format.encoding() + "/" + CLOCK_RATE,
        "a=fmtp:" + PAYLOAD_TYPE + " " + parameters,
        "a=control:video",
        "");
  }

  private static FarmClip packetise(ByteBuffer content, Mp4Track track, SendFormat format) {
    Packetizer packetizer = format.packetizer().apply(PAYLOAD_BYTES);
    SampleTable samples = track.samples();
    int timescale = track.track().timescale();
    int frameTicks =
        (int) ((samples.decodeTime(1) - samples.decodeTime(0)) * CLOCK_RATE / timescale);
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < samples.count(); i++) {
      ByteBuffer sample = content.slice((int) samples.offset(i), samples.size(i));
      List<ByteBuffer> nalUnits = new ArrayList<>();
      if (samples.isSync(i)) {
        track.track().parameters().parameterSets().stream()
            .map(Bytes::asByteBuffer)
            .forEach(nalUnits::add);
      }
      nalUnits.add(ByteBuffer.wrap(FrameStamp.nalUnit()));
      while (sample.remaining() > 4) {
        int length = sample.getInt();
        nalUnits.add(sample.slice(sample.position(), length));
        sample.position(sample.position() + length);
      }
      int offset = (int) ((long) samples.compositionOffset(i) * CLOCK_RATE / timescale);
      frames.add(frame(packetizer, nalUnits, samples.isSync(i), offset));
    }
    return new FarmClip(format, frameTicks, List.copyOf(frames));
  }

  private static Frame frame(
      Packetizer packetizer, List<ByteBuffer> nalUnits, boolean sync, int presentationTicks) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    List<Integer> offsets = new ArrayList<>();
    packetizer.packetize(
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
