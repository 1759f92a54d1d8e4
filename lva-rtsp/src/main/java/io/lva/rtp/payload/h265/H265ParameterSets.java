package io.lva.rtp.payload.h265;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.codec.BitReader;
import io.lva.media.codec.H265Parameters;
import io.lva.media.codec.H265Sps;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.ParameterSetOrigin;
import io.lva.rtp.payload.nal.ParameterSets;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The video, sequence and picture parameter sets of an H.265 stream.
 *
 * <p>The sets in force are the sequence parameter set that the last sync picture refers to, the
 * picture parameter sets that refer to it, and its video parameter set: a camera that changes its
 * parameters under another id leaves the old ones behind. A set that cannot be parsed is left out.
 *
 * <p>Confined to its media loop.
 */
final class H265ParameterSets implements ParameterSets {
  static final int VIDEO = 32;
  static final int SEQUENCE = 33;
  static final int PICTURE = 34;

  private static final int NONE = -1;
  private static final int MAXIMUM_VIDEO_SETS = 16;
  private static final int SLICE_START_BYTES = 16;
  private static final int FIRST_SYNC = 16;

  private final Depacketizer.Output notes;
  private final Map<Integer, Bytes> videoSets = new TreeMap<>();
  private final Map<Integer, Bytes> sequenceSets = new TreeMap<>();
  private final Map<Integer, Bytes> pictureSets = new TreeMap<>();
  private int active = NONE;
  private boolean changedInBand;
  private Optional<CodecParameters> current = Optional.empty();

  H265ParameterSets(Depacketizer.Output notes) {
    this.notes = notes;
  }

  /** Takes the sets of the session description (RFC 7798 section 7.1). */
  void sessionDescription(Map<String, String> parameters) {
    for (String name : List.of("sprop-vps", "sprop-sps", "sprop-pps")) {
      for (String text : parameters.getOrDefault(name, "").split(",", -1)) {
        try {
          Bytes set = withoutTrailingZeros(Bytes.copyOf(Base64.getMimeDecoder().decode(text)));
          if (set.size() > 0 && !put(set)) {
            notes.note(Deviation.SDP_PARAMETER_SET_UNUSABLE, name + " of {0} bytes", set.size());
          }
        } catch (IllegalArgumentException e) {
          notes.note(
              Deviation.SDP_PARAMETER_SETS_NOT_BASE64, name + " of {0} characters", text.length());
        }
      }
    }
    update();
    if (current.isEmpty()) {
      notes.note(Deviation.SDP_PARAMETER_SETS_UNUSABLE, "{0} format parameters", parameters.size());
    }
  }

  @Override
  public Optional<Bytes> inBand(Bytes nalUnit) {
    Bytes set = withoutTrailingZeros(nalUnit);
    if (sets(set).containsValue(set)) {
      // Cameras repeat the sets with each sync picture: not parsed again.
      return Optional.empty();
    }
    if (!put(set)) {
      notes.note(Deviation.PARAMETER_SET_UNUSABLE, "{0} bytes", set.size());
      return Optional.empty();
    }
    changedInBand = true;
    update();
    return Optional.of(set);
  }

  @Override
  public void activate(int header, ByteBuffer buffer, int from, int to) {
    int length = Math.min(to - from, SLICE_START_BYTES);
    BitReader slice = new BitReader(Bytes.copyOf(buffer.slice(from, length)), 0);
    slice.skip(H265Codec.type(header) >= FIRST_SYNC ? 2 : 1);
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

  private boolean put(Bytes set) {
    Optional<Integer> id = identify(set);
    id.ifPresent(number -> sets(set).put(number, set));
    return id.isPresent();
  }

  private Map<Integer, Bytes> sets(Bytes set) {
    return switch (type(set)) {
      case VIDEO -> videoSets;
      case SEQUENCE -> sequenceSets;
      default -> pictureSets;
    };
  }

  private void update() {
    if (!sequenceSets.containsKey(active)) {
      active = firstReferred();
    }
    Bytes sequence = sequenceSets.get(active);
    List<Bytes> picture =
        pictureSets.values().stream().filter(set -> sequenceOf(set) == active).toList();
    Bytes video = sequence == null ? null : videoSets.get(sequence.get(2) >> 4);
    current =
        sequence == null || video == null || picture.isEmpty()
            ? Optional.empty()
            : Optional.of(H265Parameters.of(List.of(video), List.of(sequence), picture));
  }

  private int firstReferred() {
    return pictureSets.values().stream()
        .map(H265ParameterSets::sequenceOf)
        .filter(sequenceSets::containsKey)
        .sorted()
        .findFirst()
        .orElse(NONE);
  }

  private static int type(Bytes set) {
    return set.size() < 3 ? 0 : set.get(0) >> 1 & 0x3f;
  }

  private static Optional<Integer> identify(Bytes set) {
    return switch (type(set)) {
      case VIDEO -> Optional.of(set.get(2) >> 4).filter(id -> id < MAXIMUM_VIDEO_SETS);
      case SEQUENCE -> identifySequence(set);
      case PICTURE -> identifyPicture(set);
      default -> Optional.empty();
    };
  }

  private static Optional<Integer> identifySequence(Bytes set) {
    try {
      return Optional.of(H265Sps.parse(set).id());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> identifyPicture(Bytes set) {
    BitReader reader = new BitReader(set, 2);
    int id = reader.unsignedExpGolomb();
    int sequence = reader.unsignedExpGolomb();
    return reader.exhausted() || id > 63 || sequence > 15 ? Optional.empty() : Optional.of(id);
  }

  private static int sequenceOf(Bytes pictureSet) {
    BitReader reader = new BitReader(pictureSet, 2);
    reader.unsignedExpGolomb();
    return reader.unsignedExpGolomb();
  }

  private static Bytes withoutTrailingZeros(Bytes nalUnit) {
    int end = nalUnit.size();
    while (end > 0 && nalUnit.get(end - 1) == 0) {
      end--;
    }
    return nalUnit.slice(0, end);
  }
}
