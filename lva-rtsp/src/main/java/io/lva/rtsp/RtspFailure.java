package io.lva.rtsp;

import io.lva.event.GraphEvent;
import io.lva.media.GapCause;

/**
 * Why a connection to a camera could not be made, or ended.
 *
 * <p>Immutable.
 *
 * @param kind what went wrong
 * @param host name or address and port of the peer
 * @param step what was under way: {@code connect}, a method, or {@code play}
 * @param status status code of the response that refused a request; 0 when there was none
 * @param message one line for the operator: what failed, where, and what to do; without secrets
 */
public record RtspFailure(Kind kind, String host, String step, int status, String message) {
  /** What went wrong. */
  public enum Kind {
    /** The name of the host has no address. */
    UNKNOWN_HOST("unknownHost", GapCause.CAMERA_UNREACHABLE),
    /** Nothing listens on the port. */
    CONNECTION_REFUSED("connectionRefused", GapCause.CAMERA_UNREACHABLE),
    /** The host cannot be reached over the network, or the connection broke. */
    UNREACHABLE("unreachable", GapCause.CAMERA_UNREACHABLE),
    /** No connection was made, or no response came, in time. */
    TIMEOUT("timeout", GapCause.CAMERA_UNREACHABLE),
    /** The peer closed the connection before it played the stream. */
    CLOSED("connectionClosed", GapCause.CAMERA_UNREACHABLE),
    /** The peer closed the connection after its challenge; the next connection answers it. */
    CLOSED_WITH_CHALLENGE("401", GapCause.AUTHENTICATION),
    /** No credentials, or wrong ones. */
    AUTHENTICATION("401", GapCause.AUTHENTICATION),
    /** The credentials are right but not sufficient. */
    FORBIDDEN("403", GapCause.AUTHENTICATION),
    /** There is no such stream. */
    NOT_FOUND("404", GapCause.CAMERA_UNREACHABLE),
    /** A request was refused with another status. */
    REQUEST_REFUSED("refused", GapCause.CAMERA_UNREACHABLE),
    /**
     * The camera does not send over the requested transport, or this host cannot receive over it.
     */
    TRANSPORT_REFUSED("transport", GapCause.CAMERA_UNREACHABLE),
    /** The certificate of the peer is not trusted, or there is no common version of TLS. */
    TLS("tls", GapCause.CAMERA_UNREACHABLE),
    /** The peer speaks a protocol other than RTSP. */
    NOT_RTSP("notRtsp", GapCause.CAMERA_UNREACHABLE),
    /**
     * The messages of the peer make no sense, or it redirects too often or to what is no camera.
     */
    PROTOCOL("protocol", GapCause.CAMERA_UNREACHABLE),
    /** The session has no stream of the wanted media types that can be received. */
    NO_VIDEO("unsupportedVideoFormat", GapCause.NO_MEDIA),
    /** The connection is up, but no media comes. */
    NO_MEDIA("noMedia", GapCause.NO_MEDIA),
    /** The camera agreed to play, but not one packet came. */
    NO_FIRST_MEDIA("noMedia", GapCause.NO_MEDIA),
    /** Packets come, but no picture can be made from them. */
    NO_PICTURE("noPicture", GapCause.NO_MEDIA),
    /** The peer ended the stream. */
    STREAM_ENDED("streamEnded", GapCause.STREAM_ENDED);

    private final String code;
    private final GapCause cause;

    Kind(String code, GapCause cause) {
      this.code = code;
      this.cause = cause;
    }

    /**
     * Returns why media is missing after this failure.
     *
     * @return the cause of the gap
     */
    public GapCause gapCause() {
      return cause;
    }
  }

  /**
   * Returns the event that tells the integrator about this failure.
   *
   * @param target the URL that was asked for, without credentials
   * @return the event; its code is the status of the response if there was one, otherwise a word
   *     for the kind, such as {@code timeout}
   */
  public GraphEvent event(String target) {
    String code = status > 0 ? Integer.toString(status) : kind.code;
    return switch (kind) {
      case FORBIDDEN -> new GraphEvent.AuthorizationError(host, code, message);
      // A refused login as in Live Video Analytics, which has no type of its own for it.
      case AUTHENTICATION,
          CLOSED_WITH_CHALLENGE,
          NOT_FOUND,
          REQUEST_REFUSED,
          TRANSPORT_REFUSED,
          NOT_RTSP,
          PROTOCOL ->
          new GraphEvent.ProtocolError("rtsp", code, target, host, message);
      case NO_VIDEO, NO_PICTURE -> new GraphEvent.MediaFormatError(kind.code, message);
      case UNKNOWN_HOST,
          CONNECTION_REFUSED,
          UNREACHABLE,
          TLS,
          TIMEOUT,
          CLOSED,
          NO_MEDIA,
          NO_FIRST_MEDIA,
          STREAM_ENDED ->
          new GraphEvent.NetworkError(host, code, message);
    };
  }
}
