package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What foreign clients make of the simulator's streams. */
class JudgedStreamTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  @TempDir private Path folder;

  @Test
  void pattern_playedByFfmpegWithDigest_showsTheTimeOfEveryPicture() throws Exception {
    try (CameraSimulator simulator =
        CameraSimulator.builder().burst(true).credentials("cam", "secret").start()) {
      long before = System.currentTimeMillis();
      String url = "rtsp://cam:secret@127.0.0.1:" + simulator.port() + "/pattern";
      ffmpeg("-rtsp_transport tcp -i " + url + " -frames:v 60 -pix_fmt gray -f rawvideo o.raw");
      long after = System.currentTimeMillis();
      byte[] raw = Files.readAllBytes(folder.resolve("o.raw"));
      assertThat(raw.length).isEqualTo(60 * WIDTH * HEIGHT);
      long first = time(raw, 0);
      assertThat(first).isBetween(before - 2100, after);
      for (int i = 1; i < 60; i++) {
        assertThat(time(raw, i)).isEqualTo(first + i * 40L);
      }
    }
  }

  @Test
  void file_playedByFfmpegOverItsEnd_decodesWithoutError() throws Exception {
    ffmpeg("-f lavfi -i testsrc2=s=320x180:r=25 -t 2 -c:v libx264 -bf 2 -pix_fmt yuv420p clip.mp4");
    try (CameraSimulator simulator =
        CameraSimulator.builder().media(folder).asFastAsPossible().start()) {
      String url = simulator.uri("/media/clip.mp4").toString();
      ffmpeg("-err_detect explode -rtsp_transport tcp -i " + url + " -t 9 -f null -");
    }
  }

  @Test
  void soundBesidePictures_playedByFfmpeg_beepsOncePerSecondBesidePictures() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().burst(true).start()) {
      String url = simulator.uri("/pattern-with-sound").toString();
      ffmpeg("-rtsp_transport tcp -i " + url + " -t 5 -map 0:v -map 0:a -c copy o.mkv");
      ffmpeg("-i o.mkv -map 0:a -f s16le o.pcm");
      ffmpeg("-i o.mkv -map 0:v -frames:v 100 -pix_fmt gray -f rawvideo o.raw");
    }
    assertThat(Files.size(folder.resolve("o.raw"))).isEqualTo(100L * WIDTH * HEIGHT);
    List<Integer> beeps = beepMillis(Files.readAllBytes(folder.resolve("o.pcm")));
    assertThat(beeps).hasSizeGreaterThanOrEqualTo(4);
    for (int i = 1; i < beeps.size(); i++) {
      assertThat(beeps.get(i) - beeps.get(i - 1)).isEqualTo(1000);
    }
  }

  @Test
  void fileWithSound_playedByFfmpegOverItsEnd_decodesWithoutError() throws Exception {
    ffmpeg(
        "-f lavfi -i testsrc2=s=320x180:r=25 -f lavfi -i sine=r=48000 -t 2 -c:v libx265 -tag:v hvc1"
            + " -x265-params log-level=error -c:a aac -pix_fmt yuv420p clip.mp4");
    try (CameraSimulator simulator = CameraSimulator.builder().media(folder).start()) {
      String url = simulator.uri("/media/clip.mp4").toString();
      ffmpeg("-err_detect explode -rtsp_transport tcp -i " + url + " -t 5 -map 0 -f null -");
    }
  }

  @Test
  void pattern_playedByGstreamer_decodes() throws Exception {
    Judges.require("gst-launch-1.0");
    try (CameraSimulator simulator =
        CameraSimulator.builder().burst(true).credentials("cam", "secret").start()) {
      String url = "rtsp://cam:secret@127.0.0.1:" + simulator.port() + "/pattern";
      Judges.acceptIn(
          folder,
          ("gst-launch-1.0 -q rtspsrc protocols=tcp location="
                  + url
                  + " ! rtph264depay ! h264parse ! identity eos-after=30 ! fakesink")
              .split(" ", -1));
    }
  }

  private void ffmpeg(String arguments) {
    Judges.require("ffmpeg");
    Judges.acceptIn(folder, ("ffmpeg -v error -xerror " + arguments).split(" ", -1));
  }

  /** Returns where sound begins after at least half a second of silence, at 8 kHz. */
  private static List<Integer> beepMillis(byte[] pcm) {
    ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    List<Integer> beeps = new ArrayList<>();
    int silence = 0;
    for (int i = 0; i < samples.limit(); i++) {
      // The first sample of a sine is zero.
      boolean loud = Math.abs(samples.get(i)) > 1000;
      if (loud && silence > 4000) {
        beeps.add((i - 1) / 8);
      }
      silence = loud ? 0 : silence + 1;
    }
    return beeps;
  }

  private static long time(byte[] raw, int picture) {
    int offset = picture * WIDTH * HEIGHT;
    return ClockBarcode.read((x, y) -> raw[offset + y * WIDTH + x] & 0xff, WIDTH, HEIGHT)
        .orElseThrow();
  }
}
