package io.lva.rtsp.session;

import io.lva.graph.Transport;
import io.lva.media.GapCause;
import io.lva.rtp.Deviations;
import io.lva.rtp.SessionReceiver;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.SeenDeviation;
import io.lva.spi.MediaLoop;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Plays one camera: follows redirects, answers a challenge over a new connection if the camera
 * requires one, and hands packets to the receiver. Does not reconnect by itself.
 *
 * <p>Confined to its media loop.
 */
final class CameraClient implements RtspSessionListener {
  private static final System.Logger LOGGER = System.getLogger(CameraClient.class.getName());
  private static final int MAXIMUM_REDIRECTS = 5;
  private static final int CLIENT_NONCE_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final RtspOptions options;
  private final RtspConnector connector;
  private final SessionReceiver receiver;
  private final MediaLoop loop;
  private final Events events;
  private final Authenticator authenticator;
  private final Deviations deviations = new Deviations();
  private final TransportPlan plan;
  private Optional<RtspConnector.Link> link = Optional.empty();
  private RtspOptions current;
  private int redirects;
  private boolean challengeAnswered;
  private boolean started;

  /** What the owner of a client is told. */
  interface Events {
    /** The camera described its session. */
    void described(SessionDetails details);

    /** The camera plays. */
    void playing();

    /** Bytes arrived. */
    void received(int sizeBytes);

    /** The connection could not be made, or ended. */
    void failed(RtspFailure failure);
  }

  CameraClient(
      RtspOptions options,
      RtspConnector connector,
      SessionReceiver receiver,
      MediaLoop loop,
      Events events) {
    this.options = options;
    this.connector = connector;
    this.receiver = receiver;
    this.loop = loop;
    this.events = events;
    this.current = options;
    this.plan = new TransportPlan(options.transport());
    this.authenticator = new Authenticator(options.credentials(), CameraClient::clientNonce);
  }

  private static String clientNonce() {
    byte[] bytes = new byte[CLIENT_NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Connects to the URL of the options. */
  void connect() {
    loop.assertInLoop();
    current = options;
    redirects = 0;
    challengeAnswered = false;
    authenticator.use(options.credentials());
    plan.begin();
    open();
  }

  private void open() {
    started = false;
    link =
        Optional.of(
            connector.open(current.withTransport(plan.current()), this, authenticator, deviations));
  }

  /** Ends the connection in good order; the stage completes when the connection is closed. */
  CompletionStage<Void> stop() {
    loop.assertInLoop();
    CompletionStage<Void> closed =
        link.map(RtspConnector.Link::stop).orElse(CompletableFuture.completedStage(null));
    link = Optional.empty();
    return closed;
  }

  /**
   * Returns the transport in use; once all have been refused, the one that the next attempt begins
   * with.
   */
  Transport transport() {
    loop.assertInLoop();
    return plan.current();
  }

  List<SeenDeviation> deviations() {
    loop.assertInLoop();
    return deviations.seen();
  }

  @Override
  public void described(SessionDetails details) {
    loop.assertInLoop();
    events.described(details);
  }

  @Override
  public void starting(List<TrackFormat> formats) {
    loop.assertInLoop();
    started = true;
    SessionReceiver.Order order =
        usesDatagrams() ? SessionReceiver.Order.RESTORED : SessionReceiver.Order.KEPT;
    receiver.start(formats, order, loop.clock().nanoTime(), loop.clock().utcNanos());
  }

  @Override
  public void ssrcAnnounced(int track, long ssrc) {
    loop.assertInLoop();
    receiver.ssrcAnnounced(track, ssrc);
  }

  @Override
  public void playing() {
    loop.assertInLoop();
    redirects = 0;
    events.playing();
  }

  @Override
  public void received(int sizeBytes) {
    loop.assertInLoop();
    events.received(sizeBytes);
  }

  @Override
  public void rtp(int track, ByteBuffer packet, long nanoTime, long utcNanos) {
    loop.assertInLoop();
    receiver.rtp(track, packet, nanoTime, utcNanos);
  }

  @Override
  public void rtcp(int track, ByteBuffer packet, long nanoTime, long utcNanos) {
    loop.assertInLoop();
    receiver.rtcp(track, packet, nanoTime, utcNanos);
  }

  @Override
  public ByteBuffer receiverReport(int track, long nanoTime) {
    loop.assertInLoop();
    return receiver.receiverReport(track, nanoTime);
  }

  @Override
  public void redirected(RtspUrl url) {
    loop.assertInLoop();
    link = Optional.empty();
    redirects++;
    deviations.note(Deviation.REDIRECTED, "redirect {0}", redirects);
    if (redirects > MAXIMUM_REDIRECTS) {
      ended(new SessionFailures(options.url()).redirectLoop());
      return;
    }
    authenticate(url);
    current = current.withUrl(url);
    open();
  }

  /**
   * Chooses the login for a redirect. A login in the new URL is meant for the target; our own may
   * be sent as Basic to our own host only.
   */
  private void authenticate(RtspUrl url) {
    boolean sameHost = url.host().equalsIgnoreCase(current.url().host());
    if (url.credentials().isPresent()) {
      authenticator.use(url.credentials());
    } else if (url.host().equalsIgnoreCase(options.url().host())) {
      authenticator.use(options.credentials());
    } else if (!sameHost) {
      authenticator.use(options.credentials());
      authenticator.forbidBasic();
    }
  }

  @Override
  public void ended(RtspFailure failure) {
    loop.assertInLoop();
    link = Optional.empty();
    if (failure.kind() == RtspFailure.Kind.CLOSED_WITH_CHALLENGE && !challengeAnswered) {
      challengeAnswered = true;
      deviations.note(Deviation.CLOSED_WITH_CHALLENGE, "before it was answered");
      open();
      return;
    }
    if (isOfTransport(failure)) {
      Transport refused = plan.current();
      if (plan.next()) {
        LOGGER.log(Level.INFO, "{0}; trying {1}", failure.message(), plan.current());
        deviations.note(Deviation.TRANSPORT_REFUSED, fallBack(refused, failure));
        endMedia(failure);
        open();
        return;
      }
    }
    endMedia(failure);
    events.failed(failure);
  }

  private boolean isOfTransport(RtspFailure failure) {
    return failure.kind() == RtspFailure.Kind.TRANSPORT_REFUSED
        || (usesDatagrams() && failure.kind() == RtspFailure.Kind.NO_FIRST_MEDIA);
  }

  private boolean usesDatagrams() {
    return plan.current() == Transport.UDP || plan.current() == Transport.MULTICAST;
  }

  private String fallBack(Transport refused, RtspFailure failure) {
    String why =
        failure.kind() == RtspFailure.Kind.NO_FIRST_MEDIA
            ? "no packet came, a filter may drop them"
            : "refused";
    return refused + " " + why + "; received over " + plan.current() + " instead";
  }

  private void endMedia(RtspFailure failure) {
    GapCause cause = failure.kind().gapCause();
    if (started) {
      receiver.connectionLost(cause);
    } else {
      receiver.failed(cause);
    }
    started = false;
  }
}
