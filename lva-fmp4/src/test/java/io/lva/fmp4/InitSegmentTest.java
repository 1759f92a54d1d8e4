package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.media.ParameterSetPlace;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.codec.H264Parameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitSegmentTest {
  private static final Bytes BASELINE_SPS =
      Bytes.ofHex("6742c00dda0507e840000003004000000ca3c50aa8");
  private static final Bytes BASELINE_PPS = Bytes.ofHex("68ce3c80");

  @Test
  void of_highProfileAndAudio_equalsGolden() throws IOException {
    InitSegment init = InitSegment.of(Fixtures.videoAndAudio(), Fixtures.CREATED);

    Golden.check("init", BoxDump.of(init.bytes().asByteBuffer()));
  }

  @Test
  void of_baselineProfile_hasNoChromaFields() throws IOException {
    H264Parameters parameters = H264Parameters.of(List.of(BASELINE_SPS), List.of(BASELINE_PPS));
    TrackSet tracks = TrackSet.of(new Track(1, 90_000, parameters));

    InitSegment init = InitSegment.of(tracks, Fixtures.CREATED, ParameterSetPlace.IN_BAND);

    Golden.check("init-baseline-in-band", BoxDump.of(init.bytes().asByteBuffer()));
  }

  @Test
  void parse_whatWasWritten_givesEqualTracks() throws Mp4Exception {
    InitSegment written = InitSegment.of(Fixtures.videoAndAudio(), Fixtures.CREATED);

    InitSegment read = InitSegment.parse(written.bytes().asByteBuffer());

    assertThat(read.tracks()).isEqualTo(Fixtures.videoAndAudio());
    assertThat(read.creationTime()).contains(Fixtures.CREATED);
    assertThat(read.bytes()).isEqualTo(written.bytes());
    assertThat(read.track(1).orElseThrow().parameters())
        .isInstanceOfSatisfying(
            H264Parameters.class,
            h264 -> {
              assertThat(h264.codec()).isEqualTo("avc1.640028");
              assertThat(h264.width()).isEqualTo(1920);
              assertThat(h264.height()).isEqualTo(1080);
            });
  }

  @Test
  void forTrack_otherCreationTime_hasTheSameIdentity() throws Mp4Exception {
    InitSegment first = InitSegment.of(Fixtures.videoAndAudio(), Fixtures.CREATED);
    InitSegment later =
        InitSegment.of(TrackSet.of(Fixtures.video()), Fixtures.CREATED.plusSeconds(30));
    InitSegment read = InitSegment.parse(later.bytes().asByteBuffer());

    assertThat(first.id()).isNotEqualTo(later.id());
    assertThat(later.forTrack(1).id()).isEqualTo(first.forTrack(1).id()).hasSize(8);
    assertThat(read.forTrack(1).bytes()).isEqualTo(first.forTrack(1).bytes());
    assertThat(first.forTrack(1).creationTime()).isEmpty();
    assertThat(first.forTrack(2).id()).isNotEqualTo(first.forTrack(1).id());
  }

  @Test
  void forTrack_inBandParameterSets_staysInBand() throws Mp4Exception {
    TrackSet tracks = TrackSet.of(Fixtures.video());
    InitSegment inBand = InitSegment.of(tracks, Fixtures.CREATED, ParameterSetPlace.IN_BAND);

    InitSegment read = InitSegment.parse(inBand.bytes().asByteBuffer());

    assertThat(read.forTrack(1).bytes()).isEqualTo(inBand.forTrack(1).bytes());
    assertThat(read.forTrack(1).id())
        .isNotEqualTo(InitSegment.of(tracks, Fixtures.CREATED).forTrack(1).id());
  }

  @Test
  void forTrack_unknownNumber_isRefused() {
    InitSegment init = InitSegment.of(Fixtures.videoAndAudio(), Fixtures.CREATED);

    assertThatThrownBy(() -> init.forTrack(3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_cutAnywhere_isReported() {
    byte[] head = Fixtures.head();
    for (int length = 0; length < head.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(head, 0, length);
      assertThatThrownBy(() -> InitSegment.parse(cut)).isInstanceOf(Mp4Exception.class);
    }
  }
}
