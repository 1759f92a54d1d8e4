package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaFanOutTest {
  private final Recorder first = new Recorder();
  private final Recorder second = new Recorder();

  private static final class Recorder implements SampleConsumer {
    final List<String> calls = new ArrayList<>();
    boolean full;

    @Override
    public void tracks(TrackSet tracks) {
      calls.add("tracks " + tracks.tracks().size());
    }

    @Override
    public void utcSource(UtcSource source, long errorNanos) {
      calls.add("utc " + source.text());
    }

    @Override
    public void sample(Sample sample) {
      calls.add("sample " + sample.track().mediaType().text());
    }

    @Override
    public void gapOpened(Gap gap) {
      calls.add("opened " + gap.id());
    }

    @Override
    public void gapClosed(Gap gap) {
      calls.add("closed " + gap.id());
    }

    @Override
    public void end(GapCause cause) {
      calls.add("end " + cause.text());
    }

    @Override
    public boolean hasRoom() {
      return !full;
    }
  }

  private static void play(SampleConsumer consumer) {
    Gap gap = Gap.open("g", Instant.EPOCH, GapOrigin.SOURCE, GapCause.PACKET_LOSS);
    consumer.tracks(Media.tracks());
    consumer.utcSource(UtcSource.ARRIVAL, 1);
    consumer.sample(Media.video());
    consumer.gapOpened(gap);
    consumer.gapClosed(gap.closedAt(Instant.EPOCH));
    consumer.sample(Media.audio());
    consumer.end(GapCause.OPERATOR);
  }

  @Test
  void of_oneConsumer_isThatConsumer() {
    assertThat(MediaFanOut.of(List.of(first))).isSameAs(first);
  }

  @Test
  void play_twoConsumers_bothGetEverything() {
    play(MediaFanOut.of(List.of(first, second)));
    assertThat(first.calls)
        .containsExactly(
            "tracks 2",
            "utc arrival",
            "sample video",
            "opened g",
            "closed g",
            "sample audio",
            "end operator");
    assertThat(second.calls).isEqualTo(first.calls);
  }

  @Test
  void play_videoSelected_gapsAndEndPass() {
    play(new SelectedTracks(track -> track.mediaType() == MediaType.VIDEO, first));
    assertThat(first.calls)
        .containsExactly(
            "tracks 1", "utc arrival", "sample video", "opened g", "closed g", "end operator");
  }

  @Test
  void hasRoom_oneOfTwoFull_false() {
    SampleConsumer both = MediaFanOut.of(List.of(first, new SelectedTracks(track -> true, second)));
    assertThat(both.hasRoom()).isTrue();
    second.full = true;
    assertThat(both.hasRoom()).isFalse();
  }

  @Test
  void play_nobody_nothingHappens() {
    play(MediaFanOut.NOBODY);
    assertThat(MediaFanOut.NOBODY.hasRoom()).isTrue();
  }
}
