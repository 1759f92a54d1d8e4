package io.lva.processor.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.event.GraphEvent;
import io.lva.graph.IotHubMessageSource;
import io.lva.graph.MotionDetection;
import io.lva.graph.RtspSource;
import io.lva.graph.SignalGate;
import io.lva.graph.Value;
import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.media.MediaEvent;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.SampleBuilder;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.processor.TestContext;
import io.lva.spi.Inlet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The node with media of 5 pictures per second and a key picture every second. */
class GateNodeTest {
  private static final long MILLIS = 1_000_000L;
  private static final int PICTURE = 200;
  private static final int GROUP = 5;
  private static final Track TRACK = new Track(1, 90_000, new Codec());

  private record Codec() implements CodecParameters {
    @Override
    public MediaType mediaType() {
      return MediaType.VIDEO;
    }

    @Override
    public String codec() {
      return "avc1.42001e";
    }
  }

  private final RtspSource camera = RtspSource.at("rtsp://127.0.0.1/camera");
  private TestContext context = new TestContext(1 << 20, MotionDetection.create(), camera);
  private GateNode gate = gate(1, -5, 30, 60);
  private SampleBuilder builder = new SampleBuilder(context.slabs());
  private long number;

  private GateNode gate(int window, int offset, int minimum, int maximum) {
    SignalGate spec =
        SignalGate.create()
            .evaluationWindow(Duration.ofSeconds(window))
            .signalOffset(Duration.ofSeconds(offset))
            .activationTime(
                Value.of(Duration.ofSeconds(minimum)), Value.of(Duration.ofSeconds(maximum)));
    return (GateNode) new GateProvider().create(spec, context);
  }

  private void setUp(long slabBytes, int window, int offset, int minimum, int maximum) {
    context = new TestContext(slabBytes, MotionDetection.create(), camera);
    builder = new SampleBuilder(context.slabs());
    gate = gate(window, offset, minimum, maximum);
  }

  @Test
  void sample_withoutEvent_passesNothingAndHoldsLittle() {
    begin();
    playTo(120_000);
    assertThat(context.calls).isEmpty();
    // Offset, window, analysis and up to two groups of pictures, each sample in a slab of its own.
    assertThat(context.slabs().usedBytes()).isLessThan(15 * GROUP * 1024L);
  }

  @Test
  void event_one_passesFromTheSyncSampleBeforeOffsetToMinimum() {
    begin();
    playTo(100_000);
    gate.event(motion(99_500));
    playTo(200_000);
    assertThat(context.calls.subList(0, 3)).containsExactly("tracks", "utc", "S94000");
    assertThat(context.calls.get(context.calls.size() - 1)).isEqualTo("end gate-closed");
    assertThat(context.calls.get(context.calls.size() - 2)).isEqualTo("s129400");
    assertThat(context.samples).hasSize((129_400 - 94_000) / PICTURE + 1);
  }

  @Test
  void event_twoOpenings_areTwoStreams() {
    begin();
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(200_000);
    gate.event(motion(200_000));
    playTo(300_000);
    assertThat(context.calls.stream().filter("tracks"::equals)).hasSize(2);
    assertThat(context.calls.stream().filter("end gate-closed"::equals)).hasSize(2);
    assertThat(context.calls).contains("S95000", "s129800", "S195000", "s229800");
    assertThat(context.calls).doesNotContain("S130000", "S194000", "S230000");
  }

  @Test
  void event_thatProlongsAfterTheEndWasReached_leavesNoHole() {
    begin();
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(130_600);
    gate.event(motion(129_000));
    playTo(200_000);
    assertThat(context.samples).hasSize((158_800 - 95_000) / PICTURE + 1);
    assertThat(context.calls.stream().filter("tracks"::equals)).hasSize(1);
  }

  @Test
  void event_positiveOffset_waitsForItsMedia() {
    setUp(1 << 20, 1, 10, 30, 30);
    begin();
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(109_800);
    assertThat(context.calls).isEmpty();
    playTo(200_000);
    assertThat(context.calls).contains("S110000", "s129800").doesNotContain("S109000", "S130000");
  }

  @Test
  void event_messageWithoutTime_isOfTheNewestMedia() {
    begin();
    playTo(100_000);
    gate.event(new MediaEvent.Message(5_000_000 * MILLIS, "", "{}", Map.of()));
    playTo(200_000);
    assertThat(context.calls).contains("S95000", "s129800");
  }

  @Test
  void event_farAhead_opensNow() {
    begin();
    playTo(100_000);
    gate.event(motion(5_000_000));
    playTo(200_000);
    assertThat(context.calls).contains("S95000", "s129800");
  }

  @Test
  void event_forMediaThatIsGone_isTold() {
    begin();
    playTo(100_000);
    gate.event(motion(20_000));
    playTo(110_000);
    assertThat(context.samples).isEmpty();
    assertThat(context.events).singleElement().isInstanceOf(GraphEvent.DataDropped.class);
  }

