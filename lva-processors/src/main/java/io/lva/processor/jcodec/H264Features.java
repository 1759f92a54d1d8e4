package io.lva.processor.jcodec;

import io.lva.media.Bytes;
import io.lva.media.codec.BitReader;
import io.lva.media.codec.H264Parameters;
import io.lva.media.codec.H264Sps;

/**
 * The features of an H.264 stream that jcodec decodes wrongly without an error, or not at all:
 * interlaced coding, scaling matrices, constrained intra prediction, slice groups, and anything but
 * 8-bit 4:2:0.
 */
final class H264Features {
  private H264Features() {}

  /** Returns whether jcodec decodes key pictures of such a stream as the standard says. */
  static boolean areSupported(H264Parameters parameters) {
    H264Sps sps = parameters.sps();
    return parameters.sequenceParameterSets().size() == 1
        && sps.frameMbsOnly()
        && sps.chromaFormatIdc() == 1
        && sps.bitDepthLuma() == 8
        && sps.bitDepthChroma() == 8
        && !hasScalingMatrix(parameters.sequenceParameterSets().get(0))
        && parameters.pictureParameterSets().stream().allMatch(H264Features::isPlain);
  }

  /**
   * Reads a sequence parameter set (ITU-T H.264 clause 7.3.2.1.1) up to the flag for scaling
   * matrices, and returns that flag.
   */
  private static boolean hasScalingMatrix(Bytes sps) {
    BitReader in = new BitReader(sps, 1);
    int profile = in.bits(8);
    in.skip(16);
    in.unsignedExpGolomb();
    boolean high =
        switch (profile) {
          case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
          default -> false;
        };
    if (!high) {
      return false;
    }
    in.unsignedExpGolomb();
    in.unsignedExpGolomb();
    in.unsignedExpGolomb();
    in.skip(1);
    return in.flag();
  }

  /**
   * Returns whether a picture parameter set (ITU-T H.264 clause 7.3.2.2) can be read to its end and
   * uses none of the unsupported features.
   */
  private static boolean isPlain(Bytes pps) {
    BitReader in = new BitReader(pps, 1);
    in.unsignedExpGolomb();
    in.unsignedExpGolomb();
    in.skip(2);
    if (in.unsignedExpGolomb() != 0) {
      return false;
    }
    in.unsignedExpGolomb();
    in.unsignedExpGolomb();
    in.skip(3);
    in.signedExpGolomb();
    in.signedExpGolomb();
    in.signedExpGolomb();
    in.skip(1);
    boolean constrainedIntra = in.flag();
    in.skip(1);
    if (constrainedIntra || in.exhausted()) {
      return false;
    }
    in.skip(1); // transform_8x8_mode_flag, or the stop bit of a set without extension
    return !in.flag();
  }
}
