package io.lva.rtsp.message;

import io.lva.media.Bytes;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.DeviationSink;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads requests and responses from a stream (RFC 2326 sections 4 to 7), in pieces of any size.
 *
 * <p>Accepts what cameras send: lines that end in LF alone, blank lines in front of a message,
 * folded header fields, white space around everything, a missing reason, a lower-case protocol
 * name, lines without a colon. Holds at most one message.
 *
 * <p>Confined to its media loop.
 */
public final class RtspMessageParser {
  private final RtspLimits limits;
  private final DeviationSink deviations;
  private byte[] line = new byte[256];
  private int lineLength;
  private State state = new Between();

  /** How much of a message has been read, and what is known of it so far. */
  private sealed interface State {}

  /** Nothing but blank lines has been read. */
  private record Between() implements State {}

  /** The first line has been read, and perhaps some of the header. */
  private record Head(StartLine start, Header header) implements State {}

  /** The header is complete. */
  private record Rest(StartLine start, RtspHeaders headers, Body body) implements State {
    RtspMessage message() {
      return start.message(headers, Bytes.copyOf(body.bytes));
    }
  }

  /**
   * Creates a parser that expects the start of a message.
   *
   * @param limits how much a message may hold
   * @param deviations takes note of what was tolerated
   */
  public RtspMessageParser(RtspLimits limits, DeviationSink deviations) {
    this.limits = limits;
    this.deviations = deviations;
  }

  /**
   * Reads on.
   *
   * @param input read up to the end of one message, or until nothing is left of it; not released
   * @return the message that became complete; empty when more input is needed
   * @throws RtspParseException when the input is not a message or the message is too large; the
   *     parser then expects the start of a message, while the position in the stream is unknown
   */
  public Optional<RtspMessage> parse(ByteBuf input) {
    try {
      while (true) {
        if (state instanceof Rest rest) {
          return readBody(rest, input);
        }
        if (!readLine(input)) {
          return Optional.empty();
        }
        state = acceptLine();
      }
    } catch (RtspParseException e) {
      reset();
      throw e;
    }
  }

  /**
   * Returns whether a message has begun but is not complete.
   *
   * @return false between messages
   */
  public boolean isWithinMessage() {
    return !(state instanceof Between) || lineLength > 0;
  }

  /** Discards a message that has begun. */
  public void reset() {
    lineLength = 0;
    state = new Between();
  }

