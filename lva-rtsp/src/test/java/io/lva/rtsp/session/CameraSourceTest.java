package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.event.GraphEvent;
import io.lva.graph.RtspSource;
import io.lva.graph.Transport;
import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.rtp.Deviations;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspFailure.Kind;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.net.NettyLoopGroupProvider;
import io.lva.rtsp.net.RtspSourceProvider;
import io.lva.sdp.SessionDescription;
import io.lva.spi.MediaAbsence;
import io.lva.spi.MediaLoopGroup;
import io.lva.spi.NodeProvider;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CameraSourceTest {
  private static final RtspUrl URL = RtspUrl.parse("rtsp://user:secret@cam/live");
  private static final Map<String, String> PARAMETERS =
      Map.of("sprop-parameter-sets", "Z0LADdkBQfsBEAAAAwAQAAADA8jxQqSA,aMuDyyA=");
  private static final TrackFormat VIDEO =
      new TrackFormat(0, MediaType.VIDEO, 96, 90_000, "H264", PARAMETERS, OptionalLong.empty());

  private final FakeLoop loop = new FakeLoop();
  private final FakeContext context = new FakeContext(loop);
  private final List<RtspOptions> opened = new ArrayList<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private Optional<RtspSessionListener> listener = Optional.empty();
  private int stops;
  private final CameraSource source =
      new CameraSource(RtspOptions.of(URL), context, this::open, new Random(1));

  private RtspConnector.Link open(
      RtspOptions options,
      RtspSessionListener opening,
      Authenticator authenticator,
      Deviations deviations) {
    opened.add(options);
    listener = Optional.of(opening);
    return () -> {
      stops++;
      return closed;
    };
  }

  private RtspSessionListener session() {
    return listener.orElseThrow();
  }

  private void fail(Kind kind) {
    session().ended(new RtspFailure(kind, "cam:554", "connect", 0, "rtsp://cam/live: " + kind));
  }

  private void start() {
    source.start();
    loop.advance(Duration.ZERO);
  }

  private CompletableFuture<Void> stop() {
    var done = source.stop(Duration.ofSeconds(5)).toCompletableFuture();
    loop.advance(Duration.ZERO);
    return done;
  }

  private void play() {
    play(List.of());
  }

  private void play(List<TrackFormat> formats) {
    session()
        .described(
            new SessionDetails(
                Optional.empty(), "v=0", SessionDescription.parse("v=0", new Deviations())));
    session().starting(formats);
    session().playing();
  }

  @Test
  void failed_sameCause_isReportedOnce() {
    start();
    for (int i = 0; i < 20; i++) {
      fail(Kind.CONNECTION_REFUSED);
      loop.advance(Duration.ofSeconds(30));
    }
    fail(Kind.UNKNOWN_HOST);
    loop.advance(Duration.ofSeconds(30));
    fail(Kind.CONNECTION_REFUSED);
    assertThat(context.events)
        .extracting(event -> ((GraphEvent.NetworkError) event).errorCode())
        .containsExactly("connectionRefused", "unknownHost", "connectionRefused");
    assertThat(opened).hasSize(22);
  }

  @Test
  void failed_beforeTheFirstMedia_otherNodesLearnWhy() {
    MediaAbsence absence = MediaAbsence.of(context.session());
    start();
    assertThat(absence.cause()).isEmpty();
    fail(Kind.CONNECTION_REFUSED);
    assertThat(absence.cause()).contains(GapCause.CAMERA_UNREACHABLE);
    loop.advance(Duration.ofSeconds(30));
    fail(Kind.AUTHENTICATION);
    assertThat(absence.cause()).contains(GapCause.AUTHENTICATION);
    loop.advance(Duration.ofSeconds(60));
    play();
    assertThat(absence.cause()).isEmpty();
  }

  @Test
  void failed_attempts_waitLongerUpToTheMaximum() {
    start();
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      fail(Kind.TIMEOUT);
      long before = loop.clock().nanoTime();
      int attempts = opened.size();
      while (opened.size() == attempts) {
        loop.advance(loop.next());
      }
      delays.add((loop.clock().nanoTime() - before) / 1_000_000);
    }
    for (int i = 0; i < delays.size(); i++) {
      long full = Math.min(30_000, (long) (500 * Math.pow(1.25, i)));
      assertThat(delays.get(i)).isBetween(full * 3 / 4 - 1, full + 1);
    }
  }

  @Test
  void playing_withoutAnyPicture_isReportedOnce() {
    start();
    play();
    loop.advance(Duration.ofSeconds(29));
    assertThat(context.events).hasSize(1);
    for (int i = 0; i < 60; i++) {
      loop.advance(Duration.ofSeconds(1));
    }
    assertThat(context.events).hasSize(2);
    assertThat(((GraphEvent.MediaFormatError) context.events.get(1)).reason())
        .contains("no picture could be made of them");
    assertThat(opened).hasSize(1);
  }

  @Test
  void playing_lateKeyFrame_endsTheAbsence() {
    MediaAbsence absence = MediaAbsence.of(context.session());
    start();
    play(List.of(VIDEO));
    loop.advance(Duration.ofSeconds(35));
    assertThat(absence.cause()).contains(GapCause.NO_MEDIA);

    sendPictures(Duration.ofSeconds(6));

    assertThat(context.calls).contains("sample");
    assertThat(absence.cause()).isEmpty();
  }

  @Test
  void failed_betweenAPictureAndItsInspection_theAbsenceStays() {
    MediaAbsence absence = MediaAbsence.of(context.session());
    start();
    play(List.of(VIDEO));
    loop.advance(Duration.ofSeconds(35));

    sendPictures(Duration.ofSeconds(3));
    fail(Kind.CONNECTION_REFUSED);
    loop.advance(Duration.ofSeconds(5));

    assertThat(context.calls).contains("sample");
    assertThat(absence.cause()).contains(GapCause.CAMERA_UNREACHABLE);
  }

  private void sendPictures(Duration duration) {
    byte[] payload = HexFormat.of().parseHex("658880aa");
    for (int i = 0; i < duration.toMillis() / 40; i++) {
      ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
      packet.putShort((short) 0x80e0).putShort((short) i).putInt(3600 * i).putInt(1).put(payload);
      session().rtp(0, packet.flip(), loop.clock().nanoTime(), loop.clock().utcNanos());
      loop.advance(Duration.ofMillis(40));
    }
  }

  @Test
  void failed_afterStablePlay_beginsWithTheShortestDelay() {
    start();
    for (int i = 0; i < 20; i++) {
      fail(Kind.TIMEOUT);
      loop.advance(Duration.ofSeconds(30));
    }
    play();
    loop.advance(Duration.ofSeconds(10));
    fail(Kind.STREAM_ENDED);
    assertThat(loop.next()).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void failed_wrongPassword_waitsLongAtOnce() {
    start();
    fail(Kind.AUTHENTICATION);
    loop.advance(Duration.ofSeconds(20));
    assertThat(opened).hasSize(1);
    loop.advance(Duration.ofSeconds(10));
    assertThat(opened).hasSize(2);
    assertThat(context.events.get(0))
        .isInstanceOfSatisfying(
            GraphEvent.ProtocolError.class,
            event -> {
              assertThat(event.code()).isEqualTo("401");
              assertThat(event.target()).isEqualTo(URL.toString()).doesNotContain("secret");
            });
  }

  @Test
  void playing_eachTime_isAnEvent() {
    start();
    play();
    fail(Kind.STREAM_ENDED);
    loop.advance(Duration.ofSeconds(1));
    play();
    assertThat(context.events).hasSize(3);
    assertThat(context.events.get(0)).isEqualTo(new GraphEvent.MediaSessionEstablished("v=0"));
    assertThat(context.events.get(2)).isEqualTo(context.events.get(0));
    assertThat(context.events.toString()).doesNotContain("secret");
  }

  @Test
  void redirected_follows_thenComesBack() {
    start();
    session().redirected(RtspUrl.parse("rtsp://other/x"));
    assertThat(opened.get(1).url().toString()).isEqualTo("rtsp://other/x");
    fail(Kind.CLOSED);
    loop.advance(Duration.ofSeconds(1));
    assertThat(opened.get(2).url()).isEqualTo(URL);
  }

  @Test
  void redirected_forEver_isAFailure() {
    start();
    for (int i = 0; i < 6; i++) {
      session().redirected(RtspUrl.parse("rtsp://other/x"));
    }
    assertThat(opened).hasSize(6);
    assertThat(context.events.get(0)).isInstanceOf(GraphEvent.ProtocolError.class);
  }

  @Test
  void closedWithChallenge_connectsAgainAtOnce_onlyOnce() {
    start();
    fail(Kind.CLOSED_WITH_CHALLENGE);
    assertThat(opened).hasSize(2);
    assertThat(context.events).isEmpty();
    fail(Kind.CLOSED_WITH_CHALLENGE);
    assertThat(opened).hasSize(2);
    assertThat(context.events).hasSize(1);
  }

  @Test
  void stop_whilePlaying_endsAndWaitsForTheConnection() {
    start();
    play();
    CompletableFuture<Void> done = stop();
    assertThat(stops).isEqualTo(1);
    assertThat(context.calls).containsExactly("end operator");
    assertThat(done).isNotDone();
    closed.complete(null);
    assertThat(done).isCompleted();
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void stop_connectionThatHangs_completesWithTheDeadline() {
    start();
    CompletableFuture<Void> done = stop();
    loop.advance(Duration.ofSeconds(5));
    assertThat(done).isCompleted();
  }

  @Test
  void stop_betweenAttempts_connectsNoMore() {
    start();
    fail(Kind.TIMEOUT);
    assertThat(stop()).isCompleted();
    loop.advance(Duration.ofMinutes(1));
    assertThat(opened).hasSize(1);
  }

  @Test
  void providers_makeASource() {
    NodeProvider provider = new RtspSourceProvider();
    MediaLoopGroup.Provider loops = new NettyLoopGroupProvider();
    try (MediaLoopGroup group = loops.start(1)) {
      FakeContext running = new FakeContext(group.next());
      RtspSource spec = RtspSource.at("rtsp://user:secret@cam/live");
      assertThat(provider.type()).isEqualTo(spec.type());
      assertThat(provider.create(spec, running).inputs()).isEmpty();
      assertThat(provider.create(spec.credentials("a", "b"), running)).isNotNull();
      assertThat(provider.create(spec.transport(Transport.HTTP), running)).isNotNull();
      assertThatThrownBy(
              () -> provider.create(RtspSource.at("http://user:secret@cam/live"), running))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("endpoint.url")
          .hasMessageNotContaining("secret");
    }
    assertThatThrownBy(() -> provider.create(RtspSource.at("rtsp://cam"), context))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stop_connectionThatDoesNotCloseCleanly_completesAllTheSame() {
    start();
    play();
    CompletableFuture<Void> done = stop();
    closed.completeExceptionally(new IllegalStateException("broken pipe"));
    assertThat(done).isCompletedWithValue(null);
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void stop_sinkThatDoesNotTakeTheEnd_connectionClosesAllTheSame() {
    context.refusesEnd = true;
    start();
    play();
    CompletableFuture<Void> done = stop();
    assertThat(stops).isEqualTo(1);
    assertThat(done).isNotDone();
    closed.complete(null);
    assertThat(done).isCompletedWithValue(null);
  }
}
