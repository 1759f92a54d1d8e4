package io.lva.rtp.payload.h264;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.codec.BitReader;
import io.lva.media.codec.H264Parameters;
import io.lva.media.codec.H264Sps;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.ParameterSetOrigin;
import io.lva.rtp.payload.nal.ParameterSets;
import io.lva.rtp.payload.nal.StartCodes;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sequence and picture parameter sets of a stream, from the session description and in-band.
 *
 * <p>Sets that come in-band replace those of the session description, which are sometimes those of
 * another stream (GW Security). A set that cannot be parsed is left out. The sets in force are the
 * sequence parameter set that the last IDR picture refers to and the picture parameter sets that
 * refer to it: a camera that changes its parameters under another id leaves the old ones behind.
 *
 * <p>Confined to its media loop.
 */
final class H264ParameterSets implements ParameterSets {
  /** NAL unit type of sequence parameter sets. */
  static final int SEQUENCE = 7;

  /** NAL unit type of picture parameter sets. */
  static final int PICTURE = 8;

  private static final int NONE = -1;

  private final Depacketizer.Output notes;
  private final NavigableMap<Integer, Bytes> sequenceSets = new TreeMap<>();
  private final NavigableMap<Integer, Bytes> pictureSets = new TreeMap<>();
  private boolean sequenceInBand;
  private boolean pictureInBand;
  private boolean changedInBand;
  private int active = NONE;
  private Optional<CodecParameters> current = Optional.empty();

  H264ParameterSets(Depacketizer.Output notes) {
    this.notes = notes;
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
        notes.note(
            Deviation.SDP_PARAMETER_SETS_NOT_BASE64, "text of {0} characters", text.length());
      }
    }
    if (current.isEmpty()) {
      notes.note(
          Deviation.SDP_PARAMETER_SETS_UNUSABLE,
          "sprop-parameter-sets of {0} characters",
          property.length());
    }
  }

  @Override
  public Optional<Bytes> inBand(Bytes nalUnit) {
    Bytes set = withoutTrailingZeros(nalUnit);
    boolean sequence = type(set) == SEQUENCE;
    NavigableMap<Integer, Bytes> sets = sequence ? sequenceSets : pictureSets;
    boolean replace = sequence ? !sequenceInBand : !pictureInBand;
    if (!replace && sets.containsValue(set)) {
      // Cameras repeat the sets with each sync picture: not parsed again.
      return Optional.empty();
    }
    Optional<Integer> id = identify(set);
    if (id.isEmpty()) {
      notes.note(
          Deviation.PARAMETER_SET_UNUSABLE, "NAL unit type {0}, {1} bytes", type(set), set.size());
      return Optional.empty();
    }
    Bytes old = sets.get(id.get());
    boolean same = old != null && set.equals(old);
    sequenceInBand |= sequence;
    pictureInBand |= !sequence;
    if (same && !(replace && sets.size() > 1)) {
      return Optional.empty();
    }
    changedInBand |= !same;
    if (replace && old != null) {
      sets.clear(); // of another id, the slices show which one they refer to
    }
    sets.put(id.get(), set);
    update();
    return same ? Optional.empty() : Optional.of(set);
  }

  @Override
  public void activate(int header, ByteBuffer buffer, int from, int to) {
    BitReader slice = new BitReader(Bytes.copyOf(buffer.slice(from, Math.min(to - from, 16))), 0);
    slice.unsignedExpGolomb();
    slice.unsignedExpGolomb();
    Bytes set = pictureSets.get(slice.unsignedExpGolomb());
    if (set == null || slice.exhausted()) {
      return;
    }
    int sequence = sequenceOf(set);
    if (sequence != active && sequenceSets.containsKey(sequence)) {
      active = sequence;
      update();
    }
  }

  @Override
  public Optional<CodecParameters> current() {
    return current;
  }

  /** Returns where the parameters in force come from. */
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
      notes.note(
          Deviation.SDP_PARAMETER_SETS_WITH_START_CODES, "at byte {0} of {1}", code, bytes.length);
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
      notes.note(
          Deviation.SDP_PARAMETER_SET_UNUSABLE,
          "NAL unit type {0}, {1} bytes",
          type(set),
          set.size());
      return;
    }
    (type(set) == SEQUENCE ? sequenceSets : pictureSets).put(id.get(), set);
    update();
  }

  private void update() {
    if (!sequenceSets.containsKey(active)) {
      active = firstReferred();
    }
    Bytes sequence = sequenceSets.get(active);
    List<Bytes> picture =
        pictureSets.values().stream().filter(set -> sequenceOf(set) == active).toList();
    current =
        sequence == null || picture.isEmpty()
            ? Optional.empty()
            : Optional.of(H264Parameters.of(List.of(sequence), picture));
  }

  private int firstReferred() {
    return pictureSets.values().stream()
        .map(H264ParameterSets::sequenceOf)
        .filter(sequenceSets::containsKey)
        .sorted()
        .findFirst()
        .orElse(NONE);
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

  /** Returns which sequence parameter set a picture parameter set refers to. */
  private static int sequenceOf(Bytes pictureSet) {
    BitReader reader = new BitReader(pictureSet, 1);
    reader.unsignedExpGolomb();
    return reader.unsignedExpGolomb();
  }

  private static Bytes withoutTrailingZeros(Bytes nalUnit) {
    int end = nalUnit.size();
    while (end > 0 && nalUnit.get(end - 1) == 0) {
      end--;
    }
    return end == nalUnit.size() ? nalUnit : nalUnit.slice(0, end);
  }
}