  @Test
  void gap_inPreRoll_isHandedOnWithItsBounds() {
    begin();
    playTo(97_800);
    Gap gap = Gap.open("g1", utc(98_000), GapOrigin.SOURCE, GapCause.PACKET_LOSS);
    gate.gapOpened(gap);
    number += 4;
    gate.gapClosed(gap.closedAt(utc(98_800)));
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(110_000);
    int opened = context.calls.indexOf("open g1");
    assertThat(context.calls.get(opened - 1)).isEqualTo("s97800");
    assertThat(context.calls.subList(opened + 1, opened + 4))
        .containsExactly("utc", "close g1", "s98800");
  }

  @Test
  void gap_whileOpen_isHandedOnAtOnce() {
    begin();
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(102_000);
    gate.gapOpened(Gap.open("g2", utc(102_200), GapOrigin.SOURCE, GapCause.CAMERA_UNREACHABLE));
    assertThat(context.calls.get(context.calls.size() - 1)).isEqualTo("open g2");
  }

  @Test
  void gap_withoutEnd_theRecordingEndsAnyway() {
    begin();
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(102_000);
    gate.gapOpened(Gap.open("g2", utc(102_200), GapOrigin.SOURCE, GapCause.CAMERA_UNREACHABLE));
    context.loop.advanceTo(140_000 * MILLIS);
    assertThat(context.calls.get(context.calls.size() - 1)).isEqualTo("end gate-closed");
  }

  @Test
  void budget_usedUp_keepsTheNewestAndTells() {
    setUp(30 * 1024, 1, -60, 30, 30);
    begin();
    playTo(100_000);
    assertThat(context.slabs().usedBytes()).isLessThan(30 * 1024);
    assertThat(context.events).singleElement().isInstanceOf(GraphEvent.DataDropped.class);
    gate.event(motion(100_000));
    playTo(200_000);
    assertThat(context.calls).contains("S100000", "s129800", "end gate-closed");
  }

  @Test
  void budget_usedUpWhileHeldAndGapFollows_isOneGapOverAllThatIsMissing() {
    setUp(5 * 1024, 3, 3, 10, 60);
    begin();
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(111_000);
    Gap gap = Gap.open("g1", utc(111_200), GapOrigin.SOURCE, GapCause.PACKET_LOSS);
    gate.gapOpened(gap);
    number = 112_000 / PICTURE;
    gate.gapClosed(gap.closedAt(utc(112_000)));
    playTo(112_400);
    gate.event(motion(109_000));

    assertThat(openIds()).hasSize(1).doesNotContain("g1");
    assertThat(context.closedGaps)
        .containsExactly(
            new Gap(
                openIds().get(0),
                utc(109_800),
                Optional.of(utc(112_000)),
                GapOrigin.QUEUE,
                List.of(GapCause.BACKPRESSURE, GapCause.PACKET_LOSS)));
    assertThat(context.calls)
        .endsWith("close " + openIds().get(0), "S112000", "s112200", "s112400");
  }

  @Test
  void budget_usedUpAfterAGapThatWasHandedOn_isOneGapOverAllThatIsMissing() {
    setUp(5 * 1024, 3, 3, 10, 60);
    begin();
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(109_800);
    Gap gap = Gap.open("g1", utc(110_000), GapOrigin.SOURCE, GapCause.PACKET_LOSS);
    gate.gapOpened(gap);
    number = 111_000 / PICTURE;
    gate.gapClosed(gap.closedAt(utc(111_000)));
    playTo(112_400);
    gate.event(motion(109_000));

    assertThat(openIds()).containsExactly("g1");
    assertThat(context.closedGaps)
        .containsExactly(
            new Gap(
                "g1",
                utc(110_000),
                Optional.of(utc(112_000)),
                GapOrigin.SOURCE,
                List.of(GapCause.PACKET_LOSS, GapCause.BACKPRESSURE)));
  }

  private List<String> openIds() {
    return context.calls.stream()
        .filter(call -> call.startsWith("open "))
        .map(call -> call.substring("open ".length()))
        .distinct()
        .toList();
  }

  @Test
  void stop_open_endsTheStreamAndReleasesAll() {
    begin();
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(110_000);
    var unused = gate.stop(Duration.ofSeconds(1));
    context.loop.advanceTo(context.loop.nanoTime());
    assertThat(context.calls.get(context.calls.size() - 1)).isEqualTo("end operator");
    builder.close();
    assertThat(context.slabs().usedBytes()).isZero();
  }

  @Test
  void clock_stepsBack_endsTheOpening() {
    begin();
    playTo(100_000);
    gate.event(motion(100_000));
    playTo(110_000);
    number = 50_000 / PICTURE;
    sample();
    assertThat(context.calls.get(context.calls.size() - 1)).isEqualTo("end gate-closed");
  }

  @Test
  void inputs_inEitherOrder_mediaComesFromTheSource() {
    assertThat(gate.inputs().get(0).media()).isEmpty();
    assertThat(gate.inputs().get(1).media()).isPresent();
    context = new TestContext(1 << 20, camera, IotHubMessageSource.input("trigger"));
    List<Inlet> inputs = gate(1, 0, 5, 5).inputs();
    assertThat(inputs.get(0).media()).isPresent();
    assertThat(inputs.get(1).events()).isPresent();
  }

