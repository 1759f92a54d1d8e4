package io.lva.rtp;

import io.lva.media.Bytes;
import io.lva.media.GapCause;
import io.lva.media.SampleBuilder;
import io.lva.media.SlabPool;
import io.lva.rtp.AccessUnit.RandomAccess;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Groups NAL units to access units (ITU-T H.264 clause 7.4.1.2.3) and writes them into a sample,
 * each behind its length.
 *
 * <p>Parameter sets, access unit delimiters and filler are left out; a parameter set that changes
 * between sync samples is written into the sample, so that decoding stays right until the next one
 * announces it.
 *
 * <p>The marker bit is no proof (never set: FLIR M400; set on SEI and parameter sets:
 * LV-IP22IR40DVBL; set on every slice): a unit ends at a marker only behind a slice, and at
 * anything that must belong to the next one. For the first units the end is awaited in the next
 * packet, to learn what this camera's marker means.
 *
 * <p>Confined to its media loop.
 */
final class H264AccessUnits {
  private static final int LEARNING_UNITS = 5;

  private final H264ParameterSets parameterSets;
  private final ReceiverCounters counters;
  private final Depacketizer.Output output;
  private final int maximumBytes;
  private final int maximumNalUnits;
  private final SampleBuilder builder;

  private int packetTimestamp;
  private long packetNanoTime;
  private long packetUtcNanos;

  private boolean hasPicture;
  private boolean marked;
  private boolean idr;
  private boolean intra;
  private boolean entry;
  private boolean gradual;
  private Optional<GapCause> failure = Optional.empty();
  private Optional<Bytes> changedSequenceSet = Optional.empty();
  private Optional<Bytes> changedPictureSet = Optional.empty();
  private int nalUnits;
  private int timestamp;
  private long nanoTime;
  private long utcNanos;

  private int learned;
  private boolean markersMislead;
  private boolean delivered;
  private int deliveredTimestamp;

  H264AccessUnits(
      ReceiverOptions options,
      SlabPool slabs,
      H264ParameterSets parameterSets,
      ReceiverCounters counters,
      Depacketizer.Output output) {
    this.parameterSets = parameterSets;
    this.counters = counters;
    this.output = output;
    this.maximumBytes = options.maximumAccessUnitBytes();
    this.maximumNalUnits = options.maximumNalUnits();
    this.builder = new SampleBuilder(slabs);
  }

  /** Begins a packet: what follows carries its times. */
  void packet(int rtpTimestamp, long arrivalNanoTime, long arrivalUtcNanos) {
    packetTimestamp = rtpTimestamp;
    packetNanoTime = arrivalNanoTime;
    packetUtcNanos = arrivalUtcNanos;
  }

  /**
   * Begins a NAL unit that belongs into a sample.
   *
   * @param header its first byte
   * @param first its second byte, where a slice says whether it is the first of a picture
   * @return index of its length in the sample, or -1 when it is left out
   */
  int begin(int header, int first) {
    int type = header & 0x1f;
    boolean slice = type >= 1 && type <= 5;
    boolean firstSlice = (first & 0x80) != 0 || type == 3 || type == 4;
    if (hasPicture && isNextUnit(type, slice, firstSlice)) {
      complete();
    }
    if (!hasPicture) {
      takeTimes();
    }
    if (slice) {
      slice(type, firstSlice, first);
    }
    if (++nalUnits > maximumNalUnits) {
      tooLarge();
    }
    return failure.isPresent() ? -1 : reserveLength(header);
  }

  /** Ends the unit in front of a delimiter, which belongs to the next one. */
  void delimiter() {
    if (hasPicture) {
      complete();
    }
    takeTimes();
  }

  /** Appends bytes to the NAL unit that was begun last. */
  void append(ByteBuffer buffer, int index, int length) {
    if (failure.isPresent()) {
      return;
    }
    if (length > maximumBytes - builder.size()) {
      tooLarge();
    } else if (!builder.append(buffer, index, length)) {
      fail(GapCause.BACKPRESSURE);
    }
  }

  /**
   * Ends the NAL unit that was begun last.
   *
   * @param lengthIndex what {@link #begin} returned
   * @param trailingZeros bytes at its end that belong to a start code
   */
  void end(int lengthIndex, int trailingZeros) {
    if (failure.isEmpty() && lengthIndex >= 0) {
      builder.truncate(builder.size() - trailingZeros);
      builder.putInt(lengthIndex, builder.size() - lengthIndex - Integer.BYTES);
    }
  }

  /**
   * Takes a parameter set, which ends the unit in front of it.
   *
   * <p>Not so while that unit has no marker and its time goes on: GStreamer's rtph264pay with
   * config-interval=-1 repeats the parameter sets in front of each slice of an IDR picture.
   */
  void parameterSet(Bytes nalUnit) {
    if (!hasPicture || marked || timestamp != packetTimestamp) {
      delimiter();
    }
    boolean sequence = (nalUnit.get(0) & 0x1f) == H264ParameterSets.SEQUENCE;
    Optional<Bytes> changed = parameterSets.inBand(nalUnit);
    entry |= sequence;
    if (changed.isPresent() && sequence) {
      changedSequenceSet = changed;
    } else if (changed.isPresent()) {
      changedPictureSet = changed;
    }
  }

