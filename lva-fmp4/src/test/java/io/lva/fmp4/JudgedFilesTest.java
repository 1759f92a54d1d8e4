package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Bytes;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.codec.H264Parameters;
import io.lva.testkit.Judges;
import io.lva.testkit.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is written here is decoded by ffmpeg, and comes out as it went in. */
@Timeout(120)
class JudgedFilesTest {
  private static final int SAMPLES_A_PART = 13;

  @TempDir private Path folder;

  @Test
  void fragmented_elementaryStream_decodesWithoutAWord() throws Exception {
    Judges.require("ffmpeg");
    List<Path> frames = SharedData.files("testdata/frames/h264");
    Path file = folder.resolve("elementary.mp4");
    Files.write(file, muxElementary(frames));

    assertThat(BoxChecker.checkWithMedia(Fixtures.source(Files.readAllBytes(file)))).isEmpty();
    Programs.decode(file);
    List<String> count =
        Programs.run(
            "ffprobe",
            "-v",
            "error",
            "-count_frames",
            "-show_entries",
            "stream=nb_read_frames",
            "-of",
            "csv=p=0",
            file.toString());
    assertThat(count.get(0)).startsWith(Integer.toString(frames.size()));
    List<long[]> packets = Programs.packets(file, "dts,duration");
    for (int i = 0; i < packets.size(); i++) {
      assertThat(packets.get(i)).containsExactly(i * 3600L, 3600);
    }
    assertThat(packets).hasSize(frames.size());
  }

  /** One frame per file in; 25 frames per second out. */
  private static byte[] muxElementary(List<Path> frames) throws IOException {
    List<Bytes> sps = new ArrayList<>();
    List<Bytes> pps = new ArrayList<>();
    PartSamples samples = new PartSamples();
    ByteArrayOutputStream media = new ByteArrayOutputStream();
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    int sequenceNumber = 0;
    for (int i = 0; i < frames.size(); i++) {
      List<Bytes> nalUnits = AnnexB.nalUnits(Files.readAllBytes(frames.get(i)));
      nalUnits.stream().filter(n -> AnnexB.type(n) == 7 && sps.isEmpty()).forEach(sps::add);
      nalUnits.stream().filter(n -> AnnexB.type(n) == 8 && pps.isEmpty()).forEach(pps::add);
      byte[] sample = AnnexB.sample(nalUnits);
      boolean sync = nalUnits.stream().anyMatch(n -> AnnexB.type(n) == 5);
      samples.add(3600, sample.length, SampleFlags.of(sync, false), 0);
      media.writeBytes(sample);
      if (samples.count() == SAMPLES_A_PART || i == frames.size() - 1) {
        long time = (long) sequenceNumber * SAMPLES_A_PART * 3600;
        parts.writeBytes(part(++sequenceNumber, 1, time, samples, media));
      }
    }
    TrackSet tracks = TrackSet.of(new Track(1, 90_000, H264Parameters.of(sps, pps)));
    byte[] head = InitSegment.of(tracks, Fixtures.CREATED).bytes().toByteArray();
    return Fixtures.join(head, Fixtures.uuid("{}"), Fixtures.referenceTime(), parts.toByteArray());
  }

  private static byte[] part(
      int sequenceNumber,
      int trackId,
      long time,
      PartSamples samples,
      ByteArrayOutputStream media) {
    ByteBuffer header = ByteBuffer.allocate(PartWriter.headerBytes(samples.count()));
    PartWriter.write(sequenceNumber, trackId, time, samples, header);
    byte[] part = Fixtures.join(header.array(), media.toByteArray());
    samples.clear();
    media.reset();
    return part;
  }

