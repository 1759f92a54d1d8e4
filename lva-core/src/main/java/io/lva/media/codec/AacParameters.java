package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.ParameterSetPlace;
import io.lva.media.SampleDescription;
import io.lva.media.SampleDescription.Box;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Parameters of an AAC track.
 *
 * <p>Immutable.
 *
 * @param configuration the {@code AudioSpecificConfig} (ISO/IEC 14496-3 clause 1.6.2.1)
 * @param objectType audio object type, 2 for AAC LC
 * @param sampleRate audio samples per second of the core decoder, 1024 to 192000
 * @param channels 1 to 8
 * @param frameLength audio samples per frame of the core decoder, 1024 or 960
 */
public record AacParameters(
    Bytes configuration, int objectType, int sampleRate, int channels, int frameLength)
    implements CodecParameters {
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000,
    7350
  };
  private static final int MAXIMUM_CONFIGURATION_BYTES = 64;
  private static final int MINIMUM_RATE = 1024;
  private static final int EXPLICIT_RATE = 15;
  private static final int BAND_REPLICATION = 5;
  private static final int PARAMETRIC_STEREO = 29;

  /**
   * Decodes a configuration.
   *
   * @param configuration the {@code AudioSpecificConfig}
   * @return the parameters
   * @throws IllegalArgumentException when it is cut short, impossible or not supported: an object
   *     type other than 1 to 4 (alone or under SBR or PS), a channel configuration other than 1 to
   *     7, fewer than 1024 samples per second (a frame would last longer than a second), or more
   *     than 64 bytes
   */
  public static AacParameters of(Bytes configuration) {
    return read(new BitReader(configuration, 0, false), configuration);
  }

  static AacParameters read(BitReader in, Bytes configuration) {
    int objectType = objectType(in);
    int rate = rate(in);
    int channels = in.bits(4);
    int core = objectType;
    if (objectType == BAND_REPLICATION || objectType == PARAMETRIC_STEREO) {
      rate(in);
      core = objectType(in);
    }
    boolean shortFrames = in.flag();
    boolean possible =
        configuration.size() <= MAXIMUM_CONFIGURATION_BYTES
            && core > 0
            && core < 5
            && rate >= MINIMUM_RATE
            && rate <= 192_000
            && channels >= 1
            && channels <= 7;
    if (in.exhausted() || !possible) {
      throw new IllegalArgumentException("unusable AAC configuration " + configuration);
    }
    return new AacParameters(
        configuration, objectType, rate, channels == 7 ? 8 : channels, shortFrames ? 960 : 1024);
  }

  private static int objectType(BitReader in) {
    int type = in.bits(5);
    return type == 31 ? 32 + in.bits(6) : type;
  }

  private static int rate(BitReader in) {
    int index = in.bits(4);
    if (index == EXPLICIT_RATE) {
      return in.bits(24);
    }
    return index < RATES.length ? RATES[index] : 0;
  }

  @Override
  public MediaType mediaType() {
    return MediaType.AUDIO;
  }

  @Override
  public String codec() {
    return "mp4a.40." + objectType;
  }

  @Override
  public List<String> mimeTypes() {
    return List.of("audio/mpeg4-generic", "audio/MP4A-LATM", "audio/aac");
  }

  @Override
  public long frameTicks(int timescale) {
    return (long) frameLength * timescale / sampleRate;
  }

  @Override
  public Optional<SampleDescription> sampleDescription(ParameterSetPlace place) {
    int size = configuration.size();
    ByteBuffer out = ByteBuffer.allocate(27 + size + 2).putInt(0);
    out.put((byte) 3).put((byte) (23 + size)).putShort((short) 0).put((byte) 0);
    out.put((byte) 4).put((byte) (15 + size)).put((byte) 0x40).put((byte) 0x15);
    out.put(new byte[11]);
    out.put((byte) 5).put((byte) size).put(configuration.asByteBuffer());
    out.put((byte) 6).put((byte) 1).put((byte) 2).flip();
    Box box = new Box("esds", Bytes.copyOf(out));
    return Optional.of(SampleDescription.audio("mp4a", sampleRate, channels, List.of(box)));
  }
}
