package io.lva.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.MediaType;
import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {
  /** Descriptions that name no media, in whole or on purpose. */
  private static final Set<String> WITHOUT_MEDIA =
      Set.of("001", "093", "095", "114", "117", "122", "123");

  private final Deviations deviations = new Deviations();

  private SessionDescription parse(String text) {
    return SessionDescription.parse(text, deviations);
  }

  private SessionDescription parseFile(String folder, String prefix) throws IOException {
    for (Path file : SharedData.files("testdata/" + folder)) {
      if (file.getFileName().toString().startsWith(prefix)) {
        return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    throw new IOException("no file " + prefix);
  }

  @Test
  void parse_everyCameraDescription_hasItsMedia() throws IOException {
    for (Path file : SharedData.files("testdata/sdp")) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      SessionDescription description = parse(text);
      long lines = text.lines().filter(line -> line.startsWith("m=")).count();
      assertThat(description.media()).as(file.toString()).hasSize((int) lines);
      assertThat(lines == 0)
          .as(file.toString())
          .isEqualTo(WITHOUT_MEDIA.contains(file.getFileName().toString().substring(0, 3)));
      boolean named = text.contains("H264/90000");
      boolean found =
          description.media().stream().anyMatch(media -> media.find("h264").isPresent());
      assertThat(found).as(file.toString()).isEqualTo(named);
      for (MediaDescription media : description.media()) {
        boolean smart = media.type().contains("/");
        assertThat(media.payloadTypes().isEmpty()).as(file.toString()).isEqualTo(smart);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // file, media, payload type, control, a key, its beginning
    "013, 0, 97, rtsp://10.0.100.50/profile5/media.smp/trackID=v, sprop-parameter-sets, Z2QAKKy0",
    "018, 1, 100, '', packetization-mode, 1",
    "019, 0, 96, '', profile-level-id, 4d002a",
    "028, 0, 96, rtsp://*****/video=video1, profile-level-id, 4D4028",
    "079, 0, 35, rtsp://10.100.14.102:554/?inst=2&h26x=4&stream=video, packetization-mode, 1",
    "116, 0, 96, trackID=video, packetization-mode, 0",
    "119, 0, 111, rtsp://172.16.2.20/sid=96&overlay=on, profile-level-id, 42001E",
    "143, 0, 96, 0, profile-level-id, 4D4016",
    "149, 0, 96, trackID=0, profile-level-id, 4D0032",
    "152, 0, 105, rtsp://10.0.0.1/media/video1/video, packetization-mode, 1",
  })
  void parse_h264OfCameras_isFound(
      String file, int index, int payloadType, String control, String key, String start)
      throws IOException {
    MediaDescription media = parseFile("sdp", file).media().get(index);
    RtpMap map = media.find("H264").orElseThrow();
    assertThat(map.payloadType()).isEqualTo(payloadType);
    assertThat(map.clockRate()).isEqualTo(90_000);
    assertThat(media.control().orElse("")).isEqualTo(control);
    assertThat(media.formatParameters(payloadType).get(key)).startsWith(start);
  }

  @Test
  void parse_trailingBlankInRtpmap_isTrimmed() throws IOException {
    SessionDescription description =
        parse(
            Files.readString(
                SharedData.path("testdata/rtsp-responses").resolve("ipcam_describe.txt")));
    assertThat(description.media().get(0).find("H264")).isPresent();
    assertThat(description.media().get(0).formatParameters(96))
        .containsEntry("sprop-parameter-sets", "J00AII1qBQB5oQAAAwABAAADACiE,KO48gA==");
  }

  @Test
  void parse_ubiquiti_emptyFmtpIsNoParameters() throws IOException {
    SessionDescription description = parseFile("rtsp-responses", "ubiquiti_sdp");
    assertThat(description.media()).hasSize(3);
    assertThat(description.media().get(1).formatParameters(96)).isEmpty();
    assertThat(description.media().get(2).find("H264")).isPresent();
    assertThat(description.media().get(0).rtpMap(96))
        .hasValue(new RtpMap(96, "MPEG4-GENERIC", 48_000, 1));
  }

  @Test
  void parse_tpLink_keepsTheMediaThatIsNone() throws IOException {
    SessionDescription description = parseFile("rtsp-responses", "tplink_sdp");
    assertThat(description.media()).hasSize(3);
    assertThat(description.media().get(2).mediaType()).isEmpty();
    assertThat(description.media().get(2).payloadTypes()).isEmpty();
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.SDP_MEDIA_WITHOUT_PAYLOAD_TYPE);
  }

  @Test
  void parse_contradictoryRtpmap_winsOverTheStaticOne() throws IOException {
    SessionDescription description = parseFile("rtsp-responses", "anpviz_sdp");
    assertThat(description.media().get(1).rtpMap(0).map(RtpMap::encoding))
        .hasValue("MPEG4-GENERIC");
    assertThat(parse("m=audio 0 RTP/AVP 0\n").media().get(0).rtpMap(0))
        .hasValue(new RtpMap(0, "PCMU", 8000, 1));
  }

  @Test
  void formatParameters_ofAnotherPayloadType_areMeant() {
    MediaDescription media =
        parse("m=audio 0 RTP/AVP 104\na=rtpmap:104 mpeg4-generic/16000/1\na=fmtp:97 mode=AAC-hbr\n")
            .media()
            .get(0);
    assertThat(media.formatParameters(104)).containsEntry("mode", "AAC-hbr");
  }

  @Test
  void formatParameters_severalLines_countTogether() {
    MediaDescription media =
        SessionDescription.parse(
                """
                m=video 0 RTP/AVP 96
                a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0IA
                a=fmtp:97 x=y
                a=fmtp:96 packetization-mode=0;sprop-parameter-sets=aM4x
                """,
                deviations)
            .media()
            .get(0);
    assertThat(media.formatParameters(96))
        .containsEntry("packetization-mode", "1")
        .containsEntry("sprop-parameter-sets", "Z0IA,aM4x")
        .doesNotContainKey("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r", "\r\n\0", "\0\r\n"})
  void parse_lineEnds_areAllRead(String end) {
    SessionDescription description =
        SessionDescription.parse(
            String.join(end, "v=0", "m=video 0 RTP/AVP 96", "a=control:trackID=1", ""), deviations);
    assertThat(description.media().get(0).control()).hasValue("trackID=1");
  }

  @Test
  void direction_firstOfTheMedia_counts() throws IOException {
    List<MediaDescription> media = parseFile("sdp", "006").media();
    assertThat(media.get(0).direction()).isEqualTo(MediaDescription.Direction.RECVONLY);
    assertThat(media.get(2).direction()).isEqualTo(MediaDescription.Direction.SENDONLY);
    assertThat(parseFile("sdp", "035").media().get(0).direction())
        .isEqualTo(MediaDescription.Direction.SENDRECV);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n\r\n", "hello", "\u0000\u0001\u0002", "<html></html>"})
  void parse_noDescription_throws(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(SdpParseException.class);
  }

  @Test
  void parse_tooManyLines_throws() {
    String text = "a=x\n".repeat(5000);
    assertThatThrownBy(() -> parse(text)).isInstanceOf(SdpParseException.class);
  }

  @Test
  void format_thenParse_givesTheSame() {
    MediaDescription video =
        MediaDescription.of(
            MediaType.VIDEO,
            new RtpMap(96, "H264", 90_000, 1),
            Map.of("packetization-mode", "1"),
            "trackID=0");
    SessionDescription description =
        new SessionDescription(
            "- 1 1 IN IP4 127.0.0.1",
            "simulator",
            List.of(new SdpAttribute("control", "*"), new SdpAttribute("recvonly", "")),
            List.of(video));
    assertThat(parse(description.format())).isEqualTo(description);
    assertThat(deviations.seen()).isEmpty();
    assertThat(video.control()).isEqualTo(Optional.of("trackID=0"));
  }

  @Test
  void parse_seedsAndMutations_onlyThrowTheDeclaredException() throws IOException {
    Random random = new Random(3);
    List<Path> seeds = new ArrayList<>(SharedData.files("testdata/fuzz-seeds/sdp"));
    seeds.addAll(SharedData.files("testdata/sdp"));
    for (Path seed : seeds) {
      byte[] bytes = Files.readAllBytes(seed);
      for (int round = 0; round < 100; round++) {
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
        }
        use(new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static void use(String text) {
    try {
      for (MediaDescription media : SessionDescription.parse(text, new Deviations()).media()) {
        for (RtpMap map : media.find("H264").stream().toList()) {
          assertThat(media.formatParameters(map.payloadType())).isNotNull();
        }
        assertThat(media.direction()).isNotNull();
        assertThat(media.port()).isBetween(0, 65535);
      }
    } catch (SdpParseException e) {
      assertThat(e).hasMessageNotContaining("\n");
    }
  }
}
