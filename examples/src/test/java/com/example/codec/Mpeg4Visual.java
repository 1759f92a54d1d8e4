package com.example.codec;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.ParameterSetPlace;
import io.lva.media.SampleBuilder;
import io.lva.media.SampleDescription;
import io.lva.media.SlabPool;
import io.lva.media.codec.BitReader;
import io.lva.rtp.payload.AccessUnit;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.PayloadFormat;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.RtpPacket;
import io.lva.rtp.payload.TrackFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** MPEG-4 part 2 video (RFC 6416 section 5), which the library does not know. */
public final class Mpeg4Visual implements PayloadFormat {
  @Override
  public MediaType mediaType() {
    return MediaType.VIDEO;
  }

  @Override
  public Set<String> encodings() {
    return Set.of("MP4V-ES");
  }

  @Override
  public boolean isReceivable(TrackFormat format) {
    return format.formatParameters().containsKey("config");
  }

  @Override
  public Depacketizer depacketizer(
      TrackFormat format, SlabPool slabs, PayloadLimits limits, Depacketizer.Output output) {
    Bytes config = Bytes.ofHex(format.formatParameters().getOrDefault("config", ""));
    return new Pictures(Parameters.of(config), slabs, limits, output);
  }

  /** What the configuration of the session description says; it goes into the file. */
  private record Parameters(Bytes config, int width, int height) implements CodecParameters {
    private static final int LAYER = 0x20;

    /** Reads the size of pictures in the header of the layer (ISO/IEC 14496-2 clause 6.2.3). */
    static Parameters of(Bytes config) {
      int start = 0;
      while (start + 4 < config.size() && !isLayer(config, start)) {
        start++;
      }
      BitReader in = new BitReader(config, start + 4, false);
      in.skip(9);
      if (in.flag()) {
        in.skip(7);
      }
      if (in.bits(4) == 15) {
        in.skip(16);
      }
      if (in.flag()) {
        in.skip(3);
        if (in.flag()) {
          in.skip(79);
        }
      }
      in.skip(3);
      int resolution = in.bits(16);
      in.skip(1);
      if (in.flag()) {
        in.skip(32 - Integer.numberOfLeadingZeros(Math.max(1, resolution - 1)));
      }
      in.skip(1);
      int width = in.bits(13);
      in.skip(1);
      return new Parameters(config, width, in.bits(13));
    }

    private static boolean isLayer(Bytes config, int at) {
      return config.get(at) == 0
          && config.get(at + 1) == 0
          && config.get(at + 2) == 1
          && (config.get(at + 3) & 0xf0) == LAYER;
    }

    @Override
    public MediaType mediaType() {
      return MediaType.VIDEO;
    }

    @Override
    public String codec() {
      return "mp4v.20.9";
    }

    @Override
    public List<String> mimeTypes() {
      return List.of("video/MP4V-ES");
    }

    @Override
    public Optional<SampleDescription> sampleDescription(ParameterSetPlace place) {
      int size = config.size();
      ByteBuffer out = ByteBuffer.allocate(27 + size + 2).putInt(0);
      out.put((byte) 3).put((byte) (23 + size)).putShort((short) 0).put((byte) 0);
      out.put((byte) 4).put((byte) (15 + size)).put((byte) 0x20).put((byte) 0x11);
      out.put(new byte[11]);
      out.put((byte) 5).put((byte) size).put(config.asByteBuffer());
      out.put((byte) 6).put((byte) 1).put((byte) 2).flip();
      var box = new SampleDescription.Box("esds", Bytes.copyOf(out));
      return Optional.of(SampleDescription.video("mp4v", width, height, List.of(box)));
    }
  }

  /** Puts pictures together: the marker bit ends one. */
  private static final class Pictures implements Depacketizer {
    private final Optional<CodecParameters> parameters;
    private final SampleBuilder builder;
    private final PayloadLimits limits;
    private final Output output;
    private boolean damaged;
    private boolean intra;
    private long nanoTime;
    private long utcNanos;

    Pictures(CodecParameters parameters, SlabPool slabs, PayloadLimits limits, Output output) {
      this.parameters = Optional.of(parameters);
      this.builder = new SampleBuilder(slabs);
      this.limits = limits;
      this.output = output;
    }

    @Override
    public void packet(RtpPacket packet, long arrivedNanoTime, long arrivedUtcNanos) {
      int length = packet.payloadLength();
      if (builder.size() == 0) {
        nanoTime = arrivedNanoTime;
        utcNanos = arrivedUtcNanos;
        intra = isIntra(packet.buffer(), packet.payloadStart(), packet.payloadStart() + length);
      }
      damaged =
          damaged
              || length > limits.accessUnitBytes() - builder.size()
              || !builder.append(packet.buffer(), packet.payloadStart(), length);
      if (packet.marker()) {
        complete(packet.timestamp());
      }
    }

    /** Looks for the start code of a picture; two bits after it tell its type. */
    private static boolean isIntra(ByteBuffer buffer, int from, int to) {
      for (int i = from; i + 4 < to; i++) {
        if (RtpPacket.integer(buffer, i) == 0x1b6) {
          return (buffer.get(i + 4) & 0xc0) == 0;
        }
      }
      return false;
    }

    private void complete(int timestamp) {
      if (damaged) {
        damaged = false;
        builder.reset();
        output.dropped();
        output.missing(GapCause.PACKET_LOSS);
        return;
      }
      var access = intra ? AccessUnit.RandomAccess.IDR : AccessUnit.RandomAccess.NONE;
      output.accessUnit(
          new AccessUnit(timestamp, nanoTime, utcNanos, access, parameters, builder.build()));
    }

    @Override
    public void lost() {
      damaged = true;
      output.missing(GapCause.PACKET_LOSS);
    }

    @Override
    public void flush() {
      builder.close();
    }

    @Override
    public Optional<CodecParameters> described() {
      return parameters;
    }
  }
}
