package io.lva.rtp.payload.nal;

import io.lva.media.Bytes;
import io.lva.media.GapCause;
import io.lva.media.SampleBuilder;
import io.lva.media.SlabPool;
import io.lva.rtp.payload.AccessUnit;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups NAL units into access units (ITU-T H.264 clause 7.4.1.2.3, ITU-T H.265 clause 7.4.2.4.4)
 * and writes them into a sample, each preceded by its length.
 *
 * <p>Parameter sets, access unit delimiters and filler are left out; a parameter set that changes
 * between sync samples is written into the sample, so that decoding stays correct until the next
 * sync sample announces it. An access unit ends at a marker bit after a slice (see {@link
 * MarkerPolicy}), and at anything that must belong to the next access unit.
 *
 * <p>Confined to its media loop.
 */
public final class AccessUnits {
  private static final long NONE = Long.MIN_VALUE;

  private final NalCodec codec;
  private final ParameterSets parameterSets;
  private final Depacketizer.Output output;
  private final PayloadLimits limits;
  private final SampleBuilder builder;
  private final MarkerPolicy markers = new MarkerPolicy();
  private final List<Bytes> changedSets = new ArrayList<>();
  private final OpenAccessUnit open = new OpenAccessUnit();

  private int packetTimestamp;
  private long packetNanoTime;
  private long packetUtcNanos;
  private long deliveredTimestamp = NONE;

  /**
   * Creates an instance without a picture.
   *
   * @param codec of the stream
   * @param parameterSets of the stream
   * @param slabs memory of samples
   * @param limits bounds of an access unit
   * @param output takes access units
   */
  public AccessUnits(
      NalCodec codec,
      ParameterSets parameterSets,
      SlabPool slabs,
      PayloadLimits limits,
      Depacketizer.Output output) {
    this.codec = codec;
    this.parameterSets = parameterSets;
    this.limits = limits;
    this.output = output;
    this.builder = new SampleBuilder(slabs);
  }

  /**
   * Begins a packet: what follows carries its times.
   *
   * @param timestamp the 32 bits of its RTP timestamp
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  public void packet(int timestamp, long nanoTime, long utcNanos) {
    packetTimestamp = timestamp;
    packetNanoTime = nanoTime;
    packetUtcNanos = utcNanos;
  }

  /**
   * Begins a NAL unit that goes into a sample; returns the index of its length, or -1 when the
   * sample has failed.
   */
  int begin(int header, NalCodec.Role role, ByteBuffer buffer, int at, int to) {
    int next = buffer.get(at) & 0xff;
    boolean slice = role == NalCodec.Role.SLICE;
    boolean first = slice && codec.isFirstSlice(header, next);
    if (open.hasSlice() && isNextUnit(role, first)) {
      complete();
    }
    if (!open.hasSlice()) {
      takeTimes();
    }
    if (slice) {
      slice(header, first, buffer, at, to);
    } else if (role == NalCodec.Role.PREFIX) {
      recovery(codec.recovery(header, buffer, at, to));
    }
    if (open.countNalUnit() > limits.nalUnits()) {
      tooLarge();
    }
    return open.failure() == null ? reserveLength(header) : -1;
  }

  /** Ends the access unit before a delimiter, which belongs to the next unit. */
  void delimiter() {
    if (open.hasSlice()) {
      complete();
    }
    takeTimes();
  }

  /** Appends bytes to the NAL unit that was begun last. */
  void append(ByteBuffer buffer, int index, int length) {
    if (open.failure() != null) {
      return;
    }
    if (length > limits.accessUnitBytes() - builder.size()) {
      tooLarge();
    } else if (!builder.append(buffer, index, length)) {
      fail(GapCause.BACKPRESSURE);
    }
  }

  /** Ends the NAL unit that was begun last, without zeros that belong to a start code. */
  void end(int lengthIndex, int trailingZeros) {
    if (open.failure() == null && lengthIndex >= 0) {
      builder.truncate(builder.size() - trailingZeros);
      builder.putInt(lengthIndex, builder.size() - lengthIndex - Integer.BYTES);
    }
  }

  /**
   * Takes a parameter set, which ends the access unit before it.
   *
   * <p>A unit that has a slice, no marker yet and the timestamp of this packet does not end:
   * GStreamer's rtph264pay with config-interval=-1 repeats the parameter sets in front of each
   * slice of an IDR picture.
   */
  void parameterSet(int header, Bytes nalUnit) {
    if (!open.hasSlice() || open.isMarked() || open.timestamp() != packetTimestamp) {
      delimiter();
    }
    if (codec.isSequenceSet(header)) {
      open.entry();
    }
    parameterSets.inBand(nalUnit).ifPresent(changedSets::add);
    if (changedSets.size() > limits.nalUnits()) {
      changedSets.remove(0);
    }
  }

