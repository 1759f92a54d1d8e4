package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.SampleDescription;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder configuration of H.264: the content of {@code avcC} (ISO/IEC 14496-15 clause
 * 5.3.3.1).
 *
 * <pre>
 * configurationVersion 1, profile, compatibility, level, lengthSizeMinusOne
 * sequence parameter sets, picture parameter sets
 * High profiles: chroma_format, bit_depth_luma_minus8, bit_depth_chroma_minus8, no extensions
 * </pre>
 *
 * <p>Immutable.
 *
 * @param sequenceParameterSets NAL units, possibly none
 * @param pictureParameterSets NAL units, possibly none
 * @param nalLengthBytes size of the length in front of each NAL unit, 1, 2 or 4
 */
record H264Configuration(
    List<Bytes> sequenceParameterSets, List<Bytes> pictureParameterSets, int nalLengthBytes) {
  /** Type of the box. */
  static final String BOX = "avcC";

  private static final int MAXIMUM_SPS = 31;
  private static final int MAXIMUM_PPS = 255;
  private static final int MAXIMUM_NAL_BYTES = 65_535;

  H264Configuration {
    sequenceParameterSets = List.copyOf(sequenceParameterSets);
    pictureParameterSets = List.copyOf(pictureParameterSets);
  }

  /** Reads the configuration of a sample entry. */
  static H264Configuration of(SampleDescription description) {
    Bytes content =
        description
            .box(BOX)
            .orElseThrow(
                () -> new IllegalArgumentException("'" + description.type() + "' without 'avcC'"));
    try {
      return parse(content.asByteBuffer());
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("'avcC' is cut short", e);
    }
  }

  /**
   * Reads the fields up to the picture parameter sets; the fields after them only repeat what the
   * sets say.
   */
  private static H264Configuration parse(ByteBuffer in) {
    int version = in.get();
    if (version != 1) {
      throw new IllegalArgumentException("'avcC' of version " + (version & 0xff));
    }
    in.get();
    in.get();
    in.get();
    int nalLengthBytes = (in.get() & 3) + 1;
    if (nalLengthBytes == 3) {
      throw new IllegalArgumentException("'avcC' with NAL unit lengths of 3 bytes");
    }
    List<Bytes> sequenceSets = nalUnits(in, in.get() & MAXIMUM_SPS);
    List<Bytes> pictureSets = nalUnits(in, in.get() & 0xff);
    return new H264Configuration(sequenceSets, pictureSets, nalLengthBytes);
  }

  private static List<Bytes> nalUnits(ByteBuffer in, int count) {
    List<Bytes> nalUnits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] nalUnit = new byte[in.getShort() & 0xffff];
      in.get(nalUnit);
      nalUnits.add(Bytes.copyOf(nalUnit));
    }
    return nalUnits;
  }

  /** Returns the content of the box, for samples whose NAL units follow lengths of four bytes. */
  static Bytes write(H264Parameters parameters) {
    H264Sps sps = parameters.sps();
    List<Bytes> sequenceSets = checked(parameters.sequenceParameterSets(), MAXIMUM_SPS);
    List<Bytes> pictureSets = checked(parameters.pictureParameterSets(), MAXIMUM_PPS);
    boolean chroma = sps.profileIdc() != 66 && sps.profileIdc() != 77 && sps.profileIdc() != 88;
    int size = 7 + sizeBytes(sequenceSets) + sizeBytes(pictureSets) + (chroma ? 4 : 0);
    ByteBuffer out = ByteBuffer.allocate(size).put((byte) 1);
    out.put((byte) sps.profileIdc()).put((byte) sps.constraintFlags()).put((byte) sps.levelIdc());
    out.put((byte) 0xff);
    write(out, 0xe0, sequenceSets);
    write(out, 0, pictureSets);
    if (chroma) {
      out.put((byte) (0xfc | sps.chromaFormatIdc()));
      out.put((byte) (0xf8 | (sps.bitDepthLuma() - 8)));
      out.put((byte) (0xf8 | (sps.bitDepthChroma() - 8)));
      out.put((byte) 0);
    }
    return Bytes.copyOf(out.flip());
  }

  private static List<Bytes> checked(List<Bytes> nalUnits, int maximum) {
    if (nalUnits.size() > maximum) {
      throw new IllegalArgumentException(nalUnits.size() + " parameter sets, at most " + maximum);
    }
    for (Bytes nalUnit : nalUnits) {
      if (nalUnit.size() > MAXIMUM_NAL_BYTES) {
        throw new IllegalArgumentException("parameter set of " + nalUnit.size() + " bytes");
      }
    }
    return nalUnits;
  }

  private static int sizeBytes(List<Bytes> nalUnits) {
    return nalUnits.stream().mapToInt(nalUnit -> 2 + nalUnit.size()).sum();
  }

  private static void write(ByteBuffer out, int reserved, List<Bytes> nalUnits) {
    out.put((byte) (reserved | nalUnits.size()));
    for (Bytes nalUnit : nalUnits) {
      out.putShort((short) nalUnit.size()).put(nalUnit.asByteBuffer());
    }
  }
}
