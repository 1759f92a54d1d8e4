package io.lva.fmp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/**
 * Shows boxes as text: one line per box, its content as 32-bit words.
 *
 * <p>Knows nothing of the writers and readers under test.
 */
final class BoxDump {
  private static final Set<String> CONTAINERS =
      Set.of("moov", "trak", "edts", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf");

  private final StringBuilder text = new StringBuilder();

  private BoxDump() {}

  static String of(ByteBuffer bytes) {
    BoxDump dump = new BoxDump();
    dump.boxes(bytes.slice(), "");
    return dump.text.toString();
  }

  private void boxes(ByteBuffer range, String indent) {
    while (range.hasRemaining()) {
      int start = range.position();
      int size = range.getInt();
      String type = fourCharacters(range);
      text.append(indent).append(type).append(' ').append(Integer.toUnsignedString(size));
      if (size < 8 || size > range.limit() - start) {
        text.append(" (media follows)\n");
        return;
      }
      content(type, range.slice(start + 8, size - 8), indent);
      range.position(start + size);
    }
  }

  private void content(String type, ByteBuffer content, String indent) {
    int fields =
        switch (type) {
          case "avc1", "avc3" -> 78;
          case "stsd", "dref" -> 8;
          default -> CONTAINERS.contains(type) ? 0 : content.remaining();
        };
    text.append(' ').append(words(content.slice(0, fields))).append('\n');
    if (fields < content.remaining()) {
      boxes(content.slice(fields, content.remaining() - fields), indent + "  ");
    }
  }

  private static String words(ByteBuffer bytes) {
    StringBuilder words = new StringBuilder();
    while (bytes.hasRemaining()) {
      byte[] word = new byte[Math.min(4, bytes.remaining())];
      bytes.get(word);
      words.append(words.isEmpty() ? "" : " ").append(HexFormat.of().formatHex(word));
    }
    return words.toString();
  }

  private static String fourCharacters(ByteBuffer bytes) {
    byte[] characters = new byte[4];
    bytes.get(characters);
    return new String(characters, StandardCharsets.ISO_8859_1);
  }
}
