package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SmallBoxesTest {
  @Test
  void referenceTime_anyInstant_isReadBackToTheNanosecond() throws Mp4Exception {
    for (String instant :
        new String[] {
          "1970-01-01T00:00:00Z",
          "2026-11-22T10:00:00.040000001Z",
          "2036-02-07T06:28:15.999999999Z",
          "2036-02-07T06:28:16.123456789Z",
          "2050-01-01T00:00:00.000000001Z"
        }) {
      ProducerReferenceTime time = new ProducerReferenceTime(1, Instant.parse(instant), 1L << 40);
      ByteBuffer box = ByteBuffer.allocate(ProducerReferenceTime.SIZE_BYTES);
      time.write(box);

      assertThat(ProducerReferenceTime.parse(box.flip())).isEqualTo(time);
    }
  }

  @Test
  void referenceTime_knownInstant_hasItsNtpSeconds() {
    ByteBuffer box = ByteBuffer.allocate(ProducerReferenceTime.SIZE_BYTES);

    new ProducerReferenceTime(1, Instant.parse("1970-01-01T00:00:00.5Z"), 7).write(box);

    assertThat(BoxDump.of(box.flip()))
        .isEqualTo("prft 32 01000018 00000001 83aa7e80 80000000 00000000 00000007\n");
  }

  @Test
  void referenceTime_ofVersionZero_isRead() throws Mp4Exception {
    Bytes box = Bytes.ofHex("0000001c 70726674 00000000 00000002 83aa7e80 00000000 ffffffff");

    assertThat(ProducerReferenceTime.parse(box.asByteBuffer()))
        .isEqualTo(new ProducerReferenceTime(2, Instant.EPOCH, 0xffff_ffffL));
  }

  @Test
  void uuid_anyPayload_isReadBack() throws Mp4Exception {
    for (int size : new int[] {0, 1, 300, UuidBox.MAXIMUM_PAYLOAD_BYTES}) {
      UuidBox box = new UuidBox(Fixtures.EXTENDED_TYPE, Bytes.copyOf(new byte[size]));
      ByteBuffer bytes = ByteBuffer.allocate(box.sizeBytes());
      box.write(bytes);

      assertThat(UuidBox.parse(bytes.flip())).isEqualTo(box);
    }
  }

  @Test
  void uuid_tooLarge_isRefused() {
    Bytes payload = Bytes.copyOf(new byte[UuidBox.MAXIMUM_PAYLOAD_BYTES + 1]);

    assertThatThrownBy(() -> new UuidBox(Fixtures.EXTENDED_TYPE, payload))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_otherBoxOrCut_isReported() {
    ByteBuffer box = ByteBuffer.wrap(Fixtures.uuid("{}"));
    ByteBuffer cut = box.slice(0, 20);

    assertThatThrownBy(() -> ProducerReferenceTime.parse(box)).isInstanceOf(Mp4Exception.class);
    assertThatThrownBy(() -> UuidBox.parse(cut)).isInstanceOf(Mp4Exception.class);
    assertThatThrownBy(() -> UuidBox.parse(ByteBuffer.wrap(Fixtures.referenceTime())))
        .isInstanceOf(Mp4Exception.class);
  }
}
