package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.H264Parameters;
import io.lva.media.H264Sps;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder configuration of H.264: {@code avcC} (ISO/IEC 14496-15 clause 5.3.3.1).
 *
 * <pre>
 * avcC
 *   configurationVersion 1, profile, compatibility, level, lengthSizeMinusOne
 *   sequence parameter sets, picture parameter sets
 *   High profiles: chroma_format, bit_depth_luma_minus8, bit_depth_chroma_minus8, no extensions
 * </pre>
 *
 * <p>Immutable.
 *
 * @param sequenceParameterSets NAL units, possibly none
 * @param pictureParameterSets NAL units, possibly none
 * @param nalLengthBytes size of the length in front of each NAL unit, 1, 2 or 4
 */
record AvcConfiguration(
    List<Bytes> sequenceParameterSets, List<Bytes> pictureParameterSets, int nalLengthBytes) {
  private static final int MAXIMUM_SPS = 31;
  private static final int MAXIMUM_PPS = 255;
  private static final int MAXIMUM_NAL_BYTES = 65_535;

  AvcConfiguration {
    sequenceParameterSets = List.copyOf(sequenceParameterSets);
    pictureParameterSets = List.copyOf(pictureParameterSets);
  }

  static void write(BoxWriter out, H264Parameters parameters, int nalLengthBytes) {
    out.box(BoxType.AVCC, () -> content(out, parameters, nalLengthBytes));
  }

  private static void content(BoxWriter out, H264Parameters parameters, int nalLengthBytes) {
    H264Sps sps = parameters.sps();
    out.u8(1);
    out.u8(sps.profileIdc());
    out.u8(sps.constraintFlags());
    out.u8(sps.levelIdc());
    out.u8(0xfc | (nalLengthBytes - 1));
    sets(out, 0xe0, MAXIMUM_SPS, parameters.sequenceParameterSets());
    sets(out, 0, MAXIMUM_PPS, parameters.pictureParameterSets());
    if (hasChromaFields(sps.profileIdc())) {
      out.u8(0xfc | sps.chromaFormatIdc());
      out.u8(0xf8 | (sps.bitDepthLuma() - 8));
      out.u8(0xf8 | (sps.bitDepthChroma() - 8));
      out.u8(0);
    }
  }

  private static boolean hasChromaFields(int profileIdc) {
    return profileIdc != 66 && profileIdc != 77 && profileIdc != 88;
  }

  private static void sets(BoxWriter out, int reserved, int maximum, List<Bytes> nalUnits) {
    if (nalUnits.size() > maximum) {
      throw new IllegalArgumentException(nalUnits.size() + " parameter sets, at most " + maximum);
    }
    out.u8(reserved | nalUnits.size());
    for (Bytes nalUnit : nalUnits) {
      if (nalUnit.size() > MAXIMUM_NAL_BYTES) {
        throw new IllegalArgumentException("parameter set of " + nalUnit.size() + " bytes");
      }
      out.u16(nalUnit.size());
      out.bytes(nalUnit);
    }
  }

  /** Reads the fields up to the picture parameter sets; what follows them is in the sets too. */
  static AvcConfiguration parse(Payload avcC) throws Mp4Exception {
    int version = avcC.u8();
    if (version != 1) {
      throw new Mp4Exception("'avcC' of version " + version);
    }
    avcC.skip(3);
    int nalLengthBytes = (avcC.u8() & 3) + 1;
    if (nalLengthBytes == 3) {
      throw new Mp4Exception("'avcC' with NAL unit lengths of 3 bytes");
    }
    List<Bytes> sps = nalUnits(avcC, avcC.u8() & MAXIMUM_SPS);
    List<Bytes> pps = nalUnits(avcC, avcC.u8());
    return new AvcConfiguration(sps, pps, nalLengthBytes);
  }

  private static List<Bytes> nalUnits(Payload avcC, int count) throws Mp4Exception {
    List<Bytes> nalUnits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nalUnits.add(avcC.bytes(avcC.u16()));
    }
    return nalUnits;
  }
}
