package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.RecorderOptions;
import io.lva.asset.disk.FileOps;
import io.lva.asset.export.AssetExport;
import io.lva.asset.export.AssetExporter;
import io.lva.asset.format.Utc;
import io.lva.asset.verify.AssetReport.GapReport;
import io.lva.media.Bytes;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.Sample;
import io.lva.media.SampleData;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.codec.H264Parameters;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that end among the pictures of a pyramid, as ffmpeg and ffprobe see them. */
class ReorderedCutTest {
  private static final int PICTURE = 3600;
  private static final int DEPTH = 2;
  private static final int GROUP = 25;

  @TempDir private static Path clips;
  @TempDir private Path root;

  private static List<Integer> order;
  private static List<List<byte[]>> pictures;

  @SuppressWarnings("NullAway.Init") // begun in each test
  private RecorderRig rig;

  @SuppressWarnings("NullAway.Init")
  private Track track;

  private int sent;
  private long origin;

  /** Group after group of 25 pictures: I0 P4 B2 b1 b3 P8 B6 b5 b7 and so on. */
  @BeforeAll
  static void encode() throws IOException {
    Judges.require("ffmpeg", "ffprobe");
    Path mp4 = clips.resolve("clip.mp4");
    Path annexB = clips.resolve("clip.h264");
    Judges.accept(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=160x96:r=25",
        "-t",
        "3",
        "-c:v",
        "libx264",
        "-bf",
        "3",
        "-g",
        Integer.toString(GROUP),
        "-pix_fmt",
        "yuv420p",
        "-video_track_timescale",
        "90000",
        "-x264-params",
        "scenecut=0:b-adapt=0:b-pyramid=normal:open-gop=0",
        mp4.toString());
    Judges.accept(
        "ffmpeg",
        "-v",
        "error",
        "-i",
        mp4.toString(),
        "-c",
        "copy",
        "-bsf:v",
        "h264_mp4toannexb",
        annexB.toString());
    order = numbers(mp4, "packet=pts").stream().map(time -> (int) (time / PICTURE)).toList();
    pictures = H264Pictures.split(Files.readAllBytes(annexB));
    assertThat(pictures).hasSameSizeAs(order).hasSize(75);
    assertThat(order.subList(0, 5)).containsExactly(0, 4, 2, 1, 3);
  }

  private static List<Long> numbers(Path file, String entries) {
    String printed =
        Judges.accept(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                "v",
                "-show_entries",
                entries,
                "-of",
                "csv=p=0",
                file.toString())
            .output();
    return printed
        .lines()
        .map(line -> line.replace(",", "").strip())
        .filter(line -> !line.isEmpty())
        .map(Long::parseLong)
        .toList();
  }

  private void begin(String name) {
    RecorderOptions options = RecorderOptions.defaults().segmentLength(Duration.ofMinutes(1));
    rig = new RecorderRig(root.resolve(name), FileOps.disk(), options, 1 << 20);
    track =
        new Track(
            1,
            90_000,
            H264Parameters.of(
                List.of(Bytes.copyOf(H264Pictures.unit(pictures.get(0), 7))),
                List.of(Bytes.copyOf(H264Pictures.unit(pictures.get(0), 8)))));
    sent = 0;
    origin = 0;
    rig.input().tracks(TrackSet.of(track));
  }

