package io.lva.rtp.payload.nal;

import io.lva.media.Bytes;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;

/**
 * Takes the bytes of NAL units as they come in pieces, splits at start codes within them, and
 * passes each unit where it belongs: into the sample, to the parameter sets, or nowhere.
 *
 * <p>Cameras send start codes in single NAL unit packets (V380, MacroVideo), in fragments, between
 * NAL units glued together, and spread over two fragments.
 *
 * <p>Confined to its media loop.
 */
public final class NalUnitStream {
  /** Where the bytes of the NAL unit under construction go. */
  private enum State {
    /** No NAL unit is under construction. */
    NONE,
    /** Bytes of its header come next. */
    HEADER,
    /** The first byte after the header comes next, and tells where the NAL unit goes. */
    FIRST_BYTE,
    /** Into the sample. */
    SAMPLE,
    /** To the parameter sets. */
    PARAMETER_SET,
    /** Nowhere. */
    SKIPPED
  }

  private static final int MAXIMUM_PARAMETER_SET_BYTES = 4096;

  private final NalCodec codec;
  private final AccessUnits units;
  private final Depacketizer.Output notes;
  private final byte[] parameterSet = new byte[MAXIMUM_PARAMETER_SET_BYTES];
  private int parameterSetBytes;
  private State state = State.NONE;
  private int header;
  private int headerBytesLeft;
  private int lengthIndex;
  private int trailingZeros;

  /**
   * Creates a stream without a NAL unit.
   *
   * @param codec of the stream
   * @param units takes what goes into samples
   * @param notes takes deviations
   */
  public NalUnitStream(NalCodec codec, AccessUnits units, Depacketizer.Output notes) {
    this.codec = codec;
    this.units = units;
    this.notes = notes;
  }

  /**
   * Returns whether a NAL unit is under construction.
   *
   * @return false between NAL units
   */
  public boolean isOpen() {
    return state != State.NONE;
  }

  /**
   * Begins a NAL unit, and ends the one under construction.
   *
   * @param unitHeader its header, which must not be appended again
   */
  public void begin(int unitHeader) {
    end();
    header = unitHeader;
    state = State.FIRST_BYTE;
  }

  /** Begins a byte stream; bytes before its first start code are left out. */
  public void beginByteStream() {
    end();
    state = State.SKIPPED;
  }

  /**
   * Appends bytes, possibly with start codes within.
   *
   * @param buffer read by index
   * @param from index of the first byte
   * @param to index after the last byte
   */
  public void append(ByteBuffer buffer, int from, int to) {
    int at = from;
    while (at < to) {
      int split = trailingZeros > 0 ? spreadStartCode(buffer, at, to) : -1;
      int next = split;
      if (split < 0) {
        split = StartCodes.find(buffer, at, to);
        next = split + 3;
      } else {
        split = at;
      }
      if (split < 0) {
        write(buffer, at, to);
        return;
      }
      notes.note(Deviation.START_CODES, "at byte {0} of {1}", split, to);
      write(buffer, at, withoutTrailingZeros(buffer, at, split));
      finish(trailingZeros);
      state = State.HEADER;
      header = 0;
      headerBytesLeft = codec.headerBytes();
      at = next;
    }
  }

  /** Ends the NAL unit under construction, if there is one. */
  public void end() {
    finish(0);
  }

  /** Drops the NAL unit under construction: some of it is missing. */
  public void abandon() {
    state = State.NONE;
    trailingZeros = 0;
  }

  /** Finds a start code whose zeros came with earlier bytes; returns the index after it, or -1. */
  private int spreadStartCode(ByteBuffer buffer, int at, int to) {
    if (trailingZeros >= 2 && buffer.get(at) == 1) {
      return at + 1;
    }
    if (at + 1 < to && buffer.get(at) == 0 && buffer.get(at + 1) == 1) {
      return at + 2;
    }
    return -1;
  }

  private void write(ByteBuffer buffer, int from, int to) {
    int at = from;
    while (at < to && state == State.HEADER) {
      header = header << 8 | (buffer.get(at++) & 0xff);
      state = --headerBytesLeft == 0 ? State.FIRST_BYTE : State.HEADER;
    }
    if (at == to) {
      return;
    }
    if (state == State.FIRST_BYTE) {
      state = open(buffer, at, to);
    }
    if (state == State.SAMPLE) {
      units.append(buffer, at, to - at);
    } else if (state == State.PARAMETER_SET) {
      collect(buffer, at, to - at);
    }
    countTrailingZeros(buffer, at, to);
  }

  private State open(ByteBuffer buffer, int at, int to) {
    if (codec.isForbidden(header)) {
      notes.note(Deviation.FORBIDDEN_BIT, "NAL unit header {0}", header);
    }
    NalCodec.Role role = codec.role(header);
    switch (role) {
      case PARAMETER_SET -> {
        parameterSetBytes = 0;
        for (int shift = 8 * (codec.headerBytes() - 1); shift >= 0; shift -= 8) {
          parameterSet[parameterSetBytes++] = (byte) (header >> shift);
        }
        return State.PARAMETER_SET;
      }
      case DELIMITER -> {
        units.delimiter();
        return State.SKIPPED;
      }
      case SKIPPED -> {
        return State.SKIPPED;
      }
      default -> {
        lengthIndex = units.begin(header, role, buffer, at, to);
        return State.SAMPLE;
      }
    }
  }

  private void collect(ByteBuffer buffer, int at, int length) {
    if (length > parameterSet.length - parameterSetBytes) {
      notes.note(
          Deviation.PARAMETER_SET_UNUSABLE, "longer than {0} bytes", MAXIMUM_PARAMETER_SET_BYTES);
      state = State.SKIPPED;
      return;
    }
    buffer.get(at, parameterSet, parameterSetBytes, length);
    parameterSetBytes += length;
  }

  private void countTrailingZeros(ByteBuffer buffer, int from, int to) {
    int at = withoutTrailingZeros(buffer, from, to);
    trailingZeros = at == from ? trailingZeros + to - from : to - at;
  }

  /**
   * Returns the index after the last byte that is not zero: zeros in front of a start code are part
   * of it (ITU-T H.264 clause B.1.1).
   */
  private static int withoutTrailingZeros(ByteBuffer buffer, int from, int to) {
    int at = to;
    while (at > from && buffer.get(at - 1) == 0) {
      at--;
    }
    return at;
  }

  private void finish(int zeros) {
    if (state == State.SAMPLE) {
      units.end(lengthIndex, zeros);
    } else if (state == State.PARAMETER_SET) {
      units.parameterSet(header, Bytes.copyOf(ByteBuffer.wrap(parameterSet, 0, parameterSetBytes)));
    }
    state = State.NONE;
    trailingZeros = 0;
  }
}