  @Test
  void create_timesOutOfRange_namesTheProperty() {
    assertThatThrownBy(() -> gate(11, 0, 5, 5)).hasMessageContaining("activationEvaluationWindow");
    assertThatThrownBy(() -> gate(1, -61, 5, 5)).hasMessageContaining("activationSignalOffset");
    assertThatThrownBy(() -> gate(1, 0, 0, 5)).hasMessageContaining("minimumActivationTime");
    assertThatThrownBy(() -> gate(1, 0, 5, 4)).hasMessageContaining("maximumActivationTime");
  }

  /** Whatever comes, each stream is made of all samples from a sync sample to its end. */
  @Test
  void event_random_streamsHaveNoHoleAndBeginWithSync() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      setUp(1 << 20, random.nextInt(3), -random.nextInt(6), 1 + random.nextInt(6), 20);
      number = 0;
      begin();
      for (int time = 10_000; time < 90_000; time += 1000) {
        playTo(time);
        if (random.nextInt(6) == 0) {
          gate.event(motion(time - random.nextInt(4000)));
        }
      }
      playTo(150_000);
      assertStreams(seed);
    }
  }

  private void assertStreams(int seed) {
    List<List<Sample>> streams = new ArrayList<>();
    int at = 0;
    for (String call : context.calls) {
      if (call.equals("tracks")) {
        streams.add(new ArrayList<>());
      } else if (call.startsWith("s") || call.startsWith("S")) {
        streams.get(streams.size() - 1).add(context.samples.get(at++));
      }
    }
    assertThat(streams).as("seed %d", seed).isNotEmpty();
    for (List<Sample> stream : streams) {
      assertThat(stream.get(0).sync()).as("seed %d", seed).isTrue();
      for (int i = 1; i < stream.size(); i++) {
        assertThat(stream.get(i).utcNanos() - stream.get(i - 1).utcNanos())
            .as("seed %d", seed)
            .isEqualTo(PICTURE * MILLIS);
      }
    }
  }

  private void begin() {
    gate.tracks(TrackSet.of(TRACK));
    gate.utcSource(UtcSource.ARRIVAL, 0);
  }

  private void playTo(long millis) {
    while (number * PICTURE <= millis) {
      sample();
    }
  }

  private static final int[] PYRAMID = {4, 2, 1, 3};

  /** I0 P4 B2 b1 b3 P8 B6 b5 b7: pictures of a group of 9, 2 pictures after their decode time. */
  private void pyramidTo(long millis) {
    while (number * PICTURE <= millis) {
      int place = (int) (number % 9);
      int shown = place == 0 ? 0 : (place - 1) / 4 * 4 + PYRAMID[(place - 1) % 4];
      long time = number * PICTURE * MILLIS;
      context.loop.advanceTo(Math.max(time, context.loop.nanoTime()));
      builder.append(ByteBuffer.allocate(100));
      int offset = (shown - place + 2) * PICTURE * 90;
      gate.sample(
          new Sample(TRACK, time * 9 / 100_000, offset, place == 0, false, time, builder.build()));
      builder.reset();
      number++;
    }
  }

  @Test
  void event_endsAmongReorderedPictures_streamEndsWithoutAHole() {
    for (int minimum = 1; minimum <= 4; minimum++) {
      for (int maximum : new int[] {minimum, 60}) {
        for (int event = 0; event < 9; event++) {
          setUp(1 << 20, 0, 0, minimum, maximum);
          number = 0;
          begin();
          pyramidTo(20_000);
          gate.event(motion(20_000 + event * PICTURE));
          pyramidTo(40_000);
          assertThat(context.calls.get(context.calls.size() - 1)).isEqualTo("end gate-closed");
          List<Long> shown =
              context.samples.stream()
                  .map(sample -> sample.decodeTime() + sample.compositionOffset())
                  .sorted()
                  .toList();
          for (int i = 1; i < shown.size(); i++) {
            assertThat(shown.get(i) - shown.get(i - 1))
                .as("minimum %d, maximum %d, event %d", minimum, maximum, event)
                .isEqualTo(PICTURE * 90L);
          }
          var unused = gate.stop(Duration.ofSeconds(1));
        }
      }
    }
  }

  private void sample() {
    long time = number * PICTURE * MILLIS;
    context.loop.advanceTo(Math.max(time, context.loop.nanoTime()));
    builder.append(ByteBuffer.wrap(Bytes.ofHex("00000001").toByteArray()));
    builder.append(ByteBuffer.allocate(1000));
    gate.sample(
        new Sample(
            TRACK, time * 9 / 100_000, 0, number % GROUP == 0, false, time, builder.build()));
    builder.reset();
    number++;
  }

  private static MediaEvent motion(long millis) {
    return new MediaEvent.Analysis(
        millis * MILLIS, List.of(Inference.of(new InferenceValue.Motion(Optional.empty()))));
  }

  private static Instant utc(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
