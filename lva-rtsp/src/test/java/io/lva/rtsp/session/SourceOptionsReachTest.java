package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.graph.RtspSource;
import io.lva.graph.Transport;
import io.lva.media.MediaType;
import io.lva.rtp.Deviations;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspFailure.Kind;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspSourceOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.net.NettyLoopGroupProvider;
import io.lva.rtsp.net.RtspSourceProvider;
import io.lva.spi.MediaLoopGroup;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Each option of all sources changes what a running source does. */
class SourceOptionsReachTest extends RtspSessionRig {
  private static final RtspSourceOptions DEFAULTS = RtspSourceOptions.defaults();
  private static final String IDR = "658880aa";
  private static final String SETS = "Z0LADdkBQfsBEAAAAwAQAAADA8jxQqSA,aMuDyyA=";
  private static final int OWN = 1;
  private static final int OTHER = 2;
  private static final int FIRST = 8;

  private final FakeLoop sourceLoop = new FakeLoop();
  private final FakeContext context = new FakeContext(sourceLoop);
  private Optional<RtspSessionListener> opened = Optional.empty();

  private final Map<String, Runnable> checks =
      Map.of(
          "withTimeouts", this::timeouts,
          "withReconnectDelay", this::reconnectDelay,
          "withMaximumAccessUnit", this::maximumAccessUnit,
          "withReorder", this::reorder,
          "withRivalHold", this::rivalHold);

  @Test
  void with_eachOption_isCheckedHere() {
    assertThat(Arrays.stream(RtspSourceOptions.class.getMethods()).map(Method::getName))
        .filteredOn(name -> name.startsWith("with"))
        .containsExactlyInAnyOrderElementsOf(checks.keySet());
  }

  @Test
  void with_eachOption_changesWhatASourceDoes() {
    checks.values().forEach(Runnable::run);
  }

  @Test
  void create_optionOfTheRuntime_isThatOfTheSource() {
    RtspSourceOptions options = DEFAULTS.withRivalHold(Duration.ofSeconds(7));
    try (MediaLoopGroup group = new NettyLoopGroupProvider().start(1)) {
      FakeContext running = new FakeContext(group.next());
      running.option = Optional.of(options);
      CameraSource made =
          (CameraSource) new RtspSourceProvider().create(RtspSource.at("rtsp://cam/live"), running);
      assertThat(made.options().common()).isSameAs(options);
    }
  }

  private void timeouts() {
    RtspSourceOptions options = DEFAULTS.withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(4));
    session = session(RtspOptions.of(RtspUrl.parse(URL)).withCommon(options), Optional.empty());
    session.connected();
    passes(2);
    assertThat(listener.failure).isEmpty();
    passes(1);
    assertThat(failure()).isEqualTo(Kind.TIMEOUT);

    listener.failure = Optional.empty();
    session = session(RtspOptions.of(RtspUrl.parse(URL)).withCommon(options), Optional.empty());
    untilPlaying();
    frame(0, 96);
    passes(3);
    assertThat(listener.failure).isEmpty();
    passes(1);
    assertThat(failure()).isEqualTo(Kind.NO_MEDIA);
  }

  private void passes(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
    session.tick();
  }

  private void reconnectDelay() {
    Duration minimum = Duration.ofMinutes(3);
    running(DEFAULTS.withReconnectDelay(minimum, minimum));
    opened
        .orElseThrow()
        .ended(new RtspFailure(Kind.CONNECTION_REFUSED, "cam:554", "connect", 0, "refused"));
    opened = Optional.empty();
    sourceLoop.advance(Duration.ofMinutes(2));
    assertThat(opened).isEmpty();
    sourceLoop.advance(Duration.ofMinutes(1));
    assertThat(opened).isPresent();
  }

  private void maximumAccessUnit() {
    running(DEFAULTS.withMaximumAccessUnit(4));
    packet(FIRST, OWN);
    assertThat(context.calls).doesNotContain("sample");
    running(DEFAULTS);
    packet(FIRST, OWN);
    assertThat(context.calls).contains("sample");
  }

  private void reorder() {
    assertThat(samplesAfterAHole(DEFAULTS, 2)).as("waits").isEqualTo(1);
    assertThat(samplesAfterAHole(DEFAULTS.withReorder(Duration.ZERO, 512), 2))
        .as("does not wait")
        .isEqualTo(2);
    assertThat(samplesAfterAHole(DEFAULTS, 20)).as("within the window").isEqualTo(1);
    assertThat(samplesAfterAHole(DEFAULTS.withReorder(Duration.ofSeconds(9), 16), 20))
        .as("beyond the window")
        .isEqualTo(2);
  }

  private int samplesAfterAHole(RtspSourceOptions options, int hole) {
    running(options);
    packet(FIRST, OWN);
    packet(FIRST + hole, OWN);
    return samples();
  }

  private void rivalHold() {
    assertThat(samplesOfAnother(DEFAULTS)).as("held").isEqualTo(1);
    assertThat(samplesOfAnother(DEFAULTS.withRivalHold(Duration.ofMillis(900))))
        .as("taken with what was held")
        .isEqualTo(3);
  }

  private int samplesOfAnother(RtspSourceOptions options) {
    running(options);
    packet(FIRST, OWN);
    packet(100, OTHER);
    sourceLoop.advance(Duration.ofSeconds(1));
    packet(101, OTHER);
    return samples();
  }

  private int samples() {
    return Collections.frequency(context.calls, "sample");
  }

  /**
   * Starts a source that plays over datagrams, whose clock is trusted so that nothing is held, and
   * sends it the pictures from which it learns what the marker means.
   */
  private void running(RtspSourceOptions options) {
    RtspOptions camera =
        RtspOptions.of(RtspUrl.parse(URL))
            .withCommon(options)
            .withTransport(Transport.UDP)
            .withCameraClock(true);
    new CameraSource(camera, context, this::open, new Random(1)).start();
    sourceLoop.advance(Duration.ZERO);
    RtspSessionListener session = opened.orElseThrow();
    Map<String, String> parameters = Map.of("sprop-parameter-sets", SETS);
    session.starting(
        List.of(
            new TrackFormat(
                0, MediaType.VIDEO, 96, 90_000, "H264", parameters, OptionalLong.empty())));
    session.playing();
    for (int i = FIRST - 8; i < FIRST; i++) {
      packet(i, OWN);
    }
    context.calls.clear();
  }

  private RtspConnector.Link open(
      RtspOptions options,
      RtspSessionListener opening,
      Authenticator authenticator,
      Deviations deviations) {
    opened = Optional.of(opening);
    return () -> CompletableFuture.completedStage(null);
  }

  private void packet(int sequence, int ssrc) {
    byte[] payload = HexFormat.of().parseHex(IDR);
    ByteBuffer bytes = ByteBuffer.allocate(12 + payload.length);
    bytes.putShort((short) 0x80e0).putShort((short) sequence).putInt(3600 * sequence).putInt(ssrc);
    bytes.put(payload).flip();
    opened
        .orElseThrow()
        .rtp(0, bytes, sourceLoop.clock().nanoTime(), sourceLoop.clock().utcNanos());
  }
}
