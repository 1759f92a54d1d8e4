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
 * H.265 in files ({@code hvc1}, {@code hev1}; ISO/IEC 14496-15 clause 8) and its NAL units (ITU-T
 * H.265 clause 7.3.1.2 and table 7-1).
 *
 * <p>Immutable.
 */
final class H265Format implements CodecFormat, NalUnitFormat {
  private static final int VIDEO = 32;
  private static final int SEQUENCE = 33;
  private static final int PICTURE = 34;
  private static final int DELIMITER = 35;

  @Override
  public Set<String> sampleEntries() {
    return Set.of("hvc1", "hev1");
  }

  @Override
  public Optional<CodecParameters> parameters(SampleDescription description) {
    Optional<CodecParameters> found = parameters(H265Configuration.of(description).parameterSets());
    if (found.isEmpty() && description.type().equals("hvc1")) {
      throw new IllegalArgumentException("'hvcC' without all parameter sets");
    }
    return found;
  }

  @Override
  public Optional<NalUnitFormat> nalUnits() {
    return Optional.of(this);
  }

  @Override
  public int headerBytes() {
    return 2;
  }

  @Override
  public Kind kind(int header) {
    if ((header & 0x8000) != 0 || (header & 7) == 0) {
      return Kind.INVALID;
    }
    int type = header >> 9;
    if (type < VIDEO) {
      return type >= 16 && type <= 23 ? Kind.SYNC_SLICE : Kind.SLICE;
    }
    return switch (type) {
      case VIDEO, SEQUENCE, PICTURE -> Kind.PARAMETER_SET;
      case DELIMITER -> Kind.DELIMITER;
      default -> Kind.OTHER;
    };
  }

  @Override
  public int lengthBytes(SampleDescription description) {
    return H265Configuration.of(description).nalLengthBytes();
  }

  @Override
  public Optional<CodecParameters> parameters(List<Bytes> parameterSets) {
    List<Bytes> video = ofType(VIDEO, parameterSets);
    List<Bytes> sequence = ofType(SEQUENCE, parameterSets);
    List<Bytes> picture = ofType(PICTURE, parameterSets);
    return video.isEmpty() || sequence.isEmpty() || picture.isEmpty()
        ? Optional.empty()
        : Optional.of(H265Parameters.of(video, sequence, picture));
  }

  private static List<Bytes> ofType(int type, List<Bytes> sets) {
    List<Bytes> found = new ArrayList<>();
    for (Bytes set : sets) {
      if (set.size() > 2 && (set.get(0) >> 1 & 0x3f) == type) {
        found.add(set);
      }
    }
    return found;
  }
}
