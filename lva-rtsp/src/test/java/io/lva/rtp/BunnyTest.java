package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.codec.H264Parameters;
import io.lva.rtp.payload.ParameterSetOrigin;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import io.lva.testkit.SharedData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A recorded session of a Wowza server: 371 interleaved packets. */
class BunnyTest {
  private static final int VIDEO = 2;

  @Test
  void rtp_wowzaSession_deliversEverySlice() {
    TestCamera camera = TestCamera.replay();
    camera.start(
        new TrackFormat(
            VIDEO, MediaType.VIDEO, 97, 90_000, "H264", Map.of(), OptionalLong.empty()));
    List<ByteBuffer> packets = videoPackets();
    for (ByteBuffer packet : packets) {
      byte[] before = bytes(packet);
      camera.receiver.rtp(VIDEO, packet, 0, TestCamera.START_UTC);
      assertThat(bytes(packet)).isEqualTo(before);
      assertThat(packet.position()).isZero();
    }
    camera.receiver.end(GapCause.STREAM_ENDED);

    RecordedOutput output = camera.output;
    List<String> delivered = new ArrayList<>();
    for (int i = 0; i < output.samples.size(); i++) {
      delivered.addAll(output.nalUnits(i));
    }
    assertThat(delivered).isEqualTo(mediaUnits(packets));
    assertThat(output.samples).hasSize(245);
    assertThat(output.samples).filteredOn(sample -> sample.sync()).hasSize(6);
    assertThat(output.samples).allMatch(sample -> sample.compositionOffset() == 0);
    assertThat(output.tracks).hasSize(1);
    H264Parameters parameters = (H264Parameters) output.tracks.get(0).tracks().get(0).parameters();
    assertThat(parameters.codec()).isEqualTo("avc1.42C01E");
    assertThat(parameters.width()).isEqualTo(240);
    assertThat(parameters.height()).isEqualTo(160);
    ReceiverStatistics statistics = camera.receiver.statistics();
    assertThat(statistics.packets()).isEqualTo(269);
    assertThat(statistics.lostPackets()).isZero();
    assertThat(statistics.droppedAccessUnits()).isZero();
    assertThat(statistics.parameterSets()).isEqualTo(ParameterSetOrigin.IN_BAND);
    assertThat(statistics.deviations())
        .extracting(SeenDeviation::deviation)
        .containsExactly(Deviation.SDP_WITHOUT_PARAMETER_SETS);
  }

  private static List<ByteBuffer> videoPackets() {
    ByteBuffer stream =
        ByteBuffer.wrap(SharedData.bytes("testdata/rtsp-responses/bunny-interleaved.bin"));
    List<ByteBuffer> result = new ArrayList<>();
    while (stream.hasRemaining()) {
      assertThat(stream.get()).isEqualTo((byte) '$');
      int channel = stream.get();
      int length = stream.getShort();
      if (channel == VIDEO) {
        result.add(stream.slice(stream.position(), length));
      }
      stream.position(stream.position() + length);
    }
    return result;
  }

  /** Takes the packets apart in another way: everything but parameter sets, in order. */
  private static List<String> mediaUnits(List<ByteBuffer> packets) {
    List<String> units = new ArrayList<>();
    StringBuilder fragments = new StringBuilder();
    for (ByteBuffer packet : packets) {
      byte[] payload = new byte[packet.remaining() - 12];
      packet.get(12, payload);
      String hex = HexFormat.of().formatHex(payload);
      switch (payload[0] & 0x1f) {
        case 28 -> {
          if ((payload[1] & 0x80) != 0) {
            fragments.setLength(0);
            fragments.append(String.format("%02x", (payload[0] & 0xe0) | (payload[1] & 0x1f)));
          }
          fragments.append(hex.substring(4));
          if ((payload[1] & 0x40) != 0) {
            units.add(fragments.toString());
          }
        }
        case 24 -> {
          for (int at = 2; at < hex.length(); ) {
            int end = at + 4 + 2 * Integer.parseInt(hex.substring(at, at + 4), 16);
            units.add(hex.substring(at + 4, end));
            at = end;
          }
        }
        default -> units.add(hex);
      }
    }
    units.removeIf(unit -> unit.startsWith("67") || unit.startsWith("68"));
    return units;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return copy;
  }
}
