package io.lva.rtsp.session;

import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspFailure.Kind;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.SeenDeviation;
import io.lva.rtsp.message.Challenge;
import io.lva.rtsp.message.RtspResponse;
import io.lva.sdp.RtpMap;
import io.lva.sdp.SessionDescription;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Puts the failures of one camera into words.
 *
 * <p>Immutable.
 */
public final class SessionFailures {
  private static final int MAXIMUM_REASON = 100;

  /**
   * The longest reason of a TLS failure, in characters: enough to describe a certificate by host,
   * issuer and end date.
   */
  private static final int MAXIMUM_TLS_REASON = 300;

  private static final String NOT_TLS = "not an SSL/TLS record";

  private final RtspUrl url;

  /**
   * Creates the wording for a camera.
   *
   * @param url URL of the camera; shown without credentials
   */
  public SessionFailures(RtspUrl url) {
    this.url = url;
  }

  private RtspFailure make(Kind kind, String step, int status, String text) {
    return new RtspFailure(kind, url.hostAndPort(), step, status, url + ": " + text);
  }

  /**
   * Describes a connection that could not be made.
   *
   * @param error what went wrong
   * @param timeout how long the attempt was allowed to take
   * @return the failure
   */
  public RtspFailure connect(Throwable error, Duration timeout) {
    String text = error.getMessage() == null ? "" : error.getMessage();
    if (error instanceof UnknownHostException) {
      return make(
          Kind.UNKNOWN_HOST, "connect", 0, "unknown host; check the name in the URL and the DNS");
    }
    if (error instanceof SSLException refused) {
      return tls(refused);
    }
    if (text.contains("timed out")) {
      return make(
          Kind.TIMEOUT,
          "connect",
          0,
          "no connection within " + timeout.toSeconds() + " s; check address and network");
    }
    if (error instanceof ConnectException && text.contains("refused")) {
      return make(
          Kind.CONNECTION_REFUSED,
          "connect",
          0,
          "connection refused; check the port, and that the camera is on");
    }
    String detail = error instanceof NoRouteToHostException ? "no route to host" : "network error";
    return make(
        Kind.UNREACHABLE, "connect", 0, detail + "; check address and network of the camera");
  }

  private RtspFailure tls(SSLException error) {
    String why = reasonOf(error);
    if (why.startsWith(NOT_TLS)) { // its bytes follow, which tell a person nothing
      return make(
          Kind.TLS,
          "connect",
          0,
          "the server does not speak TLS at this port; check the port, or begin the URL with"
              + " rtsp://");
    }
    String remedy =
        why.startsWith("No subject alternative") || why.startsWith("No name matching")
            ? "the certificate is for another host; use the name in it, or set ignoreHostname"
            : why.contains("expired") || why.contains("NotAfter") || why.contains("NotBefore")
                ? "the certificate is not valid today; renew it, and check both clocks"
                : why.contains("certification path") || why.contains("trust anchor")
                    ? "nobody who is trusted has signed the certificate; give it in"
                        + " trustedCertificates, or set ignoreSignature"
                    : "no connection with TLS; check that the port is that of RTSPS";
    return make(Kind.TLS, "connect", 0, remedy + " (" + why + ")");
  }

