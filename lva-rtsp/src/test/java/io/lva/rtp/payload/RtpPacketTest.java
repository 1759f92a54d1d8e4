package io.lva.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
  private final RtpPacket packet = new RtpPacket();

  @Test
  void read_plainHeader_givesAllFields() {
    assertThat(packet.read(buffer("80e0 fffe 89abcdef 12345678 6588"))).isTrue();
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.sequenceNumber()).isEqualTo(0xfffe);
    assertThat(packet.timestamp()).isEqualTo(0x89abcdef);
    assertThat(packet.ssrc()).isEqualTo(0x12345678);
    assertThat(payload()).isEqualTo("6588");
  }

  @ParameterizedTest
  @CsvSource({
    "contributing sources, 8260 0001 00000001 00000002 0000000a0000000b aabb, aabb",
    "extension, 9060 0001 00000001 00000002 abac0001 00000000 aabb, aabb",
    "padding, a060 0001 00000001 00000002 aabb000003, aabb",
    "all of them, b160 0001 00000001 00000002 0000000a abac0000 aa02 02, aa",
    "padding of the whole payload, a060 0001 00000001 00000002 0002, ''",
    "padding larger than the payload, a060 0001 00000001 00000002 aaff, aaff",
    "padding of no bytes, a060 0001 00000001 00000002 aa00, aa00",
    "padding without payload, a060 0001 00000001 00000002, ''",
  })
  void read_optionalFields_findsThePayload(String name, String hex, String expected) {
    assertThat(packet.read(buffer(hex))).as(name).isTrue();
    assertThat(payload()).as(name).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8060 0001 00000001 000000",
        "4060 0001 00000001 00000002 aa",
        "8f60 0001 00000001 00000002 aa",
        "9060 0001 00000001 00000002 abac",
        "9060 0001 00000001 00000002 abacffff 00000000",
      })
  void read_malformed_isRefused(String hex) {
    assertThat(packet.read(buffer(hex))).isFalse();
  }

  @Test
  void read_randomBytesAtAnOffset_staysWithinThem() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      if (bytes.length > 4) {
        buffer.position(2).limit(bytes.length - 2);
        bytes[2] = (byte) ((bytes[2] & 0x3f) | 0x80);
      }
      int position = buffer.position();
      int limit = buffer.limit();
      if (packet.read(buffer)) {
        assertThat(packet.payloadLength()).isNotNegative();
        assertThat(packet.payloadStart()).isGreaterThanOrEqualTo(position + 12);
        assertThat(packet.payloadStart() + packet.payloadLength()).isLessThanOrEqualTo(limit);
      }
      assertThat(buffer.position()).isEqualTo(position);
      assertThat(buffer.limit()).isEqualTo(limit);
    }
  }

  private String payload() {
    byte[] bytes = new byte[packet.payloadLength()];
    packet.buffer().get(packet.payloadStart(), bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static ByteBuffer buffer(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
