package io.lva.rtsp.session;

import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.Challenge;
import io.lva.rtsp.message.RtspMessage;
import io.lva.rtsp.message.RtspParseException;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.session.RtspDialogue.Exchange;
import io.lva.sdp.RtpMap;
import io.lva.sdp.SdpParseException;
import io.lva.sdp.SessionDescription;
import io.lva.spi.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The client's side of one connection (RFC 2326), without I/O: OPTIONS, DESCRIBE, SETUP of each
 * stream over the same connection, PLAY, signs of life, TEARDOWN.
 *
 * <p>Works around what cameras do and notes it. Ends once: in a failure, a redirect, or a stop.
 *
 * <p>Confined to its media loop.
 */
public final class RtspSession implements MediaTransport.Receiver {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 305, 307, 308);
  private static final Set<Integer> WRONG_URL = Set.of(400, 404, 451, 459, 460, 500);
  private static final long REPORT_INTERVAL_NANOS = 5_000_000_000L;

  /** How long no media must follow a goodbye to make it believed: some are sent too early. */
  private static final long GOODBYE_NANOS = 1_000_000_000L;

  private final RtspOptions options;
  private final Clock clock;
  private final RtspWire wire;
  private final Duration firstMediaTimeout;
  private final RtspSessionListener listener;
  private final Authenticator authenticator;
  private final Deviations deviations;
  private final RtspDialogue dialogue;
  private final KeepAlive keepAlive;
  private final MediaTransport transport;
  private final SessionFailures failures;
  private final StreamSetup setup;
  private List<String> playUrls = List.of();
  private Step step = Step.NEW;
  private int playUrl;
  private boolean ranged = true;
  private boolean answeringChallenge;
  private boolean mediaSeen;
  private boolean goodbye;
  private long nowNanos;
  private long nowUtcNanos;
  private long lastMediaNanos;
  private long nextReportNanos;

  private enum Step {
    NEW("connect"),
    OPTIONS("OPTIONS"),
    DESCRIBE("DESCRIBE"),
    SETUP("SETUP"),
    PLAY("PLAY"),
    PLAYING("play"),
    ENDED("end");

    private final String text;

    Step(String text) {
      this.text = text;
    }
  }

  /**
   * Makes a session whose connection is not there yet.
   *
   * @param options where to, and how long to wait
   * @param clock of the media loop
   * @param wire the connection
   * @param transports opens the transport of the media
   * @param firstMediaTimeout how long to wait for the first packet
   * @param listener takes what the session brings
   * @param authenticator that of the camera
   * @param deviations those of the camera
   */
  public RtspSession(
      RtspOptions options,
      Clock clock,
      RtspWire wire,
      MediaTransport.Factory transports,
      Duration firstMediaTimeout,
      RtspSessionListener listener,
      Authenticator authenticator,
      Deviations deviations) {
    this.options = options;
    this.clock = clock;
    this.wire = wire;
    this.firstMediaTimeout = firstMediaTimeout;
    this.listener = listener;
    this.authenticator = authenticator;
    this.deviations = deviations;
    this.dialogue = new RtspDialogue(wire, authenticator, deviations);
    this.keepAlive = new KeepAlive(deviations);
    this.transport = transports.open(this);
    this.setup = new StreamSetup(transport, options.media());
    this.failures = new SessionFailures(options.url());
  }

  /** Begins, when the connection is there. */
  public void connected() {
    nowNanos = clock.nanoTime();
    step = Step.OPTIONS;
    request(RtspRequest.of("OPTIONS", options.url().requestUri()));
  }

  /** Looks after everything that depends on time; to be called about once per second. */
  public void tick() {
    nowNanos = clock.nanoTime();
    if (step == Step.PLAYING) {
      tickPlaying();
    } else if (step != Step.ENDED) {
      tickHandshake();
    }
  }

  /** Reading is suspended on this side: no media is expected. */
  public void heldBack() {
    lastMediaNanos = clock.nanoTime();
  }

  /** Ends the session in good order; the listener is not called. */
  public void stop() {
    leave();
  }

  /**
   * The connection is gone.
   *
   * @param orderly whether the peer closed it
   */
  public void disconnected(boolean orderly) {
    if (answeringChallenge && step != Step.PLAYING) {
      end(failures.closedWithChallenge(step.text));
    } else if (orderly) {
      end(step == Step.PLAYING ? failures.streamEnded() : failures.closed(step.text));
    } else {
      end(failures.broken(step.text));
    }
  }

  /**
   * The stream makes no sense any more.
   *
   * @param cause what was not understood
   */
  public void unreadable(RtspParseException cause) {
    end(failures.protocol(step.text, String.valueOf(cause.getMessage())));
  }

  @Override
  public void received(int sizeBytes) {
    nowNanos = clock.nanoTime();
    nowUtcNanos = clock.utcNanos();
    listener.received(sizeBytes);
  }

  @Override
  public void packet(int track, boolean control, ByteBuffer packet) {
    if (step != Step.PLAY && step != Step.PLAYING) {
      return;
    }
    if (packet.remaining() < 2) {
      deviations.accept("frame or datagram without a packet");
      return;
    }
    boolean report = RtcpPackets.isReport(packet);
    if (report != control) {
      deviations.accept("RTP and RTCP on swapped channels");
    }
    if (step == Step.PLAY) {
      deviations.accept("media before the answer to PLAY");
    }
    // Sound that goes on is no sign of life of a camera whose pictures have stopped.
    boolean master = track == setup.master();
    if (report) {
      goodbye |= master && RtcpPackets.isGoodbye(packet);
      listener.rtcp(track, packet, nowNanos, nowUtcNanos);
    } else {
      if (master) {
        lastMediaNanos = nowNanos;
        mediaSeen = true;
        goodbye = false;
      }
      listener.rtp(track, packet, nowNanos, nowUtcNanos);
    }
  }

  /**
   * Takes one request or response.
   *
   * @param message the message
   */
  public void message(RtspMessage message) {
    if (message instanceof RtspRequest request) {
      answerRequest(request);
    } else if (message instanceof RtspResponse response) {
      acceptResponse(response);
    }
  }

  /**
   * Neither a frame nor a message begins where one should.
   *
   * @param found the first printable characters of what is there; empty after something was
   *     understood
   */
  public void desynchronised(String found) {
    if (found.isEmpty()) {
      deviations.accept("interleaved frames cut off or damaged");
    } else {
      end(failures.notRtsp(step.text, found));
    }
  }

  private void acceptResponse(RtspResponse response) {
    if (!response.version().startsWith("RTSP/")) {
      String line = response.version() + " " + response.status() + " " + response.reason();
      end(failures.notRtsp(step.text, line.trim()));
      return;
    }
    if (response.status() < 200) {
      return;
    }
    Optional<Exchange> exchange = dialogue.answered(response);
    if (exchange.isEmpty()) {
      deviations.accept("response that belongs to no request");
    } else if (step == Step.ENDED) {
      closeAfter(exchange.get());
    } else {
      acceptAnswer(exchange.get(), response);
    }
  }

  private void acceptAnswer(Exchange exchange, RtspResponse response) {
    answeringChallenge = false;
    if (response.status() == 401) {
      acceptChallenge(exchange, response);
      return;
    }
    if (response.isSuccess()) {
      authenticator.accepted();
    }
    if (!exchange.essential()) {
      keepAlive.answered(exchange.request().method(), response, nowNanos);
      return;
    }
    if (REDIRECTS.contains(response.status()) && redirect(response.header("Location"))) {
      return;
    }
    switch (step) {
      case OPTIONS -> acceptOptions(response);
      case DESCRIBE -> acceptDescribe(response);
      case SETUP -> acceptSetup(response);
      case PLAY -> acceptPlay(response);
      case NEW, PLAYING, ENDED -> deviations.accept("response that belongs to no request");
    }
  }

  private void closeAfter(Exchange exchange) {
    if (exchange.request().method().equals("TEARDOWN")) {
      wire.close();
    }
  }

  private void acceptChallenge(Exchange exchange, RtspResponse response) {
    List<String> challenges = response.headers().all("WWW-Authenticate");
    if (authenticator.challenged(challenges)) {
      answeringChallenge = exchange.essential();
      dialogue.send(exchange.request(), exchange.essential(), nowNanos);
    } else if (exchange.essential()) {
      end(unauthorized(challenges));
    } else {
      deviations.accept("keep-alive answered with 401");
      // The credentials were right before: the next one may try again.
      authenticator.accepted();
    }
  }

  private RtspFailure unauthorized(List<String> challenges) {
    if (!authenticator.hasCredentials()) {
      return failures.credentialsNeeded(step.text);
    }
    return authenticator.canAnswer(challenges)
        ? failures.unauthorized(step.text)
        : failures.unknownScheme(step.text, Challenge.names(challenges));
  }

  private boolean redirect(Optional<String> location) {
    if (location.isEmpty()) {
      return false;
    }
    try {
      RtspUrl target = options.url().resolve(location.get());
      if (options.url().isSecure() && !target.isSecure()) {
        throw new IllegalArgumentException("the target is not reached over TLS");
      }
      leave();
      listener.redirected(target);
    } catch (IllegalArgumentException e) {
      end(failures.redirectedElsewhere(step.text, String.valueOf(e.getMessage())));
    }
    return true;
  }

  private void acceptOptions(RtspResponse response) {
    if (response.isSuccess()) {
      keepAlive.offered(response);
    } else {
      deviations.accept("OPTIONS answered with " + response.status());
    }
    step = Step.DESCRIBE;
    request(
        RtspRequest.of("DESCRIBE", options.url().requestUri()).with("Accept", "application/sdp"));
  }

  private void acceptDescribe(RtspResponse response) {
    if (!response.isSuccess()) {
      end(failures.refused(step.text, response));
      return;
    }
    if (response.header("Content-Type").isEmpty()) {
      deviations.accept("session description without Content-Type");
    }
    try {
      SessionDescription description = SessionDescription.parse(response.bodyText(), deviations);
      describe(response, description);
    } catch (SdpParseException e) {
      end(failures.protocol(step.text, String.valueOf(e.getMessage())));
    }
  }

  private void describe(RtspResponse response, SessionDescription description) {
    listener.described(
        new SessionDetails(
            response.header("Server"), RtspUrl.hideSecrets(response.bodyText()), description));
    ControlUrls urls = ControlUrls.of(options.url(), response.headers(), deviations);
    if (!setup.choose(description, urls)) {
      end(failures.noVideo(encodings(description)));
      return;
    }
    playUrls = new ArrayList<>(urls.ofSession(description.control()));
    setup.streams().forEach(stream -> playUrls.add(stream.urls().get(0)));
    step = Step.SETUP;
    requestSetup();
  }

  private void requestSetup() {
    try {
      request(setup.request());
    } catch (TransportException e) {
      end(failures.transportFailed(step.text, e));
    }
  }

  private static String encodings(SessionDescription description) {
    return description.media().stream()
        .flatMap(media -> media.payloadTypes().stream().limit(1).map(media::rtpMap))
        .map(map -> map.map(RtpMap::encoding).orElse("unknown"))
        .collect(Collectors.joining(", "));
  }

  private void acceptSetup(RtspResponse response) {
    if (!response.isSuccess()) {
      boolean wrongUrl = WRONG_URL.contains(response.status());
      if (wrongUrl && setup.tryAnotherUrl()) {
        deviations.accept("SETUP of the first control URL refused, another one tried");
        requestSetup();
      } else {
        leaveOut("refused with " + response.status(), failures.refused(step.text, response));
      }
      return;
    }
    dialogue.updateSession(response);
    try {
      if (setup.accept(response.header("Transport"))) {
        goOn();
      } else {
        leaveOut("over another transport", failures.otherTransport(step.text));
      }
    } catch (TransportException e) {
      end(failures.transportFailed(step.text, e));
    }
  }

  /** A stream beside the master is not worth the session. */
  private void leaveOut(String why, RtspFailure otherwise) {
    Optional<String> left = setup.leaveOut();
    if (left.isPresent()) {
      deviations.accept("SETUP of the " + left.get() + ' ' + why + "; left out");
      goOn();
    } else {
      end(otherwise);
    }
  }

  private void goOn() {
    if (setup.isComplete()) {
      beginPlay();
    } else {
      requestSetup();
    }
  }

  private void beginPlay() {
    listener.starting(setup.formats());
    step = Step.PLAY;
    requestPlay();
  }

  private void requestPlay() {
    RtspRequest play = RtspRequest.of("PLAY", playUrls.get(playUrl));
    request(ranged ? play.with("Range", "npt=0.000-") : play);
  }

  private void acceptPlay(RtspResponse response) {
    if (response.isSuccess()) {
      dialogue.updateSession(response);
      setup.announceSources(response, listener);
      beginPlaying();
    } else if (response.status() == 457 && ranged) {
      deviations.accept("PLAY with a range refused");
      ranged = false;
      requestPlay();
    } else if (WRONG_URL.contains(response.status()) && playUrl + 1 < playUrls.size()) {
      deviations.accept("PLAY of the first URL refused, another one tried");
      playUrl++;
      requestPlay();
    } else if (setup.addOthers()) {
      deviations.accept("PLAY refused with " + response.status() + " until every track is set up");
      playUrl = 0;
      step = Step.SETUP;
      requestSetup();
    } else {
      end(failures.refused(step.text, response));
    }
  }

  private void beginPlaying() {
    step = Step.PLAYING;
    lastMediaNanos = nowNanos;
    nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
    keepAlive.begin(dialogue.session(), nowNanos);
    listener.playing();
  }

  private void tickHandshake() {
    Optional<Exchange> awaited = dialogue.awaited();
    long limitNanos = options.connectTimeout().toNanos();
    if (awaited.isEmpty() || nowNanos - awaited.get().sentNanos() < limitNanos) {
      return;
    }
    if (step == Step.PLAY && mediaSeen) {
      deviations.accept("PLAY not answered");
      beginPlaying();
    } else {
      end(failures.timeout(step.text, options.connectTimeout()));
    }
  }

  private void tickPlaying() {
    if (goodbye && nowNanos - lastMediaNanos >= GOODBYE_NANOS) {
      end(failures.streamEnded());
      return;
    }
    Duration patience = mediaSeen ? options.mediaTimeout() : firstMediaTimeout;
    if (nowNanos - lastMediaNanos >= patience.toNanos()) {
      end(mediaSeen ? failures.noMedia(patience) : failures.noMediaEver(patience));
      return;
    }
    keepAlive
        .due(nowNanos)
        .ifPresent(
            method ->
                dialogue.send(RtspRequest.of(method, playUrls.get(playUrl)), false, nowNanos));
    if (nowNanos - nextReportNanos >= 0) {
      nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
      setup.sendReports(listener, nowNanos);
    }
  }

  private void answerRequest(RtspRequest request) {
    deviations.accept("the camera sends requests");
    wire.send(ServerRequests.answer(request));
    if (request.method().equals("TEARDOWN")) {
      end(failures.streamEnded());
    } else if (request.method().equals("REDIRECT") && step != Step.ENDED) {
      redirect(request.header("Location"));
    }
  }

  private void request(RtspRequest request) {
    dialogue.send(request, true, nowNanos);
  }

  private void end(RtspFailure failure) {
    if (step != Step.ENDED) {
      leave();
      listener.ended(failure);
    }
  }

  /** Leaves nothing behind: live555 keeps sending for a session that was not torn down. */
  private void leave() {
    boolean established = dialogue.session().isPresent() && step != Step.ENDED;
    step = Step.ENDED;
    transport.close();
    if (established) {
      dialogue.send(RtspRequest.of("TEARDOWN", playUrls.get(playUrl)), false, nowNanos);
      wire.finish();
    } else {
      wire.close();
    }
  }
}
