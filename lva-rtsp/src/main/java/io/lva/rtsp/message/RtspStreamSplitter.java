package io.lva.rtsp.message;

import io.lva.rtsp.Deviation;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Separates interleaved frames from messages (RFC 2326 section 10.12), and searches for the next
 * frame or message when neither begins where one should.
 *
 * <p>Frames are handed on in place: nothing is copied or allocated for them.
 *
 * <p>Confined to its media loop.
 */
public final class RtspStreamSplitter {
  /** Marker, channel and length of a frame. */
  static final int FRAME_HEADER_BYTES = 4;

  private static final byte MARKER = '$';
  private static final int NO_MATCH = -1;

  /** How a message begins. HTTP is listed only so that an error can say that the peer speaks it. */
  private static final byte[][] STARTS =
      Stream.of(
              "RTSP/1.",
              "HTTP/1.",
              "OPTIONS ",
              "DESCRIBE ",
              "ANNOUNCE ",
              "SETUP ",
              "PLAY ",
              "PAUSE ",
              "RECORD ",
              "TEARDOWN ",
              "GET_PARAMETER ",
              "SET_PARAMETER ",
              "REDIRECT ")
          .map(start -> start.getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  private static final int SMALLEST_PACKET_BYTES = 8;

  private final RtspInbound inbound;
  private final RtspLimits limits;
  private final RtspMessageParser parser;
  private final BitSet assigned = new BitSet(256);
  private State state = State.BOUNDARY;
  private int skipped;
  private boolean understood;

  private enum State {
    BOUNDARY,
    TEXT,
    LOST
  }

  private enum Match {
    YES,
    NO,
    UNDECIDED
  }

  /**
   * Creates a splitter for one connection.
   *
   * @param inbound takes what arrives
   * @param limits how much the peer may send
   */
  public RtspStreamSplitter(RtspInbound inbound, RtspLimits limits) {
    this.inbound = inbound;
    this.limits = limits;
    this.parser = new RtspMessageParser(limits, inbound);
  }

  /**
   * Announces a channel on which frames are expected.
   *
   * @param channel 0 to 255
   */
  public void assign(int channel) {
    assigned.set(channel);
  }

  /**
   * Hands on all frames and messages that are complete.
   *
   * @param input what is left unread is the beginning of a frame or message; it must be passed
   *     again, with more data after it
   * @throws RtspParseException when nothing is understood for longer than the limit
   */
  public void consume(ByteBuf input) {
    boolean progress = true;
    while (progress && input.isReadable()) {
      progress =
          switch (state) {
            case BOUNDARY -> readBoundary(input);
            case TEXT -> readText(input);
            case LOST -> search(input);
          };
    }
  }

  /**
   * Returns how many more bytes to collect before reading on: for a frame, what is missing of it;
   * for anything else, an estimate of at least 1.
   */
  int missingBytes(ByteBuf tail) {
    int have = tail.readableBytes();
    if (state == State.BOUNDARY && have >= FRAME_HEADER_BYTES) {
      int whole = FRAME_HEADER_BYTES + tail.getUnsignedShort(tail.readerIndex() + 2);
      return Math.max(1, whole - have);
    }
    return have < FRAME_HEADER_BYTES ? FRAME_HEADER_BYTES - have : FRAME_HEADER_BYTES;
  }

  private boolean readBoundary(ByteBuf input) {
    byte first = input.getByte(input.readerIndex());
    if (first == MARKER) {
      return readFrame(input);
    }
    if (first == '\r' || first == '\n') {
      input.skipBytes(1);
      return true;
    }
    return beginText(input);
  }

  private boolean readFrame(ByteBuf input) {
    int start = input.readerIndex();
    int available = input.readableBytes();
    if (available < FRAME_HEADER_BYTES) {
      return false;
    }
    int channel = input.getUnsignedByte(start + 1);
    int length = input.getUnsignedShort(start + 2);
    if (!assigned.get(channel) && length > 0) {
      if (available == FRAME_HEADER_BYTES) {
        return false;
      }
      if (!isRtp(input.getByte(start + FRAME_HEADER_BYTES))) {
        return lose(input, 1);
      }
    }
    if (available < FRAME_HEADER_BYTES + length) {
      return false;
    }
    input.skipBytes(FRAME_HEADER_BYTES + length);
    understand();
    inbound.interleaved(channel, input.internalNioBuffer(start + FRAME_HEADER_BYTES, length));
    return true;
  }

  private boolean beginText(ByteBuf input) {
    Match match = matchText(input, input.readerIndex(), input.writerIndex());
    if (match == Match.NO) {
      return lose(input, 1);
    }
    if (match == Match.YES) {
      state = State.TEXT;
    }
    return match == Match.YES;
  }

  private boolean readText(ByteBuf input) {
    int start = input.readerIndex();
    try {
      Optional<RtspMessage> message = parser.parse(input);
      if (message.isPresent()) {
        state = State.BOUNDARY;
        understand();
        inbound.message(message.get());
      }
      return message.isPresent();
    } catch (RtspParseException e) {
      inbound.note(Deviation.MESSAGE_SKIPPED, String.valueOf(e.getMessage()));
      return lose(input, input.readerIndex() == start ? 1 : 0);
    }
  }

  private boolean lose(ByteBuf input, int skippedBytes) {
    state = State.LOST;
    inbound.desynchronised(understood ? "" : printable(input));
    skip(input, skippedBytes);
    return true;
  }

  private void understand() {
    understood = true;
    skipped = 0;
  }

  /**
   * Looks for the start of a message, or for a frame of an assigned channel with a plausible length
   * and an RTP version. A live555 session whose connection broke may write its half frames into the
   * next connection of its process (retina issue 17).
   */
  private boolean search(ByteBuf input) {
    int end = input.writerIndex();
    for (int i = input.readerIndex(); i < end; i++) {
      Match match = matchAt(input, i, end);
      if (match != Match.NO) {
        skip(input, i - input.readerIndex());
        if (match == Match.YES) {
          state = State.BOUNDARY;
        }
        return match == Match.YES;
      }
    }
    skip(input, input.readableBytes());
    return false;
  }

  private Match matchAt(ByteBuf input, int index, int end) {
    byte first = input.getByte(index);
    if (first == MARKER) {
      return matchFrame(input, index, end);
    }
    return isLetter(first) ? matchText(input, index, end) : Match.NO;
  }

  private static Match matchText(ByteBuf input, int index, int end) {
    Match best = Match.NO;
    for (byte[] start : STARTS) {
      int length = matchingBytes(input, index, end, start);
      if (length == start.length) {
        return Match.YES;
      }
      best = length == NO_MATCH ? best : Match.UNDECIDED;
    }
    return best;
  }

  /**
   * Returns how many bytes of a start are present, in any letter case; {@link #NO_MATCH} if the
   * input is something else.
   */
  private static int matchingBytes(ByteBuf input, int index, int end, byte[] start) {
    int length = Math.min(start.length, end - index);
    for (int i = 0; i < length; i++) {
      byte found = input.getByte(index + i);
      if ((isLetter(found) ? found & ~0x20 : found)
          != (isLetter(start[i]) ? start[i] & ~0x20 : start[i])) {
        return NO_MATCH;
      }
    }
    return length;
  }

  private Match matchFrame(ByteBuf input, int index, int end) {
    if (index + 1 < end && !assigned.get(input.getUnsignedByte(index + 1))) {
      return Match.NO;
    }
    if (end - index <= FRAME_HEADER_BYTES) {
      return Match.UNDECIDED;
    }
    int length = input.getUnsignedShort(index + 2);
    if (length < SMALLEST_PACKET_BYTES || !isRtp(input.getByte(index + FRAME_HEADER_BYTES))) {
      return Match.NO;
    }
    int next = index + FRAME_HEADER_BYTES + length;
    return next >= end || isBoundary(input.getByte(next)) ? Match.YES : Match.NO;
  }

  private void skip(ByteBuf input, int length) {
    input.skipBytes(length);
    skipped += length;
    if (skipped > limits.skippedBytes()) {
      throw new RtspParseException("no RTSP within " + skipped + " bytes");
    }
  }

  private static boolean isRtp(byte firstOfPacket) {
    return (firstOfPacket & 0xc0) == 0x80;
  }

  private static boolean isBoundary(byte character) {
    return character == MARKER || character == '\r' || character == '\n' || isLetter(character);
  }

  private static boolean isLetter(byte character) {
    return (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z')
        || character == '_';
  }

  private static String printable(ByteBuf input) {
    int length = Math.min(32, input.readableBytes());
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char character = (char) input.getUnsignedByte(input.readerIndex() + i);
      text.append(character >= ' ' && character < 0x7f ? character : '.');
    }
    return text.toString();
  }
}
