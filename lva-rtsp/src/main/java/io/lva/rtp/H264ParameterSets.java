package io.lva.rtp;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.codec.BitReader;
import io.lva.media.codec.H264Parameters;
import io.lva.media.codec.H264Sps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sequence and picture parameter sets of a stream, from the session description and in-band.
 *
 * <p>What comes in-band replaces all that the session description said, whose sets are at times of
 * another stream (GW Security). A set that cannot be parsed is left out.
 *
 * <p>Confined to its media loop.
 */
final class H264ParameterSets {
  /** NAL unit type of sequence parameter sets. */
  static final int SEQUENCE = 7;

  /** NAL unit type of picture parameter sets. */
  static final int PICTURE = 8;

  private final ReceiverCounters counters;
  private final SortedMap<Integer, Bytes> sequenceSets = new TreeMap<>();
  private final SortedMap<Integer, Bytes> pictureSets = new TreeMap<>();
  private boolean sequenceInBand;
  private boolean pictureInBand;
  private boolean changedInBand;
  private Optional<CodecParameters> current = Optional.empty();

  H264ParameterSets(ReceiverCounters counters) {
    this.counters = counters;
  }

  /**
   * Takes the sets of the session description (RFC 6184 section 8.1).
   *
   * @param property value of {@code sprop-parameter-sets}: base64, separated by commas
   */
  void sessionDescription(String property) {
    for (String text : property.split(",", -1)) {
      if (text.isBlank()) {
        continue;
      }
      try {
        // Some cameras put start codes in front, or both sets into one text (Annex B).
        String base64 = text.strip().replace('-', '+').replace('_', '/');
        splitByteStream(Base64.getMimeDecoder().decode(base64));
      } catch (IllegalArgumentException e) {
        counters.deviation("parameter sets of the SDP are not base64");
      }
    }
    if (current.isEmpty()) {
      counters.deviation("no usable parameter sets in the SDP");
    }
  }

  /**
   * Takes a set from the stream.
   *
   * @param nalUnit with its header byte; zeros behind it are left out
   * @return the set when it is new or changed, without the zeros
   */
  Optional<Bytes> inBand(Bytes nalUnit) {
    Bytes set = withoutTrailingZeros(nalUnit);
    boolean sequence = type(set) == SEQUENCE;
    Optional<Integer> id = identify(set);
    if (id.isEmpty()) {
      counters.deviation("unusable parameter set in-band");
      return Optional.empty();
    }
    SortedMap<Integer, Bytes> sets = sequence ? sequenceSets : pictureSets;
    boolean replace = sequence ? !sequenceInBand : !pictureInBand;
    Bytes old = sets.get(id.get());
    boolean same = old != null && set.equals(old);
    sequenceInBand |= sequence;
    pictureInBand |= !sequence;
    if (same && !(replace && sets.size() > 1)) {
      return Optional.empty();
    }
    changedInBand |= !same;
    if (replace) {
      sets.clear();
    }
    sets.put(id.get(), set);
    update();
    return same ? Optional.empty() : Optional.of(set);
  }

  /** Returns the parameters in force; empty while a set is missing. */
  Optional<CodecParameters> current() {
    return current;
  }

  /** Returns where they come from. */
  ParameterSetOrigin origin() {
    if (current.isEmpty()) {
      return ParameterSetOrigin.NONE;
    }
    return changedInBand ? ParameterSetOrigin.IN_BAND : ParameterSetOrigin.SDP;
  }

  private void splitByteStream(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int start = 0;
    int code = StartCodes.find(buffer, 0, bytes.length);
    if (code >= 0) {
      counters.deviation("start codes in the parameter sets of the SDP");
    }
    while (code >= 0) {
      addDescribed(buffer.slice(start, code - start));
      start = code + 3;
      code = StartCodes.find(buffer, start, bytes.length);
    }
    addDescribed(buffer.slice(start, bytes.length - start));
  }

  private void addDescribed(ByteBuffer nalUnit) {
    Bytes set = withoutTrailingZeros(Bytes.copyOf(nalUnit));
    if (set.size() == 0) {
      return;
    }
    Optional<Integer> id = identify(set);
    if (id.isEmpty()) {
      counters.deviation("unusable parameter set in the SDP");
      return;
    }
    (type(set) == SEQUENCE ? sequenceSets : pictureSets).put(id.get(), set);
    update();
  }

  private void update() {
    List<Bytes> sequence = new ArrayList<>(sequenceSets.values());
    List<Bytes> picture = new ArrayList<>(pictureSets.values());
    current =
        sequence.isEmpty() || picture.isEmpty()
            ? Optional.empty()
            : Optional.of(H264Parameters.of(sequence, picture));
  }

  private static int type(Bytes set) {
    return set.size() == 0 ? 0 : set.get(0) & 0x1f;
  }

  private static Optional<Integer> identify(Bytes set) {
    return switch (type(set)) {
      case SEQUENCE -> identifySequence(set);
      case PICTURE -> identifyPicture(set);
      default -> Optional.empty();
    };
  }

  private static Optional<Integer> identifySequence(Bytes set) {
    try {
      return Optional.of(H264Sps.parse(set).id());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> identifyPicture(Bytes set) {
    BitReader reader = new BitReader(set, 1);
    int id = reader.unsignedExpGolomb();
    int sequence = reader.unsignedExpGolomb();
    return reader.exhausted() || id > 255 || sequence > 31 ? Optional.empty() : Optional.of(id);
  }

  private static Bytes withoutTrailingZeros(Bytes nalUnit) {
    int end = nalUnit.size();
    while (end > 0 && nalUnit.get(end - 1) == 0) {
      end--;
    }
    return end == nalUnit.size() ? nalUnit : nalUnit.slice(0, end);
  }
}