  private static String reasonOf(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause.getMessage());
    return text.substring(0, Math.min(MAXIMUM_TLS_REASON, text.length()));
  }

  RtspFailure broken(String step) {
    return make(Kind.UNREACHABLE, step, 0, "the connection broke during " + step);
  }

  RtspFailure closed(String step) {
    return make(
        Kind.CLOSED,
        step,
        0,
        "the camera closed the connection during "
            + step
            + "; it may serve a limited number of clients");
  }

  /**
   * Describes a connection that the camera closed before the session began.
   *
   * @return the failure
   */
  public RtspFailure closedEarly() {
    return closed("connect");
  }

  /**
   * Describes a tunnel that was refused.
   *
   * @param response the response to the GET
   * @param authenticator the one that answers the camera's challenges
   * @return the failure
   */
  public RtspFailure noTunnel(RtspResponse response, Authenticator authenticator) {
    if (response.status() == 401) {
      return unauthorized("GET", authenticator, response.headers().all("WWW-Authenticate"));
    }
    return make(
        Kind.TRANSPORT_REFUSED,
        "GET",
        response.status(),
        "no RTSP over HTTP at this port ("
            + response.status()
            + " to GET); check the port, or choose another transport");
  }

  /**
   * Describes a connection that was closed when credentials were requested.
   *
   * @param step what was under way
   * @return the failure
   */
  public RtspFailure closedWithChallenge(String step) {
    return make(
        Kind.CLOSED_WITH_CHALLENGE,
        step,
        401,
        "the camera closed the connection when it asked for credentials");
  }

  RtspFailure timeout(String step, Duration timeout) {
    return make(
        Kind.TIMEOUT,
        step,
        0,
        "no answer to "
            + step
            + " within "
            + timeout.toSeconds()
            + " s; check that the port is the RTSP port");
  }

  /** Describes a login that was refused, is missing, or cannot answer the challenges. */
  RtspFailure unauthorized(String step, Authenticator authenticator, List<String> challenges) {
    if (!authenticator.hasCredentials()) {
      return credentialsNeeded(step);
    }
    return authenticator.canAnswer(challenges)
        ? unauthorized(step)
        : unknownScheme(step, Challenge.names(challenges));
  }

  private RtspFailure credentialsNeeded(String step) {
    return unauthorized(step, "user and password needed (401 to " + step + "); give credentials");
  }

  private RtspFailure unauthorized(String step) {
    return unauthorized(
        step, "user or password refused (401 to " + step + "); check the credentials");
  }

  private RtspFailure unknownScheme(String step, String offered) {
    return unauthorized(
        step,
        "the camera asks for a login that cannot be used here (401 to "
            + step
            + ", offered: "
            + offered
            + "); enable Digest at the camera, or give the URL it redirects to");
  }

  private RtspFailure unauthorized(String step, String text) {
    return make(Kind.AUTHENTICATION, step, 401, text);
  }

  RtspFailure refused(String step, RtspResponse response) {
    int status = response.status();
    String reason =
        response.reason().substring(0, Math.min(MAXIMUM_REASON, response.reason().length()));
    String answer = " (" + (status + " " + reason).trim() + " to " + step + ")";
    return switch (status) {
      case 403 ->
          make(
              Kind.FORBIDDEN,
              step,
              status,
              "access forbidden" + answer + "; check the rights of the user");
      case 404 ->
          make(
              Kind.NOT_FOUND,
              step,
              status,
              "no such stream" + answer + "; check the path of the URL");
      case 461 ->
          make(
              Kind.TRANSPORT_REFUSED,
              step,
              status,
              "transport not offered"
                  + answer
                  + "; choose another one, or enable it at the camera");
      case 453, 503 ->
          make(
              Kind.REQUEST_REFUSED,
              step,
              status,
              "the camera is busy" + answer + "; it may serve a limited number of clients");
      default ->
          make(
              Kind.REQUEST_REFUSED,
              step,
              status,
              "request refused" + answer + "; see the camera's log");
    };
  }

  RtspFailure otherTransport(String step) {
    return make(
        Kind.TRANSPORT_REFUSED,
        step,
        0,
        "the camera chose another transport than the one asked for; choose that one, or enable this"
            + " one at the camera");
  }

  RtspFailure transportFailed(String step, TransportException cause) {
    return make(Kind.TRANSPORT_REFUSED, step, 0, String.valueOf(cause.getMessage()));
  }

  RtspFailure redirectedElsewhere(String step, String what) {
    return make(
        Kind.PROTOCOL, step, 0, "redirected to no RTSP camera: " + what + "; check the URL");
  }

  RtspFailure notRtsp(String step, String found) {
    return make(
        Kind.NOT_RTSP,
        step,
        0,
        "the peer does not speak RTSP (it sent '" + found + "'); check the port");
  }

  RtspFailure protocol(String step, String what) {
    return make(Kind.PROTOCOL, step, 0, what + " (at " + step + "); is this a camera?");
  }

  RtspFailure noVideo(SessionDescription description) {
    String offered =
        description.media().stream()
            .flatMap(media -> media.payloadTypes().stream().limit(1).map(media::rtpMap))
            .map(map -> map.map(RtpMap::encoding).orElse("unknown"))
            .collect(Collectors.joining(", "));
    return make(
        Kind.NO_VIDEO,
        "DESCRIBE",
        0,
        "no track that can be received in the session"
            + (offered.isEmpty() ? "" : ", only " + offered)
            + "; choose another stream or codec at the camera");
  }

  RtspFailure noMedia(Duration timeout) {
    return make(
        Kind.NO_MEDIA,
        "play",
        0,
        "no video for "
            + timeout.toSeconds()
            + " s although connected; check the camera's encoder");
  }

  RtspFailure noMediaEver(Duration timeout) {
    return make(
        Kind.NO_FIRST_MEDIA,
        "play",
        0,
        "the camera agreed to play, and no packet came within "
            + timeout.toSeconds()
            + " s; check its encoder, and that nothing between filters the packets");
  }

  /** Describes packets from which no picture could be made; the hints name possible causes. */
  RtspFailure noPicture(Duration timeout, List<SeenDeviation> hints) {
    return make(
        Kind.NO_PICTURE,
        "play",
        0,
        "packets arrive, but for "
            + timeout.toSeconds()
            + " s no picture could be made of them"
            + (hints.isEmpty() ? "" : " (" + names(hints) + ")")
            + "; check codec and key frame distance of the camera's encoder");
  }

  private static String names(List<SeenDeviation> deviations) {
    return deviations.stream()
        .map(seen -> seen.deviation().text())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  RtspFailure streamEnded() {
    return make(Kind.STREAM_ENDED, "play", 0, "the camera ended the stream");
  }

  RtspFailure redirectLoop() {
    return make(Kind.PROTOCOL, "connect", 0, "too many redirects; check the URL");
  }
}
