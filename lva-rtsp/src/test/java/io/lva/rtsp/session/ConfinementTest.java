package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.SlabPool;
import io.lva.rtp.Deviations;
import io.lva.rtp.SessionReceiver;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.RtspParseException;
import io.lva.rtsp.message.RtspRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is confined to a media loop says so when another thread calls it. */
class ConfinementTest extends RtspSessionRig {
  private static final RtspOptions OPTIONS = RtspOptions.of(RtspUrl.parse(URL));
  private static final RtspFailure FAILURE =
      new RtspFailure(RtspFailure.Kind.CLOSED, "cam:554", "PLAY", 0, "it broke");

  @BeforeEach
  void leaveTheLoop() {
    loop.leave();
  }

  private RtspConnector.Link open(
      RtspOptions options,
      RtspSessionListener opening,
      Authenticator authenticator,
      Deviations seen) {
    return () -> CompletableFuture.completedFuture(null);
  }

  private static DynamicTest refuses(String method, ThrowingCallable call) {
    return DynamicTest.dynamicTest(
        method,
        () ->
            assertThatThrownBy(call)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is not the media loop"));
  }

  @TestFactory
  Stream<DynamicTest> session_outsideItsLoop_isAnError() {
    ByteBuffer packet = ByteBuffer.allocate(12);
    return Stream.of(
        refuses("connected", session::connected),
        refuses("tick", session::tick),
        refuses("heldBack", session::heldBack),
        refuses("stop", session::stop),
        refuses("disconnected", () -> session.disconnected(true)),
        refuses("unreadable", () -> session.unreadable(new RtspParseException("no line"))),
        refuses("received", () -> session.received(12)),
        refuses("packet", () -> session.packet(0, false, packet)),
        refuses("message", () -> session.message(RtspRequest.of("OPTIONS", URL))),
        refuses("desynchronised", () -> session.desynchronised("")));
  }

  @TestFactory
  Stream<DynamicTest> client_outsideItsLoop_isAnError() {
    SessionReceiver receiver =
        new SessionReceiver(
            ReceiverChoice.of(OPTIONS), SlabPool.ofBytes(1 << 20), new ProbeMeter(1, () -> {}));
    ProbeRun events = new ProbeRun(loop, OPTIONS, this::open, Duration.ofSeconds(1));
    CameraClient client = new CameraClient(OPTIONS, this::open, receiver, loop, events);
    ByteBuffer packet = ByteBuffer.allocate(12);
    return Stream.of(
        refuses("connect", client::connect),
        refuses("stop", client::stop),
        refuses("transport", client::transport),
        refuses("deviations", client::deviations),
        refuses("starting", () -> client.starting(List.of())),
        refuses("ssrcAnnounced", () -> client.ssrcAnnounced(0, 1)),
        refuses("playing", client::playing),
        refuses("received", () -> client.received(12)),
        refuses("rtp", () -> client.rtp(0, packet, 0, 0)),
        refuses("rtcp", () -> client.rtcp(0, packet, 0, 0)),
        refuses("receiverReport", () -> client.receiverReport(0, 0)),
        refuses("redirected", () -> client.redirected(OPTIONS.url())),
        refuses("ended", () -> client.ended(FAILURE)));
  }

  @TestFactory
  Stream<DynamicTest> probe_outsideItsLoop_isAnError() {
    ProbeRun probe = new ProbeRun(loop, OPTIONS, this::open, Duration.ofSeconds(1));
    return Stream.of(
        refuses("playing", probe::playing),
        refuses("received", () -> probe.received(12)),
        refuses("failed", () -> probe.failed(FAILURE)));
  }
}
