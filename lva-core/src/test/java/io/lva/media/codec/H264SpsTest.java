package io.lva.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H264SpsTest {
  private static final Pattern SETS = Pattern.compile("sprop-parameter-sets=([^,;\\s]+)");
  private static final String BASELINE = "6742c00dd90141fb0110000003001000000303c8f142a480";

  /** What FFmpeg's {@code trace_headers} reads from the sets of real cameras. */
  @ParameterizedTest
  @CsvSource({
    "rtsp-responses/anpviz_sdp.txt, 77, 31, 704, 576, 2, -1, 0, 0",
    "rtsp-responses/bunny_describe.txt, 66, 30, 240, 160, 2, 0, 1, 48",
    "rtsp-responses/dahua_describe_h264_aac_onvif.txt, 100, 30, 704, 480, 0, -1, 1, 30",
    "rtsp-responses/gw_main_describe.txt, 77, 42, 1920, 1080, 2, -1, 0, 0",
    "rtsp-responses/hikvision_describe.txt, 77, 41, 1920, 1080, 0, -1, 1000, 60000",
    "rtsp-responses/ipcam_describe.txt, 77, 32, 1280, 960, 2, -1, 1, 40",
    "rtsp-responses/reolink_describe.txt, 100, 51, 2560, 1440, 0, -1, 0, 0",
    "rtsp-responses/ubiquiti_sdp.txt, 77, 42, 1920, 1080, 0, 0, 1000, 90000",
    "sdp/028_issue_mediamtx_5074_fake_back_channel.sdp, 77, 40, 1920, 1080, 0, -1, 1000, 18000",
    "sdp/030_issue_mediamtx_5074_real_back_channel.sdp, 66, 30, 640, 360, 2, -1, 0, 0",
    "sdp/073_video_h264_vlc_rtsp_server.sdp, 100, 31, 1280, 720, 0, 2, 1, 60",
    "sdp/074_video_h264_sprop-parameter-sets_with_extra_data.sdp, 100, 41, 1920, 1080, 0, -1, 1,"
        + " 50",
    "sdp/079_video_h264_bosch_issue_gortsplib_632.sdp, 77, 41, 1920, 1080, 0, -1, 0, 0",
    "sdp/105_issue_mediamtx_85_SONY_SNC-WR630.sdp, 100, 40, 1920, 1080, 2, 0, 1, 25",
    "sdp/110_issue_mediamtx_121_empty_unicast_address.sdp, 100, 30, 800, 448, 0, -1, 0, 0",
    "sdp/116_issue_mediamtx_227_Hik_Media_Server.sdp, 77, 30, 704, 480, 0, -1, 1000, 24000",
    "sdp/119_issue_gortsplib_85_FLIR_timing.sdp, 66, 30, 640, 480, 0, -1, 0, 0",
    "sdp/125_issue_mediamtx_948_TIAS_bitrate.sdp, 100, 31, 384, 830, 0, -1, 0, 0",
    "sdp/131_issue_gortsplib_271_Mercury_cameras.sdp, 77, 31, 1280, 720, 0, -1, 1, 40",
    "sdp/134_issue_mediamtx_2128_Vurix_NVR.sdp, 100, 40, 1920, 1080, 0, -1, 1000, 40000",
    "sdp/143_issue_mediamtx_2762_Altasec_NVR.sdp, 77, 22, 640, 360, 0, -1, 1000, 10000",
    "sdp/149_issue_mediamtx_3583_Wisenet_NVR.sdp, 77, 50, 2592, 1520, 0, -1, 0, 0",
    "sdp/158_issue_mediamtx_5292_Verint_cameras_IP_instead_of_IN_in_origin.sdp,"
        + " 100, 51, 3840, 2160, 0, 1, 12012, 240000",
  })
  void parse_realCamera_asFfmpegReadsIt(
      String file,
      int profile,
      int level,
      int width,
      int height,
      int orderType,
      int statedReorder,
      long unitsInTick,
      long timeScale)
      throws IOException {
    H264Sps sps = H264Sps.parse(described(file));
    assertThat(sps.profileIdc()).isEqualTo(profile);
    assertThat(sps.levelIdc()).isEqualTo(level);
    assertThat(sps.width()).isEqualTo(width);
    assertThat(sps.height()).isEqualTo(height);
    assertThat(sps.picOrderCntType()).isEqualTo(orderType);
    assertThat(sps.reorderStated()).isEqualTo(statedReorder >= 0);
    assertThat(sps.unitsInTick()).isEqualTo(unitsInTick);
    assertThat(sps.timeScale()).isEqualTo(timeScale);
    if (statedReorder >= 0) {
      assertThat(sps.maxReorderFrames()).isEqualTo(statedReorder);
    } else if (orderType == 2 || profile == 66) {
      assertThat(sps.maxReorderFrames()).isZero();
    }
  }

  @Test
  void parse_baseline_hasNoReordering() {
    H264Sps sps = H264Sps.parse(Bytes.ofHex(BASELINE));
    assertThat(sps.codec()).isEqualTo("avc1.42C00D");
    assertThat(sps.width()).isEqualTo(320);
    assertThat(sps.height()).isEqualTo(240);
    assertThat(sps.maxReorderFrames()).isZero();
    assertThat(sps.timeScale()).isEqualTo(60);
  }

  @Test
  void parse_bytesBehindTheSet_areNoDifference() {
    assertThat(H264Sps.parse(Bytes.ofHex(BASELINE + "0000000102030405")))
        .isEqualTo(H264Sps.parse(Bytes.ofHex(BASELINE)));
  }

  @Test
  void parse_cutWithinUsabilityInformation_keepsTheRest() {
    H264Sps sps = H264Sps.parse(Bytes.ofHex(BASELINE.substring(0, 22)));
    assertThat(sps.width()).isEqualTo(320);
    assertThat(sps.height()).isEqualTo(240);
  }

  @Test
  void parse_cutAnywhere_clockIsWholeOrUnstated() {
    H264Sps whole = H264Sps.parse(Bytes.ofHex(BASELINE));
    for (int length = 18; length < BASELINE.length(); length += 2) {
      H264Sps cut = H264Sps.parse(Bytes.ofHex(BASELINE.substring(0, length)));
      assertThat(cut.frameTicks(90_000)).isIn(0L, whole.frameTicks(90_000));
      assertThat(cut.unitsInTick()).isIn(0L, whole.unitsInTick());
      assertThat(cut.timeScale()).isIn(0L, whole.timeScale());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "67", "6742c0", "6842c00dd901", "6742c00d", "67640028ffffffffffff"})
  void parse_notASet_isRefused(String hex) {
    assertThatThrownBy(() -> H264Sps.parse(Bytes.ofHex(hex)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_seedsAndTheirMutations_parsesOrRefuses() {
    List<byte[]> seeds = new ArrayList<>(SharedData.contents("testdata/fuzz-seeds/h264-sps"));
    seeds.add(Bytes.ofHex(BASELINE).toByteArray());
    Random random = new Random(5);
    int parsed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] seed = seeds.get(random.nextInt(seeds.size()));
      byte[] bytes = Arrays.copyOf(seed, Math.max(0, seed.length + random.nextInt(4) - 1));
      for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      parsed += parses(bytes) ? 1 : 0;
    }
    assertThat(parsed).isGreaterThan(1000);
  }

  private static boolean parses(byte[] bytes) {
    try {
      H264Sps sps = H264Sps.parse(Bytes.copyOf(bytes));
      assertThat(sps.width()).isBetween(1, 16_384);
      assertThat(sps.height()).isBetween(1, 16_384);
      assertThat(sps.id()).isBetween(0, 31);
      assertThat(sps.maxReorderFrames()).isBetween(0, 16);
      assertThat(sps.bitDepthLuma()).isBetween(8, 14);
      assertThat(sps.unitsInTick()).isNotNegative();
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching(".+");
      return false;
    }
  }

  private static Bytes described(String file) throws IOException {
    String text =
        Files.readString(SharedData.path("testdata/" + file), StandardCharsets.ISO_8859_1);
    Matcher matcher = SETS.matcher(text);
    assertThat(matcher.find()).isTrue();
    return Bytes.copyOf(Base64.getDecoder().decode(matcher.group(1)));
  }
}
