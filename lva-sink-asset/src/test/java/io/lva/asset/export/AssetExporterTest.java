package io.lva.asset.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.AssetReader;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.H264Frames;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.archive.ScriptedRecorder;
import io.lva.asset.archive.ShownPictures;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.index.TimeRange;
import io.lva.fmp4.ByteSource;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.Mp4Reader;
import io.lva.fmp4.Mp4Track;
import io.lva.media.Bytes;
import io.lva.media.GapCause;
import io.lva.media.TrackSet;
import io.lva.media.codec.H264Parameters;
import io.lva.spi.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetExporterTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final int PICTURE = 3600;
  private static final String ASSET = "door";

  @TempDir private Path folder;

  private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), new MemoryFiles());

  private AssetFolder open() throws IOException {
    return AssetFolder.open(store, ASSET, Clock.system());
  }

  private byte[] export(Duration from, Duration to) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (AssetReader reader = AssetReader.open(store, ASSET);
        AssetExport export = AssetExporter.export(reader, START.plus(from), START.plus(to))) {
      List<Long> progress = new ArrayList<>();
      export.writeTo(Channels.newChannel(file), (written, total) -> progress.add(written));
      assertThat(progress).last().isEqualTo(export.size());
      assertThat(file.size()).isEqualTo(export.size());
      checkRandomAccess(export, file.toByteArray());
    }
    return file.toByteArray();
  }

  private static void checkRandomAccess(AssetExport export, byte[] file) throws IOException {
    for (int at = 0; at < file.length; at += 997) {
      ByteBuffer one = ByteBuffer.allocate(1);
      assertThat(export.read(at, one)).isEqualTo(1);
      assertThat(one.get(0)).isEqualTo(file[at]);
    }
    assertThat(export.read(file.length, ByteBuffer.allocate(1))).isEqualTo(-1);
  }

  private static List<Mp4Track> parse(byte[] file) throws IOException {
    try {
      return Mp4Reader.read(ByteSource.of(ByteBuffer.wrap(file)));
    } catch (Mp4Exception e) {
      throw new IOException(e);
    }
  }

  /** Real pictures in files of 45, 60 and 15, with a hole of 10 s behind the second. */
  private void record(H264Frames frames) throws IOException {
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(
            open(), START, TrackSet.of(ScriptedRecorder.videoTrack(frames.parameters())))) {
      for (int i = 0; i < frames.count(); i++) {
        if (i == 45) {
          recorder.closeSegment();
        } else if (i == 90) {
          recorder.hole(recorder.now().plusSeconds(10), GapCause.CAMERA_UNREACHABLE);
        }
        recorder.picture(frames.sync(i), PICTURE, frames.sample(i));
      }
      recorder.stop();
    }
  }

  private List<String> shown(Duration from, Duration to) throws Exception {
    Path file = folder.resolve("export.mp4");
    Files.write(file, export(from, to));
    return ShownPictures.of(file);
  }

  @Test
  void export_anyRange_showsExactlyThePicturesOfIt() throws Exception {
    H264Frames frames = H264Frames.read();
    record(frames);
    Path original = folder.resolve("original.h264");
    Files.write(original, frames.annexB());
    List<String> all = ShownPictures.of(original);
    assertThat(all).hasSize(120);

    assertThat(shown(Duration.ZERO, Duration.ofSeconds(60))).isEqualTo(all);
    assertThat(shown(Duration.ofMillis(400), Duration.ofMillis(800)))
        .isEqualTo(all.subList(10, 20));
    assertThat(shown(Duration.ofMillis(1600), Duration.ofMillis(2400)))
        .isEqualTo(all.subList(40, 60));
    assertThat(shown(Duration.ofMillis(3200), Duration.ofSeconds(14)))
        .isEqualTo(all.subList(80, 100));
    assertThat(shown(Duration.ofSeconds(5), Duration.ofSeconds(14)))
        .isEqualTo(all.subList(90, 100));
  }

  /** I0 P4 B2 b1 b3, P8 B6 b5 b7 …: decode order, the pictures of a pyramid shown in between. */
  private void recordPyramids(int count) throws IOException {
    int[] delays = {5, 2, 0, 1};
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START, false)) {
      recorder.picture(true, PICTURE, 2 * PICTURE, new byte[] {1});
      for (int i = 0; i < 4 * count; i++) {
        recorder.picture(false, PICTURE, delays[i % 4] * PICTURE, new byte[] {2});
      }
      recorder.stop();
    }
  }

  @Test
  void export_cutAnywhereInAPyramid_endsWithoutAHoleBeforeItsLastPicture() throws IOException {
    recordPyramids(50);
    for (int pictures = 60; pictures <= 80; pictures++) {
      Duration end = Duration.ofMillis(40L * (pictures + 2));
      Mp4Track track = parse(export(Duration.ZERO, end)).get(0);
      List<Long> shown = new ArrayList<>();
      for (int i = 0; i < track.samples().count(); i++) {
        long time = track.samples().decodeTime(i) + track.samples().compositionOffset(i);
        shown.add(time / PICTURE);
      }
      shown.sort(null);
      assertThat(shown).as("%s pictures", pictures).hasSizeBetween(pictures, pictures + 3);
      for (int i = 1; i < shown.size(); i++) {
        assertThat(shown.get(i)).as("%s pictures", pictures).isEqualTo(shown.get(i - 1) + 1);
      }
    }
  }

  @Test
  void export_withAudioOverAHole_keepsTracksTogether() throws Exception {
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START, true)) {
      recorder.segment(8);
      recorder.hole(START.plusSeconds(10).plusNanos(123_456_789), GapCause.NO_MEDIA);
      recorder.segment(8);
      recorder.stop();
    }
    try (AssetReader reader = AssetReader.open(store, ASSET);
        AssetExport export =
            AssetExporter.export(reader, START.plusSeconds(1), START.plusSeconds(12))) {
      assertThat(export.ranges()).hasSize(2);
      assertThat(export.ranges().get(0))
          .isEqualTo(new TimeRange(START.plusSeconds(1), START.plusSeconds(4)));
    }
    List<Mp4Track> tracks = parse(export(Duration.ofSeconds(1), Duration.ofSeconds(12)));
    assertThat(tracks).hasSize(2);
    assertThat(tracks.get(0).samples().count()).isEqualTo(12);
    assertThat(tracks.get(1).samples().count()).isEqualTo(12);
    long video = tracks.get(0).samples().endTime();
    long audio = tracks.get(1).samples().endTime();
    assertThat(video).isEqualTo(12 * 45_000L);
    assertThat(audio).isBetween(12 * 4_000L - 2, 12 * 4_000L + 2);
  }

  @Test
  void export_telephonyAsFlac_isLaidOutBeforeItIsConverted() throws Exception {
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START, true)) {
      recorder.segment(8);
      recorder.stop();
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (AssetReader reader = AssetReader.open(store, ASSET);
        AssetExport export =
            AssetExporter.export(reader, START, START.plusSeconds(4), ExportSound.FLAC)) {
      export.writeTo(Channels.newChannel(file), (written, total) -> {});
      assertThat(file.size()).isEqualTo(export.size());
      checkRandomAccess(export, file.toByteArray());
    }
    List<Mp4Track> asSent = parse(export(Duration.ZERO, Duration.ofSeconds(4)));
    List<Mp4Track> flac = parse(file.toByteArray());
    assertThat(asSent.get(1).track().parameters().codec()).isEqualTo("alaw");
    assertThat(flac.get(1).track().parameters().codec()).startsWith("fLaC");
    assertThat(flac.get(1).samples().count()).isEqualTo(asSent.get(1).samples().count());
    assertThat(flac.get(1).samples().endTime()).isEqualTo(asSent.get(1).samples().endTime());
    assertThat(flac.get(0).samples().endTime()).isEqualTo(asSent.get(0).samples().endTime());
  }

  @Test
  void export_formatChange_saysWhere() throws IOException {
    Bytes baseline = Bytes.ofHex("6742c00dda0507e840000003004000000ca3c50aa8");
    H264Parameters other = H264Parameters.of(List.of(baseline), List.of(Bytes.ofHex("68ce3c80")));
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START, false)) {
      recorder.segment(8);
      recorder.stop();
    }
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(
            open(), START.plusSeconds(8), TrackSet.of(ScriptedRecorder.videoTrack(other)))) {
      recorder.segment(8);
      recorder.stop();
    }
    assertThatThrownBy(() -> export(Duration.ZERO, Duration.ofSeconds(20)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("the format changes at 2026-11-22T10:00:08Z");
    assertThat(export(Duration.ofSeconds(8), Duration.ofSeconds(20))).isNotEmpty();
  }

  @Test
  void export_runsThatOverlap_showsTheLaterFromItsBeginning() throws IOException {
    for (Duration begin : List.of(Duration.ZERO, Duration.ofMillis(2500))) {
      try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START.plus(begin), false)) {
        recorder.segment(8);
        recorder.stop();
      }
    }
    try (AssetReader reader = AssetReader.open(store, ASSET);
        AssetExport export = AssetExporter.export(reader, Instant.MIN, Instant.MAX)) {
      assertThat(export.ranges())
          .containsExactly(
              new TimeRange(START, START.plusMillis(2500)),
              new TimeRange(START.plusMillis(2500), START.plusMillis(6500)));
    }
    List<Mp4Track> tracks = parse(export(Duration.ZERO, Duration.ofSeconds(60)));
    assertThat(tracks.get(0).samples().endTime()).isEqualTo((5 + 8) * 45_000L);
  }

  @Test
  void export_nothingRecorded_saysSo() throws IOException {
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START, false)) {
      recorder.segment(8);
    }
    assertThatThrownBy(() -> export(Duration.ofSeconds(4), Duration.ofSeconds(9)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("nothing was recorded");
    assertThatThrownBy(() -> export(Duration.ofSeconds(4), Duration.ofSeconds(4)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("empty");
  }
}
