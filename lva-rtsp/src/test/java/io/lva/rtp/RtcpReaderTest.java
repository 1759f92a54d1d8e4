package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpReaderTest implements RtcpReader.Listener {
  private final List<String> heard = new ArrayList<>();

  @Override
  public void senderReport(int ssrc, RtcpReader.SenderTimes report) {
    heard.add(
        "report "
            + Integer.toHexString(ssrc)
            + " "
            + report.utcNanos()
            + " "
            + report.timestamp()
            + " "
            + Integer.toHexString(report.compactNtp()));
  }

  @Override
  public void goodbye(int ssrc) {
    heard.add("goodbye " + Integer.toHexString(ssrc));
  }

  @Test
  void read_compoundPacket_findsReportsAndGoodbyes() {
    String report = "80c80006 000000aa 83aa7e80 80000000 00000007 00000001 00000002";
    String description = "81ca0002 000000aa 01026162 ";
    String goodbye = "82cb0003 000000aa 000000bb 00000000";
    assertThat(read(report + description + goodbye)).isTrue();
    assertThat(heard).containsExactly("report aa 500000000 7 7e808000", "goodbye aa", "goodbye bb");
  }

  @ParameterizedTest
  @CsvSource({
    "1900, 00000000, 2085978496000000000",
    "1970, 83aa7e80, 0",
    "2036 before the era ends, ffffffff, 2085978495000000000",
    "2026, ee8a1000, 1793036672000000000",
  })
  void read_seconds_areOfTheNearestEra(String name, String seconds, long utcNanos) {
    assertThat(read("80c80006 00000001" + seconds + "00000000 00000000 00000000 00000000"))
        .isTrue();
    assertThat(heard.get(0)).as(name).startsWith("report 1 " + utcNanos + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"80", "80c80007 00000000", "40c80000", "80c90000 80c8", "83cb0001 000000aa 00"})
  void read_cutShort_saysSo(String hex) {
    assertThat(read(hex)).isFalse();
  }

  @Test
  void read_goodbyeWithMoreSourcesThanRoom_readsThoseThere() {
    assertThat(read("9fcb0001 000000aa")).isTrue();
    assertThat(heard).containsExactly("goodbye aa");
  }

  private boolean read(String hex) {
    return RtcpReader.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), this);
  }
}