  /** Notes what a message in front of a picture says of it. */
  void recovery(SupplementalInformation.Recovery recovery) {
    entry |= recovery == SupplementalInformation.Recovery.EXACT;
    gradual |= recovery == SupplementalInformation.Recovery.GRADUAL;
  }

  /** Ends a packet with its marker bit set and no NAL unit open. */
  void marker() {
    if (!hasPicture) {
      return;
    }
    marked = true;
    if (learned >= LEARNING_UNITS && !markersMislead) {
      complete();
    }
  }

  /** Marks the unit under construction as damaged; its picture counts as begun. */
  void damaged() {
    if (hasPicture && timestamp != packetTimestamp) {
      complete();
    }
    takeTimes();
    hasPicture = true;
    fail(GapCause.PACKET_LOSS);
  }

  /** Drops the unit under construction unless it is complete: packets are missing behind it. */
  void lost() {
    if (marked) {
      complete();
    }
    discard();
  }

  /** Delivers the unit under construction if it is complete, and gives all memory back. */
  void close() {
    lost();
    builder.close();
  }

  private boolean isNextUnit(int type, boolean slice, boolean firstSlice) {
    if (slice) {
      if (marked && !firstSlice && timestamp == packetTimestamp) {
        counters.deviation("marker bit on every slice");
        markersMislead = true;
        marked = false;
        return false;
      }
      return marked || (firstSlice && timestamp != packetTimestamp);
    }
    return type == 6 || marked || timestamp != packetTimestamp;
  }

  private void slice(int type, boolean firstSlice, int first) {
    if (!hasPicture) {
      hasPicture = true;
      idr = type == 5;
      intra = isIntra(first);
      if (!firstSlice) {
        missedFirstSlice();
      } else if (!idr) {
        changedSequenceSet.ifPresent(this::writeSet);
        changedPictureSet.ifPresent(this::writeSet);
      }
      changedSequenceSet = Optional.empty();
      changedPictureSet = Optional.empty();
    }
    idr |= type == 5;
  }

  /** Reads {@code slice_type} behind the bit that {@code first_mb_in_slice} 0 takes: I or SI. */
  private static boolean isIntra(int first) {
    int rest = first & 0x7f;
    return rest >> 4 == 0b011 || rest >> 2 == 0b00101 || rest == 0b0001000 || rest == 0b0001010;
  }

  private void missedFirstSlice() {
    if (delivered && deliveredTimestamp == packetTimestamp) {
      // The marker was on an earlier slice of the picture that was delivered without this one.
      counters.deviation("marker bit on every slice");
      markersMislead = true;
    }
    fail(GapCause.PACKET_LOSS);
  }

  private void writeSet(Bytes set) {
    int at = reserveLength(set.get(0));
    ByteBuffer bytes = set.asByteBuffer();
    append(bytes, 1, bytes.remaining() - 1);
    end(at, 0);
  }

  private int reserveLength(int header) {
    int at = builder.size();
    if (!builder.appendInt(0) || !builder.appendByte(header)) {
      fail(GapCause.BACKPRESSURE);
      return -1;
    }
    return at;
  }

  private void takeTimes() {
    timestamp = packetTimestamp;
    nanoTime = packetNanoTime;
    utcNanos = packetUtcNanos;
  }

  private void tooLarge() {
    counters.deviation("access unit over the limits");
    fail(GapCause.PACKET_LOSS);
  }

  private void fail(GapCause cause) {
    if (failure.isEmpty()) {
      failure = Optional.of(cause);
    }
    builder.reset();
  }

  private void complete() {
    if (failure.isPresent()) {
      GapCause cause = failure.get();
      discard();
      output.missing(cause);
      return;
    }
    learned += learned < LEARNING_UNITS ? 1 : 0;
    delivered = true;
    deliveredTimestamp = timestamp;
    AccessUnit unit =
        new AccessUnit(
            timestamp,
            nanoTime,
            utcNanos,
            randomAccess(),
            parameterSets.current(),
            builder.build());
    clear();
    output.accessUnit(unit);
  }

  private RandomAccess randomAccess() {
    if (idr) {
      return RandomAccess.IDR;
    }
    return gradual || (intra && entry) ? RandomAccess.RECOVERY_POINT : RandomAccess.NONE;
  }

  private void discard() {
    if (hasPicture) {
      counters.droppedAccessUnits++;
    }
    builder.reset();
    clear();
  }

  private void clear() {
    hasPicture = false;
    marked = false;
    idr = false;
    intra = false;
    entry = false;
    gradual = false;
    failure = Optional.empty();
    nalUnits = 0;
  }
}
