package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.EventConsumer;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.MediaEvent;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.spi.Inlet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WiredNodeTest {
  private static final List<String> EVERYTHING =
      List.of(
          "tracks 2",
          "utc arrival",
          "sample video",
          "opened g",
          "room",
          "closed g",
          "event",
          "sample audio",
          "end operator");

  private final List<Throwable> failures = new ArrayList<>();
  private final ManualLoop loop = new ManualLoop().entered();
  private final WiredNode source = node();
  private final Recorder first = new Recorder();
  private final Recorder second = new Recorder();

  private WiredNode node() {
    return new WiredNode(loop, failures::add);
  }

  /** Writes down its calls, and throws at those that begin with a word. */
  private static final class Recorder implements SampleConsumer, EventConsumer {
    final List<String> calls = new ArrayList<>();
    String brokenAt = "nothing";
    boolean full;

    private void call(String name) {
      calls.add(name);
      if (name.startsWith(brokenAt)) {
        throw new IllegalStateException("broken at " + name);
      }
    }

    @Override
    public void tracks(TrackSet tracks) {
      call("tracks " + tracks.tracks().size());
    }

    @Override
    public void utcSource(UtcSource source, long errorNanos) {
      call("utc " + source.text());
    }

    @Override
    public void sample(Sample sample) {
      call("sample " + sample.track().mediaType().text());
    }

    @Override
    public void gapOpened(Gap gap) {
      call("opened " + gap.id());
    }

    @Override
    public void gapClosed(Gap gap) {
      call("closed " + gap.id());
    }

    @Override
    public void end(GapCause cause) {
      call("end " + cause.text());
    }

    @Override
    public boolean hasRoom() {
      call("room");
      return !full;
    }

    @Override
    public void event(MediaEvent event) {
      call("event");
    }

    Inlet inlet() {
      return Inlet.both(this, this);
    }
  }

  private static void play(WiredNode output) {
    Gap gap = Gap.open("g", Instant.EPOCH, GapOrigin.SOURCE, GapCause.PACKET_LOSS);
    output.tracks(Media.tracks());
    output.utcSource(UtcSource.ARRIVAL, 1);
    output.sample(Media.video());
    output.gapOpened(gap);
    assertThat(output.hasRoom()).isTrue();
    output.gapClosed(gap.closedAt(Instant.EPOCH));
    output.event(new MediaEvent.Message(0, "", "", Map.of()));
    output.sample(Media.audio());
    output.end(GapCause.OPERATOR);
  }

  @Test
  void play_twoConnections_bothGetEverything() {
    source.connect(null, node(), first.inlet());
    source.connect(null, node(), second.inlet());
    play(source);
    assertThat(first.calls).isEqualTo(EVERYTHING);
    assertThat(second.calls).isEqualTo(EVERYTHING);
  }

  @Test
  void play_videoSelected_gapsAndEndPass() {
    source.connect(track -> track.mediaType() == MediaType.VIDEO, node(), Inlet.media(first));
    play(source);
    assertThat(first.calls)
        .containsExactly(
            "tracks 1",
            "utc arrival",
            "sample video",
            "opened g",
            "room",
            "closed g",
            "end operator");
  }

  @Test
  void play_eventsOnly_noMedia() {
    source.connect(null, node(), Inlet.events(first));
    play(source);
    assertThat(first.calls).containsExactly("event");
  }

  @Test
  void hasRoom_oneOfTwoFull_false() {
    source.connect(null, node(), first.inlet());
    source.connect(null, node(), second.inlet());
    second.full = true;
    assertThat(source.hasRoom()).isFalse();
  }

  @Test
  void play_nobody_nothingHappens() {
    play(source);
    assertThat(source.hasRoom()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tracks", "utc", "sample", "opened", "room", "closed", "event", "end operator"})
  void play_nodeThrowsAtACall_detachedOnceAndTheOtherGetsEverything(String call) {
    first.brokenAt = call;
    source.connect(null, node(), first.inlet());
    source.connect(null, node(), second.inlet());
    play(source);
    assertThat(second.calls).isEqualTo(EVERYTHING);
    assertThat(first.calls.get(first.calls.size() - 1)).startsWith(call);
    assertThat(first.calls).filteredOn(made -> made.startsWith(call)).hasSize(1);
    assertThat(failures).hasSize(1);
  }

  @Test
  void play_processorThrows_whatFollowsGetsTheEndAndNothingMore() {
    WiredNode processor = node();
    first.brokenAt = "closed";
    source.connect(null, processor, first.inlet());
    processor.connect(null, node(), second.inlet());
    processor.tracks(Media.tracks());
    play(source);
    processor.sample(Media.video());
    assertThat(second.calls).containsExactly("tracks 2", "end node-failed");
  }

  @Test
  void play_processorThrowsAndItsSinkThrowsAtTheEnd_bothReported() {
    WiredNode processor = node();
    first.brokenAt = "sample";
    second.brokenAt = "end";
    source.connect(null, processor, first.inlet());
    processor.connect(null, node(), second.inlet());
    play(source);
    assertThat(failures)
        .extracting(Throwable::getMessage)
        .containsExactlyInAnyOrder("broken at sample video", "broken at end node-failed");
  }

  @Test
  void play_throwsOnOneOfTwoInputs_detachedFromBoth() {
    WiredNode gate = node();
    WiredNode motion = node();
    first.brokenAt = "event";
    source.connect(null, gate, Inlet.media(second));
    motion.connect(null, gate, Inlet.events(first));
    source.tracks(Media.tracks());
    motion.event(new MediaEvent.Message(0, "", "", Map.of()));
    source.sample(Media.video());
    assertThat(second.calls).containsExactly("tracks 2");
  }
}