  @Test
  void fragmented_reorderedPicturesAndAudio_keepEveryPicture() throws Exception {
    Path clip = clip("clip.mp4");
    Path file = folder.resolve("fragmented.mp4");

    Files.write(file, fragment(clip, 0));

    assertThat(BoxChecker.checkWithMedia(Fixtures.source(Files.readAllBytes(file)))).isEmpty();
    Programs.decode(file);
    assertThat(Programs.pictureHashes(file)).isEqualTo(Programs.pictureHashes(clip)).hasSize(100);
    List<long[]> expected = Programs.packets(clip, "pts,dts");
    List<long[]> actual = Programs.packets(file, "pts,dts");
    long shift = actual.get(0)[1] - expected.get(0)[1];
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)[0]).isEqualTo(expected.get(i)[0] + shift);
      assertThat(actual.get(i)[1]).isEqualTo(expected.get(i)[1] + shift);
    }
  }

  @Test
  void fragmented_negativeCompositionOffsets_decodeInOrder() throws Exception {
    Path clip = clip("clip.mp4");
    Path file = folder.resolve("negative.mp4");

    Files.write(file, fragment(clip, -2 * 512));

    Programs.decode(file);
    assertThat(Programs.pictureHashes(file)).isEqualTo(Programs.pictureHashes(clip));
  }

  @Test
  void fragmented_byFfmpeg_readsAsTheProgressiveFile() throws Exception {
    Path clip = clip("clip.mp4");
    Path fragmented = folder.resolve("ffmpeg.mp4");
    Programs.run(
        "ffmpeg",
        "-v",
        "error",
        "-i",
        clip.toString(),
        "-c",
        "copy",
        "-movflags",
        "frag_keyframe+empty_moov",
        fragmented.toString());

    List<Mp4Track> expected = read(clip);
    List<Mp4Track> actual = read(fragmented);

    for (int i = 0; i < 2; i++) {
      SampleTable one = expected.get(i).samples();
      SampleTable other = actual.get(i).samples();
      assertThat(other.count()).isEqualTo(one.count());
      for (int sample = 0; sample < one.count(); sample++) {
        assertThat(other.size(sample)).isEqualTo(one.size(sample));
        assertThat(other.isSync(sample)).isEqualTo(one.isSync(sample));
        // ffmpeg stretches the first audio sample of a copied clip: times of video only.
        if (i == 0) {
          assertThat(presentation(other, sample)).isEqualTo(presentation(one, sample));
        }
      }
    }
  }

  private static long presentation(SampleTable samples, int index) {
    return samples.decodeTime(index)
        + samples.compositionOffset(index)
        - samples.compositionOffset(0);
  }

  @Test
  void progressive_trimmed_showsExactlyTheRange() throws Exception {
    checkTrimmed(0);
  }

  @Test
  void progressive_negativeCompositionOffsetsTrimmed_showsExactlyTheRange() throws Exception {
    checkTrimmed(-2 * 512);
  }

  private void checkTrimmed(int addedToOffsets) throws Exception {
    Path clip = clip("clip.mp4");
    List<Mp4Track> tracks = read(clip);
    Mp4Track video = tracks.get(0);
    SampleTable samples = video.samples();
    ProgressiveWriter writer = new ProgressiveWriter(TrackSet.of(video.track()), Fixtures.CREATED);
    byte[] source = Files.readAllBytes(clip);
    ByteArrayOutputStream media = new ByteArrayOutputStream();
    for (int i = 0; i < samples.count(); i++) {
      int offset = samples.compositionOffset(i) + addedToOffsets;
      writer.add(1, samples.size(i), 512, offset, samples.isSync(i));
      media.write(source, (int) samples.offset(i), samples.size(i));
    }
    // From picture 30 for 40 pictures; the first is presented at the offset of the first sample.
    long origin = (long) samples.compositionOffset(0) + addedToOffsets;
    writer.trim(1, origin + 30 * 512, 40 * 512);
    Path file = folder.resolve("export.mp4");
    Files.write(file, Fixtures.join(writer.header().toByteArray(), media.toByteArray()));

    Programs.decode(file);
    assertThat(Programs.pictureHashes(file))
        .isEqualTo(Programs.pictureHashes(clip).subList(30, 70));
    List<String> duration =
        Programs.run(
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "format=start_time,duration",
            "-of",
            "csv=p=0",
            file.toString());
    assertThat(duration.get(0)).isEqualTo("0.000000,1.600000");
  }

  /** Four seconds of 25 pictures with two B pictures between, 12 800 ticks per second, and AAC. */
  private Path clip(String name) throws IOException, InterruptedException {
    Judges.require("ffmpeg");
    Path clip = folder.resolve(name);
    Programs.run(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=320x180:rate=25",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:sample_rate=48000",
        "-t",
        "4",
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-bf",
        "2",
        "-g",
        "25",
        "-video_track_timescale",
        "12800",
        "-c:a",
        "aac",
        clip.toString());
    return clip;
  }

  private static List<Mp4Track> read(Path file) throws IOException, Mp4Exception {
    return Mp4Reader.read(Fixtures.source(Files.readAllBytes(file)));
  }

  /** Writes the samples of a file again, one part per second of each track. */
  private static byte[] fragment(Path clip, int addedToOffsets) throws Exception {
    List<Mp4Track> tracks = read(clip);
    byte[] source = Files.readAllBytes(clip);
    byte[] head =
        InitSegment.of(Mp4Reader.trackSet(tracks), Fixtures.CREATED).bytes().toByteArray();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head);
    int sequenceNumber = 0;
    for (int second = 0; second < 4; second++) {
      for (Mp4Track track : tracks) {
        file.writeBytes(secondOf(track, second, ++sequenceNumber, addedToOffsets, source));
      }
    }
    return file.toByteArray();
  }

  private static byte[] secondOf(
      Mp4Track track, int second, int sequenceNumber, int addedToOffsets, byte[] source) {
    SampleTable table = track.samples();
    int first = table.count() * second / 4;
    int end = table.count() * (second + 1) / 4;
    PartSamples samples = new PartSamples();
    ByteArrayOutputStream media = new ByteArrayOutputStream();
    for (int i = first; i < end; i++) {
      long next = i + 1 < table.count() ? table.decodeTime(i + 1) : table.endTime();
      boolean video = track.track().parameters() instanceof H264Parameters;
      samples.add(
          (int) (next - table.decodeTime(i)),
          table.size(i),
          SampleFlags.of(table.isSync(i), false),
          table.compositionOffset(i) + (video ? addedToOffsets : 0));
      media.write(source, (int) table.offset(i), table.size(i));
    }
    return part(sequenceNumber, track.track().id(), table.decodeTime(first), samples, media);
  }
}
