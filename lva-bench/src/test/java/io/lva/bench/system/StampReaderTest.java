package io.lva.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StampReaderTest {
  private final List<FrameStamp> found = new ArrayList<>();
  private final StampReader reader = new StampReader(found::add);

  @Test
  void read_bytesInPieces_findsEveryStamp() throws IOException {
    byte[] file = new StampedFile().frames(0, 200).toByteArray();
    Random random = new Random(6);
    for (int at = 0; at < file.length; ) {
      int length = Math.min(file.length - at, 1 + random.nextInt(3_000));
      reader.read(Channels.newChannel(new ByteArrayInputStream(file, at, length)));
      at += length;
    }
    assertThat(found).hasSize(200);
    assertThat(found.get(123)).isEqualTo(new FrameStamp(123 * StampedFile.FRAME_NANOS, 123));
  }

  @Test
  void read_markersCutOffAndRepeated_findsWhatIsWhole() throws IOException {
    byte[] nalUnit = FrameStamp.nalUnit();
    new FrameStamp(-1, Long.MAX_VALUE).write(ByteBuffer.wrap(nalUnit), 3);
    byte[] file = new byte[3 * nalUnit.length];
    System.arraycopy(nalUnit, 0, file, 0, 12);
    System.arraycopy(nalUnit, 3, file, 12, FrameStamp.BYTES);
    System.arraycopy(nalUnit, 3, file, 12 + FrameStamp.BYTES, FrameStamp.BYTES - 1);
    reader.read(Channels.newChannel(new ByteArrayInputStream(file, 0, 11 + 2 * FrameStamp.BYTES)));
    assertThat(found).containsExactly(new FrameStamp(-1, Long.MAX_VALUE));
  }

  @Test
  void read_randomBytes_endsAlways() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(20_000)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) FrameStamp.MARKER.charAt(random.nextInt(FrameStamp.MARKER.length()));
      }
      reader.read(Channels.newChannel(new ByteArrayInputStream(bytes)));
    }
    assertThat(found).isEmpty();
  }
}
