package io.lva.rtp.payload.aac;

import io.lva.media.Bytes;
import io.lva.media.codec.AacParameters;
import io.lva.media.codec.BitReader;

/**
 * The {@code StreamMuxConfig} of LATM (ISO/IEC 14496-3 clause 1.7.3.1): one program, one layer.
 *
 * <p>Immutable.
 *
 * @param parameters of the stream
 */
record LatmConfiguration(AacParameters parameters) {
  private static final int PREFIX_BITS = 15;
  private static final int MAXIMUM_BYTES = 64;

  /**
   * Reads a configuration.
   *
   * @param config the bytes of {@code config} in the session description
   * @throws IllegalArgumentException when it is cut short, has over 64 bytes, or asks for something
   *     that is not supported
   */
  static LatmConfiguration parse(Bytes config) {
    BitReader in = new BitReader(config, 0, false);
    boolean version1 = in.flag();
    in.skip(7);
    boolean several = in.bits(4) != 0 || in.bits(3) != 0;
    if (version1 || several || config.size() > MAXIMUM_BYTES || in.exhausted()) {
      throw new IllegalArgumentException("LATM with several programs or layers");
    }
    byte[] rest = new byte[Math.max(0, config.size() - PREFIX_BITS / 8)];
    int used = 0;
    while (!in.exhausted() && used < rest.length) {
      rest[used++] = (byte) in.bits(8);
    }
    AacParameters whole = AacParameters.of(Bytes.copyOf(rest));
    int bits = configurationBits(whole);
    return new LatmConfiguration(
        AacParameters.of(Bytes.copyOf(rest).slice(0, Math.min(used, (bits + 7) / 8))));
  }

  /** Returns how many bits of the mux configuration belong to the audio configuration. */
  private static int configurationBits(AacParameters parameters) {
    Bytes bytes = parameters.configuration();
    boolean explicitRate = (bytes.get(0) & 7) == 7 && bytes.get(1) >> 7 == 1;
    boolean extended = parameters.objectType() == 5 || parameters.objectType() == 29;
    return 16 + (explicitRate ? 24 : 0) + (extended ? 9 : 0);
  }
}
