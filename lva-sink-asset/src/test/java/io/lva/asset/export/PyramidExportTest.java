package io.lva.asset.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.archive.ScriptedRecorder;
import io.lva.asset.archive.ShownPictures;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.fmp4.ByteSource;
import io.lva.fmp4.Mp4Reader;
import io.lva.fmp4.Mp4Track;
import io.lva.media.TrackSet;
import io.lva.media.codec.H264Parameters;
import io.lva.spi.Clock;
import io.lva.testkit.Judges;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports of pictures that refer to later ones, cut anywhere; ffmpeg tells what is shown. */
class PyramidExportTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final int PICTURE = 3600;
  private static final long MILLIS = 40;
  private static final int COUNT = 60;
  private static final int GROUP = 20;
  private static final String ASSET = "door";

  @TempDir private static Path folder;
  private static Mp4Track clip;
  private static List<byte[]> media;
  private static List<String> pictures;

  private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), new MemoryFiles());

  @BeforeAll
  static void encode() throws Exception {
    Judges.require("ffmpeg");
    Path file = folder.resolve("clip.mp4");
    String options = "keyint=" + GROUP + ":scenecut=0:b-adapt=0:b-pyramid=normal:threads=1";
    String[] encode = {
      "ffmpeg",
      "-v",
      "error",
      "-f",
      "lavfi",
      "-i",
      "testsrc2=size=96x64:rate=25",
      "-frames:v",
      "" + COUNT,
      "-c:v",
      "libx264",
      "-bf",
      "3",
      "-x264-params",
      options,
      "-video_track_timescale",
      "90000",
      "-bsf:v",
      "filter_units=remove_types=6",
      file.toString()
    };
    Judges.accept(encode);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    clip = Mp4Reader.read(ByteSource.of(bytes)).get(0);
    media = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      byte[] sample = new byte[clip.samples().size(i)];
      bytes.get((int) clip.samples().offset(i), sample);
      media.add(sample);
    }
    pictures = ShownPictures.of(file);
    assertThat(pictures).hasSize(COUNT).doesNotHaveDuplicates();
  }

  /** Records the pictures, decoded so many pictures later than would do. */
  private void record(int late) throws Exception {
    H264Parameters parameters = (H264Parameters) clip.track().parameters();
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(
            AssetFolder.open(store, ASSET, Clock.system()),
            START,
            TrackSet.of(ScriptedRecorder.videoTrack(parameters)))) {
      for (int i = 0; i < COUNT; i++) {
        int offset = clip.samples().compositionOffset(i) - late * PICTURE;
        recorder.picture(clip.samples().isSync(i), PICTURE, offset, media.get(i));
      }
      recorder.stop();
    }
  }

  /** Exports the pictures from one number to another, and returns what ffmpeg shows. */
  private List<ShownPictures.Picture> export(int late, int from, int to) throws Exception {
    Instant first = START.plusMillis(MILLIS * (firstShown() - late));
    Path file = folder.resolve("export.mp4");
    try (AssetReader reader = AssetReader.open(store, ASSET);
        AssetExport export =
            AssetExporter.export(
                reader, first.plusMillis(MILLIS * from), first.plusMillis(MILLIS * to));
        OutputStream out = Files.newOutputStream(file)) {
      export.writeTo(Channels.newChannel(out), (written, total) -> {});
      assertThat(export.ranges()).hasSize(1);
      assertThat(Duration.between(export.ranges().get(0).start(), export.ranges().get(0).end()))
          .isEqualTo(Duration.ofMillis(MILLIS * (to - from)));
    }
    return ShownPictures.withTimes(file);
  }

  /** How many pictures the first one waits between decoding and presentation. */
  private static int firstShown() {
    return clip.samples().compositionOffset(0) / PICTURE;
  }

  private void assertExact(int late, int from, int to) throws Exception {
    List<ShownPictures.Picture> shown = export(late, from, to);
    List<ShownPictures.Picture> expected = new ArrayList<>();
    for (int i = from; i < to; i++) {
      expected.add(new ShownPictures.Picture(pictures.get(i), MILLIS * (i - from)));
    }
    assertThat(shown).as("%d to %d, %d late", from, to, late).isEqualTo(expected);
  }

  /** Late by two, the picture in the middle of a pyramid is decoded after its time. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void export_beginsAtAnyPicture_showsItFirstAndAtOnce(int late) throws Exception {
    record(late);
    for (int from : new int[] {0, 1, 2, 3, 19, 20, 22}) {
      assertExact(late, from, COUNT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void export_endsAtAnyPicture_showsItLast(int late) throws Exception {
    record(late);
    for (int to = 26; to <= 34; to++) {
      assertExact(late, 5, to);
    }
  }

  @Test
  void export_endsBehindAKeyFrame_showsNothingOfTheNextGroup() throws Exception {
    record(2);
    for (int to = GROUP - 1; to <= GROUP + 1; to++) {
      assertExact(2, 1, to);
    }
  }
}
