package io.lva.rtsp.session;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.RtspMessage;
import io.lva.rtsp.message.RtspParseException;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.session.RtspDialogue.Exchange;
import io.lva.sdp.SdpParseException;
import io.lva.sdp.SessionDescription;
import io.lva.spi.Clock;
import io.lva.spi.MediaLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The client side of one connection (RFC 2326), without I/O: OPTIONS, DESCRIBE, SETUP of each
 * stream over the same connection, PLAY, signs of life, TEARDOWN.
 *
 * <p>Works around what cameras do wrong, and notes it. Ends only once: with a failure, a redirect,
 * or a stop.
 *
 * <p>Confined to its media loop.
 */
public final class RtspSession implements MediaTransport.Receiver {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 305, 307, 308);
  private static final long REPORT_INTERVAL_NANOS = 5_000_000_000L;

  private final RtspOptions options;
  private final MediaLoop loop;
  private final Clock clock;
  private final RtspWire wire;
  private final RtspSessionListener listener;
  private final Authenticator authenticator;
  private final Deviations deviations;
  private final RtspDialogue dialogue;
  private final KeepAlive keepAlive;
  private final MediaTransport transport;
  private final SessionFailures failures;
  private final StreamSetup setup;
  private final SetupAnswers setupAnswers;
  private final MediaWatch media;
  private SessionStep step = SessionStep.NEW;
  private PlayRequests plays = new PlayRequests(List.of(), List.of());
  private boolean answeringChallenge;
  private long nowNanos;
  private long nowUtcNanos;
  private long nextReportNanos;

  /**
   * Creates a session whose connection is not yet established.
   *
   * @param options where to connect, and how long to wait
   * @param loop to run on
   * @param wire the connection
   * @param transports opens the transport of the media
   * @param firstMediaTimeout how long to wait for the first packet
   * @param listener takes the events and packets of the session
   * @param authenticator of the camera
   * @param deviations of the camera
   */
  public RtspSession(
      RtspOptions options,
      MediaLoop loop,
      RtspWire wire,
      MediaTransport.Factory transports,
      Duration firstMediaTimeout,
      RtspSessionListener listener,
      Authenticator authenticator,
      Deviations deviations) {
    this.options = options;
    this.loop = loop;
    this.clock = loop.clock();
    this.wire = wire;
    this.listener = listener;
    this.authenticator = authenticator;
    this.deviations = deviations;
    this.dialogue = new RtspDialogue(wire, authenticator, deviations);
    this.keepAlive = new KeepAlive(deviations);
    this.transport = transports.open(this);
    this.setup = new StreamSetup(transport, options.media());
    this.failures = new SessionFailures(options.url());
    this.setupAnswers = new SetupAnswers(setup, failures, deviations);
    this.media = new MediaWatch(firstMediaTimeout, options.mediaTimeout());
  }

  /** Begins the session once the connection is established. */
  public void connected() {
    loop.assertInLoop();
    nowNanos = clock.nanoTime();
    step = SessionStep.OPTIONS;
    request(RtspRequest.of("OPTIONS", options.url().requestUri()));
  }

  /** Does everything that depends on time; must be called about once per second. */
  public void tick() {
    loop.assertInLoop();
    nowNanos = clock.nanoTime();
    if (step == SessionStep.PLAYING) {
      tickPlaying();
    } else if (step != SessionStep.ENDED) {
      tickHandshake();
    }
  }

  /** Notes that reading is suspended on this side, so that no media is expected. */
  public void heldBack() {
    loop.assertInLoop();
    media.restart(clock.nanoTime());
  }

  /** Ends the session in good order; the listener is not called. */
  public void stop() {
    loop.assertInLoop();
    leave();
  }

  /**
   * Notes that the connection is gone.
   *
   * @param orderly whether the peer closed it
   */
  public void disconnected(boolean orderly) {
    loop.assertInLoop();
    if (answeringChallenge && step != SessionStep.PLAYING) {
      end(failures.closedWithChallenge(step.text()));
    } else if (orderly) {
      end(step == SessionStep.PLAYING ? failures.streamEnded() : failures.closed(step.text()));
    } else {
      end(failures.broken(step.text()));
    }
  }

  /**
   * Ends the session because the stream is no longer understood.
   *
   * @param cause what was not understood
   */
  public void unreadable(RtspParseException cause) {
    loop.assertInLoop();
    end(failures.protocol(step.text(), String.valueOf(cause.getMessage())));
  }

  @Override
  public void received(int sizeBytes) {
    loop.assertInLoop();
    nowNanos = clock.nanoTime();
    nowUtcNanos = clock.utcNanos();
    listener.received(sizeBytes);
  }

  @Override
  public void packet(int track, boolean control, ByteBuffer packet) {
    loop.assertInLoop();
    if (step != SessionStep.PLAY && step != SessionStep.PLAYING) {
      return;
    }
    if (packet.remaining() < 2) {
      deviations.note(Deviation.NO_PACKET, "{0} bytes on track {1}", packet.remaining(), track);
      return;
    }
    boolean report = RtcpPackets.isReport(packet);
    if (report != control) {
      note(Deviation.SWAPPED_CHANNELS, track, packet);
    }
    if (step == SessionStep.PLAY) {
      note(Deviation.MEDIA_BEFORE_PLAY_ANSWERED, track, packet);
    }
    // Sound that goes on is no sign of life of a camera whose pictures have stopped.
    boolean master = track == setup.master();
    if (report) {
      if (master && RtcpPackets.isGoodbye(packet)) {
        media.goodbye();
      }
      listener.rtcp(track, packet, nowNanos, nowUtcNanos);
    } else {
      if (master) {
        media.media(nowNanos);
      }
      listener.rtp(track, packet, nowNanos, nowUtcNanos);
    }
  }

  private void note(Deviation deviation, int track, ByteBuffer packet) {
    if (RtcpPackets.isReport(packet) || packet.remaining() < 4) {
      int type = packet.get(packet.position() + 1) & 0xff;
      deviations.note(deviation, "RTCP packet of type {1} of track {0}", track, type);
    } else {
      int number = packet.getShort(packet.position() + 2) & 0xffff;
      deviations.note(deviation, "RTP packet {1} of track {0}", track, number);
    }
  }

  /**
   * Takes one request or response.
   *
   * @param message the message
   */
  public void message(RtspMessage message) {
    loop.assertInLoop();
    if (message instanceof RtspRequest request) {
      answerRequest(request);
    } else if (message instanceof RtspResponse response) {
      acceptResponse(response);
    }
  }

  /**
   * Notes that neither a frame nor a message begins where one should. Ends the session when nothing
   * has been understood so far.
   *
   * @param found the first characters of what is there instead; empty when earlier data was
   *     understood
   */
  public void desynchronised(String found) {
    loop.assertInLoop();
    if (found.isEmpty()) {
      deviations.note(Deviation.FRAMES_DAMAGED, "no frame begins where the last one ends");
    } else {
      end(failures.notRtsp(step.text(), found));
    }
  }

  private void acceptResponse(RtspResponse response) {
    if (!response.version().startsWith("RTSP/")) {
      String line = response.version() + " " + response.status() + " " + response.reason();
      end(failures.notRtsp(step.text(), line.trim()));
      return;
    }
    if (response.status() < 200) {
      return;
    }
    Optional<Exchange> exchange = dialogue.answered(response);
    if (exchange.isEmpty()) {
      deviations.note(Deviation.RESPONSE_TO_NOTHING, "status {0}", response.status());
    } else if (step == SessionStep.ENDED) {
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
      case NEW, PLAYING, ENDED ->
          deviations.note(Deviation.RESPONSE_TO_NOTHING, "status {0}", response.status());
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
      end(failures.unauthorized(step.text(), authenticator, challenges));
    } else {
      deviations.note(Deviation.KEEP_ALIVE_UNAUTHORIZED, exchange.request().method());
      keepAlive.answered(exchange.request().method(), response, nowNanos);
      // The credentials were right before: the next one may try again.
      authenticator.accepted();
    }
  }

  private boolean redirect(Optional<String> location) {
    if (location.isEmpty()) {
      return false;
    }
    try {
      RtspUrl target = WrittenUrl.of(location.get(), "Location", deviations).from(options.url());
      if (options.url().isSecure() && !target.isSecure()) {
        throw new IllegalArgumentException("the target is not reached over TLS");
      }
      leave();
      listener.redirected(target);
    } catch (IllegalArgumentException e) {
      end(failures.redirectedElsewhere(step.text(), String.valueOf(e.getMessage())));
    }
    return true;
  }

  private void acceptOptions(RtspResponse response) {
    if (response.isSuccess()) {
      keepAlive.offered(response);
    } else {
      deviations.note(Deviation.OPTIONS_REFUSED, "status {0}", response.status());
    }
    step = SessionStep.DESCRIBE;
    request(
        RtspRequest.of("DESCRIBE", options.url().requestUri()).with("Accept", "application/sdp"));
  }

  private void acceptDescribe(RtspResponse response) {
    if (!response.isSuccess()) {
      end(failures.refused(step.text(), response));
      return;
    }
    if (response.header("Content-Type").isEmpty()) {
      deviations.note(
          Deviation.SDP_WITHOUT_CONTENT_TYPE, "body of {0} bytes", response.body().size());
    }
    try {
      SessionDescription description = SessionDescription.parse(response.bodyText(), deviations);
      describe(response, description);
    } catch (SdpParseException e) {
      end(failures.protocol(step.text(), String.valueOf(e.getMessage())));
    }
  }

  private void describe(RtspResponse response, SessionDescription description) {
    listener.described(
        new SessionDetails(
            response.header("Server"), RtspUrl.hideSecrets(response.bodyText()), description));
    ControlUrls urls = ControlUrls.of(options.url(), response.headers(), deviations);
    if (!setup.choose(description, urls)) {
      end(failures.noVideo(description));
      return;
    }
    plays =
        new PlayRequests(
            urls.ofSession(description.control()),
            setup.streams().stream().map(stream -> stream.urls().get(0)).toList());
    step = SessionStep.SETUP;
    requestSetup();
  }

  private void requestSetup() {
    try {
      request(setup.request());
    } catch (TransportException e) {
      end(failures.transportFailed(step.text(), e));
    }
  }

  private void acceptSetup(RtspResponse response) {
    if (response.isSuccess()) {
      dialogue.updateSession(response);
    }
    Optional<RtspFailure> failure = setupAnswers.accept(response);
    failure.ifPresentOrElse(this::end, this::goOn);
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
    step = SessionStep.PLAY;
    request(plays.request());
  }

  private void acceptPlay(RtspResponse response) {
    if (response.isSuccess()) {
      dialogue.updateSession(response);
      setup.announceSources(response, listener);
      beginPlaying();
      return;
    }
    Optional<Deviation> retry = plays.next(response);
    if (retry.isPresent()) {
      deviations.note(retry.get(), "status {0}", response.status());
      request(plays.request());
    } else if (setup.addOthers()) {
      deviations.note(Deviation.PLAY_NEEDS_EVERY_TRACK, "status {0}", response.status());
      plays.restart();
      step = SessionStep.SETUP;
      requestSetup();
    } else {
      end(failures.refused(step.text(), response));
    }
  }

  private void beginPlaying() {
    step = SessionStep.PLAYING;
    media.restart(nowNanos);
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
    if (step == SessionStep.PLAY && media.seen()) {
      deviations.note(Deviation.PLAY_NOT_ANSWERED, "for {0} ms", limitNanos / 1_000_000);
      beginPlaying();
    } else {
      end(failures.timeout(step.text(), options.connectTimeout()));
    }
  }

  private void tickPlaying() {
    Optional<RtspFailure> over = media.failure(nowNanos, failures);
    if (over.isPresent()) {
      end(over.get());
      return;
    }
    keepAlive
        .due(nowNanos)
        .ifPresent(method -> dialogue.send(RtspRequest.of(method, plays.url()), false, nowNanos));
    if (nowNanos - nextReportNanos >= 0) {
      nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
      setup.sendReports(listener, nowNanos);
    }
  }

  private void answerRequest(RtspRequest request) {
    deviations.note(Deviation.CAMERA_SENDS_REQUESTS, request.method());
    wire.send(ServerRequests.answer(request));
    if (request.method().equals("TEARDOWN")) {
      end(failures.streamEnded());
    } else if (request.method().equals("REDIRECT") && step != SessionStep.ENDED) {
      redirect(request.header("Location"));
    }
  }

  private void request(RtspRequest request) {
    dialogue.send(request, true, nowNanos);
  }

  private void end(RtspFailure failure) {
    if (step != SessionStep.ENDED) {
      leave();
      listener.ended(failure);
    }
  }

  /**
   * Ends the session on the camera too, because live555 keeps sending until a session is torn down.
   */
  private void leave() {
    boolean established = dialogue.session().isPresent() && step != SessionStep.ENDED;
    step = SessionStep.ENDED;
    transport.close();
    if (established) {
      dialogue.send(RtspRequest.of("TEARDOWN", plays.url()), false, nowNanos);
      wire.finish();
    } else {
      wire.close();
    }
  }
}
