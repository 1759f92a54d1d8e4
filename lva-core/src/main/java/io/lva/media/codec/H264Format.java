package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.NalUnitFormat;
import io.lva.media.SampleDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * H.264 in files ({@code avc1}, {@code avc3}; ISO/IEC 14496-15 clause 5) and its NAL units (ITU-T
 * H.264 clause 7.3.1).
 *
 * <p>Immutable.
 */
final class H264Format implements CodecFormat, NalUnitFormat {
  private static final int IDR_SLICE = 5;
  private static final int SEQUENCE = 7;
  private static final int PICTURE = 8;
  private static final int DELIMITER = 9;
  private static final int FORBIDDEN_BIT = 0x80;

  @Override
  public Set<String> sampleEntries() {
    return Set.of("avc1", "avc3");
  }

  @Override
  public Optional<CodecParameters> parameters(SampleDescription description) {
    H264Configuration configuration = H264Configuration.of(description);
    boolean inBand = description.type().equals("avc3");
    return inBand && configuration.sequenceParameterSets().isEmpty()
        ? Optional.empty()
        : Optional.of(
            H264Parameters.of(
                configuration.sequenceParameterSets(), configuration.pictureParameterSets()));
  }

  @Override
  public Optional<NalUnitFormat> nalUnits() {
    return Optional.of(this);
  }

  @Override
  public int headerBytes() {
    return 1;
  }

  @Override
  public Kind kind(int header) {
    if ((header & FORBIDDEN_BIT) != 0) {
      return Kind.INVALID;
    }
    return switch (header & 0x1f) {
      case 0 -> Kind.INVALID;
      case 1, 2, 3, 4 -> Kind.SLICE;
      case IDR_SLICE -> Kind.SYNC_SLICE;
      case SEQUENCE, PICTURE -> Kind.PARAMETER_SET;
      case DELIMITER -> Kind.DELIMITER;
      default -> Kind.OTHER;
    };
  }

  @Override
  public int lengthBytes(SampleDescription description) {
    return H264Configuration.of(description).nalLengthBytes();
  }

  @Override
  public Optional<CodecParameters> parameters(List<Bytes> parameterSets) {
    List<Bytes> sequenceSets = new ArrayList<>();
    List<Bytes> pictureSets = new ArrayList<>();
    for (Bytes set : parameterSets) {
      (set.size() > 0 && (set.get(0) & 0x1f) == SEQUENCE ? sequenceSets : pictureSets).add(set);
    }
    return sequenceSets.isEmpty() || pictureSets.isEmpty()
        ? Optional.empty()
        : Optional.of(H264Parameters.of(sequenceSets, pictureSets));
  }
}
