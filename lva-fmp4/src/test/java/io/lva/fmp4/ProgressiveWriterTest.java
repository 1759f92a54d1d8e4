package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.media.TrackSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressiveWriterTest {
  @Test
  void header_videoAndAudioTrimmed_equalsGolden() throws IOException {
    Golden.check("progressive", BoxDump.of(twoTracks().header().asByteBuffer()));
  }

  @Test
  void header_readBack_givesTheSamples() throws Exception {
    ProgressiveWriter writer = twoTracks();
    Bytes header = writer.header();

    List<Mp4Track> tracks = Mp4Reader.read(new SparseSource(header, writer.mediaBytes()));

    SampleTable video = tracks.get(0).samples();
    SampleTable audio = tracks.get(1).samples();
    assertThat(Mp4Reader.trackSet(tracks)).isEqualTo(Fixtures.videoAndAudio());
    // Offsets are moved by 3600 to be positive, and the edit moves them back.
    assertThat(tracks.get(0).startTicks()).isEqualTo(5000 + 3600);
    assertThat(tracks.get(1).startTicks()).isZero();
    assertThat(video.count()).isEqualTo(3);
    assertThat(video.offset(0)).isEqualTo(header.size());
    assertThat(video.offset(1)).isEqualTo(header.size() + 1000);
    assertThat(audio.offset(0)).isEqualTo(header.size() + 1100);
    assertThat(video.offset(2)).isEqualTo(header.size() + 1260);
    assertThat(video.decodeTime(2)).isEqualTo(7200);
    assertThat(video.endTime()).isEqualTo(10_799);
    assertThat(video.compositionOffset(0)).isEqualTo(3600);
    assertThat(video.compositionOffset(1)).isEqualTo(7200 + 3600);
    assertThat(video.compositionOffset(2)).isZero();
    assertThat(video.isSync(0)).isTrue();
    assertThat(video.isSync(1)).isFalse();
    assertThat(audio.isSync(1)).isTrue();
  }

  private static ProgressiveWriter twoTracks() {
    ProgressiveWriter writer = new ProgressiveWriter(Fixtures.videoAndAudio(), Fixtures.CREATED);
    writer.add(1, 1000, 3600, 0, true);
    writer.add(1, 100, 3600, 7200, false);
    writer.add(2, 80, 320, 0, true);
    writer.add(2, 80, 320, 0, true);
    writer.add(1, 120, 3599, -3600, false);
    writer.trim(1, 5000, 4000);
    return writer;
  }

  @Test
  void header_moreThanFourGigabytes_usesWideOffsets() throws Exception {
    ProgressiveWriter writer =
        new ProgressiveWriter(TrackSet.of(Fixtures.video()), Fixtures.CREATED);
    for (int i = 0; i < 5000; i++) {
      writer.add(1, 1_000_000, 3600, 0, i % 50 == 0);
    }

    Bytes header = writer.header();

    SampleTable samples =
        Mp4Reader.read(new SparseSource(header, writer.mediaBytes())).get(0).samples();
    assertThat(writer.mediaBytes()).isEqualTo(5_000_000_000L);
    assertThat(samples.count()).isEqualTo(5000);
    assertThat(samples.offset(4999)).isEqualTo(header.size() + 4_999_000_000L);
    assertThat(samples.isSync(4950)).isTrue();
    assertThat(samples.isSync(4951)).isFalse();
  }

  @Test
  void header_justBelowFourGigabytes_isExactAtTheBorder() throws Exception {
    for (int last = 294_966_000; last < 294_967_500; last += 100) {
      ProgressiveWriter writer =
          new ProgressiveWriter(TrackSet.of(Fixtures.video()), Fixtures.CREATED);
      writer.add(1, 2_000_000_000, 1, 0, true);
      writer.add(1, 2_000_000_000, 1, 0, true);
      writer.add(1, last, 1, 0, true);
      Bytes header = writer.header();

      SparseSource file = new SparseSource(header, writer.mediaBytes());
      SampleTable samples = Mp4Reader.read(file).get(0).samples();

      assertThat(samples.offset(2) + last).isEqualTo(file.size());
    }
  }

  @Test
  void add_impossibleArguments_areRefused() {
    ProgressiveWriter writer =
        new ProgressiveWriter(TrackSet.of(Fixtures.video()), Fixtures.CREATED);

    assertThatThrownBy(() -> writer.add(2, 1, 1, 0, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.add(1, -1, 1, 0, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.trim(1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.trim(1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** A header and any number of zeros after it. */
  private record SparseSource(Bytes header, long mediaBytes) implements ByteSource {
    @Override
    public long size() {
      return header.size() + mediaBytes;
    }

    @Override
    public int read(long position, ByteBuffer target) {
      int count = (int) Math.min(target.remaining(), size() - position);
      for (int i = 0; i < count; i++) {
        long at = position + i;
        target.put(at < header.size() ? (byte) header.get((int) at) : 0);
      }
      return count <= 0 ? -1 : count;
    }
  }
}
