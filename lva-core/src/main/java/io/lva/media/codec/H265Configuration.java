package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.SampleDescription;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder configuration of H.265: the content of {@code hvcC} (ISO/IEC 14496-15 clause
 * 8.3.3.1).
 *
 * <p>Immutable.
 *
 * @param parameterSets NAL units of all arrays, in order
 * @param nalLengthBytes size of the length in front of each NAL unit, 1, 2 or 4
 */
record H265Configuration(List<Bytes> parameterSets, int nalLengthBytes) {
  /** Type of the box. */
  static final String BOX = "hvcC";

  private static final int FIXED_BYTES = 23;
  private static final int VIDEO = 32;
  private static final int SEQUENCE = 33;
  private static final int PICTURE = 34;
  private static final int MAXIMUM_NAL_BYTES = 65_535;

  H265Configuration {
    parameterSets = List.copyOf(parameterSets);
  }

  /** Reads the configuration of a sample entry. */
  static H265Configuration of(SampleDescription description) {
    Bytes content =
        description
            .box(BOX)
            .orElseThrow(
                () -> new IllegalArgumentException("'" + description.type() + "' without 'hvcC'"));
    try {
      return parse(content.asByteBuffer());
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("'hvcC' is cut short", e);
    }
  }

  private static H265Configuration parse(ByteBuffer in) {
    if (in.remaining() < FIXED_BYTES) {
      throw new BufferUnderflowException();
    }
    int nalLengthBytes = (in.get(FIXED_BYTES - 2) & 3) + 1;
    if (nalLengthBytes == 3) {
      throw new IllegalArgumentException("'hvcC' with NAL unit lengths of 3 bytes");
    }
    int arrays = in.get(FIXED_BYTES - 1) & 0xff;
    in.position(FIXED_BYTES);
    List<Bytes> sets = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      in.get();
      int count = in.getShort() & 0xffff;
      for (int j = 0; j < count; j++) {
        byte[] set = new byte[in.getShort() & 0xffff];
        in.get(set);
        sets.add(Bytes.copyOf(set));
      }
    }
    return new H265Configuration(sets, nalLengthBytes);
  }

  /** Returns the content of the box, for samples whose NAL units follow lengths of four bytes. */
  static Bytes write(H265Parameters parameters, boolean complete) {
    H265Sps sps = parameters.sps();
    H265ProfileTierLevel profile = sps.profile();
    int size =
        FIXED_BYTES
            + sizeBytes(parameters.videoParameterSets())
            + sizeBytes(parameters.sequenceParameterSets())
            + sizeBytes(parameters.pictureParameterSets());
    ByteBuffer out = ByteBuffer.allocate(size).put((byte) 1);
    out.put((byte) (profile.space() << 6 | (profile.highTier() ? 0x20 : 0) | profile.profileIdc()));
    out.putInt(profile.compatibility()).put(profile.constraints().asByteBuffer());
    out.put((byte) profile.levelIdc()).putShort((short) 0xf000).put((byte) 0xfc);
    out.put((byte) (0xfc | sps.chromaFormatIdc()));
    out.put((byte) (0xf8 | (sps.bitDepthLuma() - 8)));
    out.put((byte) (0xf8 | (sps.bitDepthChroma() - 8))).putShort((short) 0);
    out.put((byte) (sps.subLayers() << 3 | (sps.temporalIdNested() ? 4 : 0) | 3)).put((byte) 3);
    write(out, complete, VIDEO, parameters.videoParameterSets());
    write(out, complete, SEQUENCE, parameters.sequenceParameterSets());
    write(out, complete, PICTURE, parameters.pictureParameterSets());
    return Bytes.copyOf(out.flip());
  }

  private static int sizeBytes(List<Bytes> sets) {
    for (Bytes set : sets) {
      if (set.size() > MAXIMUM_NAL_BYTES) {
        throw new IllegalArgumentException("parameter set of " + set.size() + " bytes");
      }
    }
    return 3 + sets.stream().mapToInt(set -> 2 + set.size()).sum();
  }

  private static void write(ByteBuffer out, boolean complete, int type, List<Bytes> sets) {
    out.put((byte) ((complete ? 0x80 : 0) | type)).putShort((short) sets.size());
    for (Bytes set : sets) {
      out.putShort((short) set.size()).put(set.asByteBuffer());
    }
  }
}