  private boolean readLine(ByteBuf input) {
    int end = input.indexOf(input.readerIndex(), input.writerIndex(), (byte) '\n');
    int length = (end < 0 ? input.writerIndex() : end) - input.readerIndex();
    if (length > limits.lineBytes() - lineLength) {
      throw new RtspParseException("line longer than " + limits.lineBytes() + " bytes");
    }
    if (lineLength + length > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, lineLength + length));
    }
    input.readBytes(line, lineLength, length);
    lineLength += length;
    if (end >= 0) {
      input.skipBytes(1);
    }
    return end >= 0;
  }

  /** Takes a complete line and returns the state of the message after it. */
  private State acceptLine() {
    int length = lineLength;
    lineLength = 0;
    boolean carriageReturn = false;
    while (length > 0 && line[length - 1] == '\r') {
      length--;
      carriageReturn = true;
    }
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    if (state instanceof Head head) {
      return text.isEmpty() ? endHeader(head) : acceptField(head, text, carriageReturn);
    }
    return text.isBlank() ? state : begin(text.trim(), carriageReturn);
  }

  private State begin(String text, boolean carriageReturn) {
    Head head = new Head(StartLine.parse(text, deviations), new Header(limits, deviations));
    noteLineEnd(head, carriageReturn);
    return head;
  }

  private State acceptField(Head head, String text, boolean carriageReturn) {
    noteLineEnd(head, carriageReturn);
    head.header.accept(text);
    return head;
  }

  private void noteLineEnd(Head head, boolean carriageReturn) {
    if (!carriageReturn) {
      deviations.note(
          Deviation.LINES_END_IN_LF, "after {0} header fields", head.header.fields.size());
    }
  }

  private State endHeader(Head head) {
    RtspHeaders headers = RtspHeaders.of(head.header.fields);
    return new Rest(head.start, headers, new Body(contentLength(headers)));
  }

  private int contentLength(RtspHeaders headers) {
    List<String> values = headers.all("Content-Length");
    if (values.isEmpty()) {
      return 0;
    }
    if (values.stream().distinct().count() > 1) {
      deviations.note(Deviation.SEVERAL_CONTENT_LENGTHS, "{0} fields", values.size());
    }
    OptionalLong length = Numbers.parseUnsigned(values.get(0));
    if (length.isEmpty()) {
      deviations.note(
          Deviation.CONTENT_LENGTH_NOT_A_NUMBER, "value of {0} characters", values.get(0).length());
      return 0;
    }
    if (length.getAsLong() > limits.bodyBytes()) {
      throw new RtspParseException("body longer than " + limits.bodyBytes() + " bytes");
    }
    return (int) length.getAsLong();
  }

  private Optional<RtspMessage> readBody(Rest rest, ByteBuf input) {
    if (!rest.body.read(input)) {
      return Optional.empty();
    }
    reset();
    return Optional.of(rest.message());
  }

  /** Replaces what would break a line when the value is written or logged. */
  private static String clean(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' && value.charAt(i) != '\t') {
        return value.replaceAll("[\\x00-\\x08\\x0A-\\x1F]", " ");
      }
    }
    return value;
  }

  /** The header fields of a message that have been read so far. */
  private static final class Header {
    private final RtspLimits limits;
    private final DeviationSink deviations;
    private final List<RtspHeaders.Field> fields = new ArrayList<>();
    private int folds;

    Header(RtspLimits limits, DeviationSink deviations) {
      this.limits = limits;
      this.deviations = deviations;
    }

    void accept(String text) {
      if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
        fold(text.trim());
        return;
      }
      int colon = text.indexOf(':');
      if (colon < 1) {
        deviations.note(
            Deviation.HEADER_LINE_WITHOUT_NAME, "line of {0} characters", text.length());
        return;
      }
      if (fields.size() == limits.headerFields()) {
        throw new RtspParseException("more than " + limits.headerFields() + " header fields");
      }
      fields.add(
          new RtspHeaders.Field(
              text.substring(0, colon).trim(), clean(text.substring(colon + 1)).trim()));
    }

    private void fold(String text) {
      if (fields.isEmpty()) {
        deviations.note(
            Deviation.HEADER_BEGINS_WITH_SPACE, "line of {0} characters", text.length());
        if (text.indexOf(':') > 0) {
          accept(text);
        }
        return;
      }
      if (++folds > limits.headerFields()) {
        throw new RtspParseException("more than " + limits.headerFields() + " folded lines");
      }
      RtspHeaders.Field last = fields.remove(fields.size() - 1);
      String value = (last.value() + " " + clean(text)).trim();
      if (value.length() > limits.lineBytes()) {
        throw new RtspParseException("line longer than " + limits.lineBytes() + " bytes");
      }
      fields.add(new RtspHeaders.Field(last.name(), value));
    }
  }

  /** The body of a message, filled as its bytes arrive. */
  private static final class Body {
    private final byte[] bytes;
    private int length;

    Body(int size) {
      bytes = new byte[size];
    }

    /** Reads what has arrived of the body and returns whether the body is complete. */
    boolean read(ByteBuf input) {
      int read = Math.min(input.readableBytes(), bytes.length - length);
      input.readBytes(bytes, length, read);
      length += read;
      return length == bytes.length;
    }
  }

  /** The first line of a message, of either kind. */
  private record StartLine(String version, String method, String uri, int status, String reason) {
    static StartLine parse(String text, DeviationSink deviations) {
      String upper = text.toUpperCase(Locale.ROOT);
      if (upper.startsWith("RTSP/") || upper.startsWith("HTTP/")) {
        return parseStatusLine(text, deviations);
      }
      return parseRequestLine(text, deviations);
    }

    private static StartLine parseStatusLine(String text, DeviationSink deviations) {
      String[] parts = text.split("\\s+", 3);
      OptionalLong status =
          parts.length < 2 ? OptionalLong.empty() : Numbers.parseUnsigned(parts[1]);
      if (status.isEmpty() || status.getAsLong() > 999) {
        throw new RtspParseException("status line without a status");
      }
      if (parts.length < 3) {
        deviations.note(Deviation.STATUS_LINE_WITHOUT_REASON, "status {0}", status.getAsLong());
      }
      return new StartLine(
          version(parts[0], deviations),
          "",
          "",
          (int) status.getAsLong(),
          parts.length < 3 ? "" : clean(parts[2]));
    }

    private static StartLine parseRequestLine(String text, DeviationSink deviations) {
      String[] parts = text.split("\\s+");
      if (parts.length < 3 || !isProtocol(parts[parts.length - 1]) || !isToken(parts[0])) {
        throw new RtspParseException("neither a request line nor a status line");
      }
      if (parts.length > 3) {
        deviations.note(Deviation.URI_WITH_SPACE, "{0} pieces", parts.length - 2);
      }
      String uri = String.join("%20", Arrays.asList(parts).subList(1, parts.length - 1));
      return new StartLine(
          version(parts[parts.length - 1], deviations),
          parts[0].toUpperCase(Locale.ROOT),
          clean(uri),
          0,
          "");
    }

    private static boolean isProtocol(String text) {
      String upper = text.toUpperCase(Locale.ROOT);
      return upper.startsWith("RTSP/") || upper.startsWith("HTTP/");
    }

    private static boolean isToken(String text) {
      return text.chars().allMatch(c -> Character.isLetter(c) || c == '_' || c == '-');
    }

    private static String version(String text, DeviationSink deviations) {
      String upper = text.toUpperCase(Locale.ROOT);
      if (!upper.equals(text)) {
        deviations.note(Deviation.PROTOCOL_IN_LOWER_CASE, clean(text));
      }
      return clean(upper);
    }

    RtspMessage message(RtspHeaders headers, Bytes body) {
      return method.isEmpty()
          ? new RtspResponse(version, status, reason, headers, body)
          : new RtspRequest(method, uri, version, headers, body);
    }
  }
}
