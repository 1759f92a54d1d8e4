package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.media.MediaType;
import io.lva.media.ParameterSetPlace;
import io.lva.media.TrackSet;
import io.lva.media.codec.H264Parameters;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Mp4ReaderTest {
  @Test
  void read_ownFragmentedFile_givesTheSamples() throws Exception {
    byte[] bytes = Fixtures.file();

    List<Mp4Track> tracks = Mp4Reader.read(Fixtures.source(bytes));

    SampleTable video = tracks.get(0).samples();
    assertThat(tracks).hasSize(2);
    assertThat(video.count()).isEqualTo(6);
    assertThat(video.decodeTime(5)).isEqualTo(18_000);
    assertThat(video.offset(5) + video.size(5)).isEqualTo(bytes.length);
    assertThat(video.isSync(3)).isTrue();
    assertThat(video.isSync(4)).isFalse();
    assertThat(tracks.get(1).samples().count()).isEqualTo(4);
    assertThat(tracks.get(0).nalLengthBytes()).isEqualTo(4);
  }

  @Test
  void read_tornFragmentedFile_givesWhatIsWhole() throws Exception {
    byte[] bytes = Fixtures.file();

    List<Mp4Track> tracks = Mp4Reader.read(Fixtures.source(Arrays.copyOf(bytes, bytes.length - 1)));

    assertThat(tracks.get(0).samples().count()).isEqualTo(5);
  }

  @Test
  void read_cutOffAfterAGap_endsWithItsLastSample() throws Exception {
    byte[] bytes =
        Fixtures.join(
            Fixtures.head(),
            Fixtures.part(1, 1, 0, Fixtures.samples(1)),
            Fixtures.part(2, 1, 90_000, Fixtures.samples(1)));
    SampleTable whole = Mp4Reader.read(Fixtures.source(bytes)).get(0).samples();
    assertThat(whole.endTime()).isEqualTo(93_600);

    byte[] torn = Arrays.copyOf(bytes, bytes.length - 1);
    SampleTable rest = Mp4Reader.read(Fixtures.source(torn)).get(0).samples();
    assertThat(rest.count()).isEqualTo(1);
    assertThat(rest.endTime()).isEqualTo(3600);
  }

  @Test
  void read_noMovie_saysSo() {
    byte[] part = Fixtures.part(1, 1, 0, Fixtures.samples(1));

    assertThatThrownBy(() -> Mp4Reader.read(Fixtures.source(part)))
        .isInstanceOf(Mp4Exception.class)
        .hasMessageContaining("moov");
    assertThatThrownBy(() -> Mp4Reader.read(Fixtures.source(new byte[0])))
        .isInstanceOf(Mp4Exception.class);
  }

  @Test
  void read_inBandParameterSetsOnly_findsThemInTheFirstSample() throws Exception {
    TrackSet tracks = TrackSet.of(Fixtures.video());
    InitSegment init = InitSegment.of(tracks, Fixtures.CREATED, ParameterSetPlace.IN_BAND);
    byte[] head = withoutParameterSets(init.bytes());
    byte[] sample =
        AnnexB.sample(List.of(Fixtures.HIGH_SPS, Fixtures.HIGH_PPS, Bytes.ofHex("6588")));
    PartSamples samples = new PartSamples();
    samples.add(3600, sample.length, SampleFlags.SYNC, 0);
    byte[] part = Fixtures.part(1, 1, 0, samples);
    System.arraycopy(sample, 0, part, part.length - sample.length, sample.length);

    assertThat(InitSegment.parse(ByteBuffer.wrap(head)).track(1).orElseThrow().parameters())
        .isInstanceOf(OpaqueCodec.class);
    Mp4Track track = Mp4Reader.read(Fixtures.source(Fixtures.join(head, part))).get(0);
    assertThat(track.track()).isEqualTo(Fixtures.video());
  }

  /** Writes the numbers of parameter sets in avcC to zero; what follows is then ignored. */
  private static byte[] withoutParameterSets(Bytes head) {
    byte[] bytes = head.toByteArray();
    int avcC = head.toString().indexOf("61766343") / 2;
    bytes[avcC + 9] = (byte) 0xe0;
    bytes[avcC + 10] = 0;
    return bytes;
  }

  @Test
  void read_presentationOfAnotherPackager_givesEverySample() throws Exception {
    byte[] video = presentation("video");
    byte[] audio = presentation("audio");

    Mp4Track videoTrack = Mp4Reader.read(Fixtures.source(video)).get(0);
    Mp4Track audioTrack = Mp4Reader.read(Fixtures.source(audio)).get(0);

    // manifest.mpd: 640x360 avc1.4d401e, 12 segments, 46 080 ticks of 15 360 per second.
    assertThat(videoTrack.track().parameters())
        .isInstanceOfSatisfying(
            H264Parameters.class,
            h264 -> {
              assertThat(h264.codec()).isEqualToIgnoringCase("avc1.4d401e");
              assertThat(h264.width()).isEqualTo(640);
            });
    assertThat(videoTrack.samples().endTime()).isEqualTo(46_080);
    assertThat(videoTrack.samples().count()).isEqualTo(90);
    assertThat(videoTrack.startTicks()).isEqualTo(1024);
    assertThat(audioTrack.track().mediaType()).isEqualTo(MediaType.AUDIO);
    assertThat(audioTrack.track().parameters().codec()).isEqualTo("mp4a.40.2");
    assertThat(audioTrack.samples().count()).isGreaterThan(100);
  }

  @Test
  void fragmentedReader_presentationOfAnotherPackager_agrees() throws Exception {
    byte[] video = presentation("video");
    SampleTable expected = Mp4Reader.read(Fixtures.source(video)).get(0).samples();
    FragmentedReader reader = new FragmentedReader(Fixtures.source(video));
    int index = 0;
    Optional<FileItem> item = reader.next();
    while (item.isPresent()) {
      if (item.get() instanceof FileItem.Part part) {
        PartSamples samples = reader.samples(part);
        assertThat(part.mediaOffset()).isEqualTo(expected.offset(index));
        assertThat(part.baseMediaDecodeTime()).isEqualTo(expected.decodeTime(index));
        assertThat(part.startsWithSync()).isEqualTo(expected.isSync(index));
        index += samples.count();
      }
      item = reader.next();
    }

    assertThat(index).isEqualTo(expected.count());
    assertThat(reader.position()).isEqualTo(video.length);
  }

  private static byte[] presentation(String kind) throws IOException {
    Path folder = SharedData.path("testdata/cmaf/multi-segment");
    byte[] bytes = Files.readAllBytes(folder.resolve(kind + "_init.mp4"));
    for (int i = 1; i <= 12; i++) {
      bytes = Fixtures.join(bytes, Files.readAllBytes(folder.resolve(kind + "_" + i + ".m4s")));
    }
    return bytes;
  }
}
