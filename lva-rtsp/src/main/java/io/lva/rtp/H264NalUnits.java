package io.lva.rtp;

import io.lva.media.Bytes;
import java.nio.ByteBuffer;

/**
 * Takes the bytes of NAL units as they come in pieces, splits at start codes within them, and
 * passes each unit where it belongs: into the sample, to the parameter sets, or nowhere.
 *
 * <p>Start codes come in single NAL unit packets (V380, MacroVideo), in fragments, with several NAL
 * units glued together, and spread over two fragments.
 *
 * <p>Confined to its media loop.
 */
final class H264NalUnits {
  /** Where the bytes of the NAL unit under construction go. */
  private enum State {
    /** There is none. */
    NONE,
    /** Its header byte comes next. */
    HEADER,
    /** Its first byte behind the header comes next, which tells where it goes. */
    FIRST_BYTE,
    /** Into the sample. */
    SAMPLE,
    /** To the parameter sets. */
    PARAMETER_SET,
    /** Nowhere. */
    SKIPPED
  }

  private static final int MAXIMUM_PARAMETER_SET_BYTES = 4096;
  private static final int SUPPLEMENTAL = 6;
  private static final int DELIMITER = 9;

  private final H264AccessUnits units;
  private final ReceiverCounters counters;
  private final byte[] parameterSet = new byte[MAXIMUM_PARAMETER_SET_BYTES];
  private int parameterSetBytes;
  private State state = State.NONE;
  private int header;
  private int lengthIndex;
  private int trailingZeros;

  H264NalUnits(H264AccessUnits units, ReceiverCounters counters) {
    this.units = units;
    this.counters = counters;
  }

  /** Returns whether a NAL unit is under construction. */
  boolean isOpen() {
    return state != State.NONE;
  }

  /**
   * Begins a NAL unit; one under construction ends.
   *
   * @param headerByte its first byte
   */
  void begin(int headerByte) {
    end();
    header = headerByte & 0xff;
    state = State.FIRST_BYTE;
  }

  /** Begins what starts with a start code; bytes in front of that are left out. */
  void beginByteStream() {
    end();
    state = State.SKIPPED;
  }

  /**
   * Appends bytes, possibly with start codes within.
   *
   * @param buffer read by index
   * @param from index of the first byte
   * @param to index behind the last byte
   */
  void append(ByteBuffer buffer, int from, int to) {
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
      counters.deviation("start codes inside RTP payloads");
      write(buffer, at, withoutTrailingZeros(buffer, at, split));
      finish(trailingZeros);
      state = State.HEADER;
      at = next;
    }
  }

  /** Ends the NAL unit under construction, if there is one. */
  void end() {
    finish(0);
  }

  /** Drops the NAL unit under construction: some of it is missing. */
  void abandon() {
    state = State.NONE;
    trailingZeros = 0;
  }

  /** Finds a start code whose zeros came with earlier bytes; returns the index behind it, or -1. */
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
    if (at < to && state == State.HEADER) {
      header = buffer.get(at++) & 0xff;
      state = State.FIRST_BYTE;
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
    int type = header & 0x1f;
    if ((header & 0x80) != 0) {
      counters.deviation("forbidden_zero_bit is set");
    }
    switch (type) {
      case H264ParameterSets.SEQUENCE, H264ParameterSets.PICTURE -> {
        parameterSet[0] = (byte) header;
        parameterSetBytes = 1;
        return State.PARAMETER_SET;
      }
      case DELIMITER -> {
        units.delimiter();
        return State.SKIPPED;
      }
      case 0, 10, 11, 12, 24, 25, 26, 27, 28, 29, 30, 31 -> {
        return State.SKIPPED;
      }
      default -> {
        lengthIndex = units.begin(header, buffer.get(at) & 0xff);
        if (type == SUPPLEMENTAL) {
          units.recovery(SupplementalInformation.recovery(buffer, at, to));
        }
        return State.SAMPLE;
      }
    }
  }

  private void collect(ByteBuffer buffer, int at, int length) {
    if (length > parameterSet.length - parameterSetBytes) {
      counters.deviation("unusable parameter set in-band");
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

  /** Zeros in front of a start code are part of it (ITU-T H.264 clause B.1.1). */
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
      units.parameterSet(Bytes.copyOf(ByteBuffer.wrap(parameterSet, 0, parameterSetBytes)));
    }
    state = State.NONE;
    trailingZeros = 0;
  }
}