  /** Notes the end of a packet that has its marker bit set and leaves no NAL unit open. */
  public void marker() {
    if (!open.hasSlice()) {
      return;
    }
    open.mark();
    if (markers.isTrusted()) {
      complete();
    }
  }

  /**
   * Marks the access unit of the current packet as damaged; its picture counts as begun. An access
   * unit under construction that has another timestamp is ended first, and is not affected.
   */
  public void damaged() {
    if (open.hasSlice() && open.timestamp() != packetTimestamp) {
      complete();
    }
    if (!open.hasSlice()) {
      takeTimes();
    }
    open.slice(false);
    fail(GapCause.PACKET_LOSS);
  }

  /** Drops the unit under construction unless it is complete: packets are missing after it. */
  public void lost() {
    if (open.isMarked()) {
      complete();
    }
    discard();
  }

  /** Delivers the unit under construction if it is complete, and gives all memory back. */
  public void close() {
    lost();
    builder.close();
  }

  private boolean isNextUnit(NalCodec.Role role, boolean first) {
    boolean marked = open.isMarked();
    boolean sameTime = open.timestamp() == packetTimestamp;
    return switch (role) {
      case SLICE -> {
        if (marked && !first && sameTime) {
          markerMisled();
          open.slice(false);
          yield false;
        }
        yield marked || (first && !sameTime);
      }
      case PREFIX -> true;
      default -> marked || !sameTime;
    };
  }

  private void markerMisled() {
    output.note(
        Deviation.MARKER_ON_EVERY_SLICE, "a slice follows the marker with the same timestamp");
    markers.misleads();
  }

  private void slice(int header, boolean first, ByteBuffer buffer, int at, int to) {
    boolean begun = open.hasSlice();
    boolean sync = codec.isSync(header);
    open.slice(sync);
    if (begun) {
      return;
    }
    if (codec.isIntra(buffer.get(at) & 0xff)) {
      open.intra();
    }
    if (!first) {
      missedFirstSlice();
    } else if (sync) {
      parameterSets.activate(header, buffer, at, to);
    } else {
      writeChangedSets();
    }
    changedSets.clear();
  }

  private void recovery(NalCodec.Recovery recovery) {
    switch (recovery) {
      case EXACT -> open.entry();
      case GRADUAL -> open.gradual();
      case NONE -> {}
    }
  }

  private void missedFirstSlice() {
    if (deliveredTimestamp == packetTimestamp) {
      // The marker was on an earlier slice of the picture that was delivered without this one.
      markerMisled();
    }
    fail(GapCause.PACKET_LOSS);
  }

  /**
   * Writes the changed parameter sets into the sample. There is no iterator and no lambda here,
   * because this is called for each picture.
   */
  private void writeChangedSets() {
    for (int i = 0; i < changedSets.size(); i++) {
      writeSet(changedSets.get(i));
    }
  }

  private void writeSet(Bytes set) {
    int headerBytes = codec.headerBytes();
    int header = headerBytes == 1 ? set.get(0) : set.get(0) << 8 | set.get(1);
    int at = reserveLength(header);
    append(set.asByteBuffer(), headerBytes, set.size() - headerBytes);
    end(at, 0);
  }

  private int reserveLength(int header) {
    int at = builder.size();
    boolean fits = builder.appendInt(0);
    for (int shift = 8 * (codec.headerBytes() - 1); shift >= 0; shift -= 8) {
      fits = fits && builder.appendByte(header >> shift);
    }
    if (!fits) {
      fail(GapCause.BACKPRESSURE);
      return -1;
    }
    return at;
  }

  private void takeTimes() {
    open.times(packetTimestamp, packetNanoTime, packetUtcNanos);
  }

  private void tooLarge() {
    output.note(
        Deviation.ACCESS_UNIT_TOO_LARGE,
        "at most {0} bytes and {1} NAL units",
        limits.accessUnitBytes(),
        limits.nalUnits());
    fail(GapCause.PACKET_LOSS);
  }

  private void fail(GapCause cause) {
    open.fail(cause);
    builder.reset();
  }

  private void complete() {
    GapCause failure = open.failure();
    if (failure != null) {
      discard();
      output.missing(failure);
      return;
    }
    markers.completed();
    deliveredTimestamp = open.timestamp();
    AccessUnit unit =
        new AccessUnit(
            open.timestamp(),
            open.nanoTime(),
            open.utcNanos(),
            open.randomAccess(),
            parameterSets.current(),
            builder.build());
    open.clear();
    output.accessUnit(unit);
  }

  private void discard() {
    if (open.hasSlice()) {
      output.dropped();
    }
    builder.reset();
    open.clear();
  }
}