  private long utc(int picture) {
    return Utc.nanos(Fixtures.START) + (origin + picture) * CameraSim.FRAME_NANOS;
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      List<byte[]> units = pictures.get(sent);
      rig.input()
          .sample(
              new Sample(
                  track,
                  (origin + sent) * PICTURE,
                  (order.get(sent) - sent + DEPTH) * PICTURE,
                  sent % GROUP == 0,
                  false,
                  utc(sent),
                  data(units)));
      sent++;
    }
  }

  private static SampleData data(List<byte[]> units) {
    List<byte[]> slices = units.stream().filter(unit -> (unit[0] & 0x1f) <= 5).toList();
    ByteBuffer bytes = ByteBuffer.allocate(slices.stream().mapToInt(unit -> 4 + unit.length).sum());
    slices.forEach(unit -> bytes.putInt(unit.length).put(unit));
    return SampleData.copyOf(bytes.array());
  }

  /** Loses pictures up to the next group. */
  private Gap lose() {
    Gap gap =
        Gap.open(
            "lost" + sent, Utc.instant(utc(sent)), GapOrigin.SOURCE, GapCause.CAMERA_UNREACHABLE);
    rig.input().gapOpened(gap);
    sent = (sent / GROUP + 1) * GROUP;
    return gap;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(rig.store.root())) {
      return tree.filter(file -> file.toString().endsWith(".mp4")).sorted().toList();
    }
  }

  /** What ffmpeg shows: every picture decodes, and none is missing but where it may be. */
  private static List<Long> shown(Path file) {
    Judges.decodes(file.toString());
    return numbers(file, "frame=pts").stream().sorted().toList();
  }

  private static void assertWithoutHole(List<Long> times, String when) {
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).as(when + ", picture " + i).isEqualTo(PICTURE);
    }
  }

  @Test
  void end_atAnyPicture_leavesNoneBehindAHole() throws IOException {
    for (int cut = GROUP + 1; cut <= GROUP + 10; cut++) {
      begin("end" + cut);
      send(cut);
      rig.end(GapCause.OPERATOR);

      List<Long> times = shown(files().get(0));
      assertWithoutHole(times, "cut after " + cut);
      assertThat(times).as("cut after " + cut).hasSizeBetween(cut - 3, cut);
      assertThat(rig.verified().runs().get(0).end())
          .isEqualTo(Fixtures.START.plusMillis(40L * times.size()));
      assertExported(times.size());
    }
  }

  private void assertExported(int count) throws IOException {
    Path exported = root.resolve("export.mp4");
    try (AssetReader reader = AssetReader.open(rig.store, RecorderRig.ASSET);
        FileChannel file =
            FileChannel.open(
                exported,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      AssetExport export = AssetExporter.export(reader, Instant.MIN, Instant.MAX);
      export.writeTo(file, (written, total) -> {});
    }
    List<Long> times = shown(exported);
    assertThat(times).hasSize(count);
    assertWithoutHole(times, "export");
  }

  @Test
  void gapOpened_atAnyPicture_isBridgedFromThePictureBeforeTheHole() throws IOException {
    for (int cut = GROUP + 1; cut <= GROUP + 10; cut++) {
      begin("lost" + cut);
      send(cut);
      Gap gap = lose();
      rig.input().gapClosed(gap.closedAt(Utc.instant(utc(sent))));
      send(GROUP);
      rig.end(GapCause.OPERATOR);

      List<Long> times = shown(files().get(0));
      List<Integer> holes = new ArrayList<>();
      for (int i = 1; i < times.size(); i++) {
        if (times.get(i) - times.get(i - 1) != PICTURE) {
          holes.add(i);
        }
      }
      assertThat(holes).as("cut after " + cut).hasSize(1);
      assertThat(holes.get(0)).isBetween(cut - 3, cut);
      assertThat(times).hasSize(holes.get(0) + GROUP);
      GapReport bridged = rig.verified().gaps().get(0);
      assertThat(bridged.start()).isEqualTo(Fixtures.START.plusMillis(40L * holes.get(0)));
      assertThat(bridged.end()).contains(Fixtures.START.plusSeconds(2));
    }
  }

  @Test
  void gapOpened_forLong_nextRunBeginsBehindAWholeOne() throws IOException {
    begin("away");
    send(GROUP + 3);
    Gap gap = lose();
    origin += 1000;
    rig.input().gapClosed(gap.closedAt(Utc.instant(utc(sent))));
    send(GROUP);
    rig.end(GapCause.OPERATOR);

    assertThat(files()).hasSize(2);
    assertThat(shown(files().get(0))).hasSize(GROUP + 1);
    assertThat(shown(files().get(1))).hasSize(GROUP);
    rig.verified();
  }
}
