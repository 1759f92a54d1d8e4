package io.lva.rtspsim;

import io.lva.media.Bytes;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.SessionHeader;
import io.lva.rtsp.message.TransportHeader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Answers the requests of one connection (RFC 2326 sections 10 and 11).
 *
 * <p>Confined to the event loop of its connection.
 */
final class RequestHandler {
  private static final String METHODS =
      "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN";
  private static final int MAXIMUM_SESSIONS = 8;
  private static final String SDP = "application/sdp";

  private final SimulatorContext context;
  private final Streams streams;
  private final SplittableRandom random;
  private final Map<String, ServerSession> sessions = new LinkedHashMap<>();

  /** What the connection does with media on request. */
  interface Streams {
    /** Names a channel that the client may send on. */
    void assign(TransportHeader.Channels channels);

    /** Prepares to play; media follows the response. */
    Playout play(ServerSession session);

    /** Stops to play. */
    void stop(ServerSession session);
  }

  RequestHandler(SimulatorContext context, Streams streams, SplittableRandom random) {
    this.context = context;
    this.streams = streams;
    this.random = random;
  }

  /** Returns the sessions of the connection. */
  Iterable<ServerSession> sessions() {
    return sessions.values();
  }

  /** Carries a request out, and returns its answer with all header fields. */
  RtspResponse handle(RtspRequest request) {
    Optional<String> sequence = request.headers().first("CSeq");
    RtspResponse response = sequence.isEmpty() ? badRequest() : answer(request);
    if (sequence.isPresent()) {
      response = response.with("CSeq", sequence.get());
    }
    return response.with("Server", "lva-camera");
  }

  private RtspResponse answer(RtspRequest request) {
    if (!request.version().equals(RtspRequest.VERSION)) {
      return RtspResponse.of(505, "RTSP Version Not Supported");
    }
    Optional<String> required = request.headers().first("Require");
    if (required.isPresent()) {
      return RtspResponse.of(551, "Option Not Supported").with("Unsupported", required.get());
    }
    if (request.method().equals("OPTIONS")) {
      return RtspResponse.of(200, "OK").with("Public", METHODS);
    }
    return context.authenticator().refuse(request).orElseGet(() -> dispatch(request));
  }

  private RtspResponse dispatch(RtspRequest request) {
    return switch (request.method()) {
      case "DESCRIBE" -> describe(request);
      case "SETUP" -> setup(request);
      case "PLAY" -> withSession(request, session -> play(session));
      case "PAUSE" -> withSession(request, this::pause);
      case "TEARDOWN" -> withSession(request, this::tearDown);
      case "GET_PARAMETER", "SET_PARAMETER" -> parameter(request);
      case "ANNOUNCE", "RECORD", "REDIRECT" ->
          RtspResponse.of(405, "Method Not Allowed").with("Allow", METHODS);
      default -> RtspResponse.of(501, "Not Implemented").with("Public", METHODS);
    };
  }

  private RtspResponse describe(RtspRequest request) {
    RequestPath path = RequestPath.parse(request.uri());
    MediaSource source = context.sources().get(path.source());
    if (source == null) {
      return missing(path);
    }
    String accept = request.headers().first("Accept").orElse(SDP).toLowerCase(Locale.ROOT);
    if (!accept.contains(SDP) && !accept.contains("*")) {
      return RtspResponse.of(406, "Not Acceptable");
    }
    byte[] description = Descriptions.of(source).getBytes(StandardCharsets.UTF_8);
    return RtspResponse.of(200, "OK")
        .with("Content-Base", path.base() + "/")
        .withBody(SDP, Bytes.copyOf(description));
  }

  private RtspResponse missing(RequestPath path) {
    String reason = context.rejected().get(path.source());
    if (reason == null) {
      return RtspResponse.of(404, "Not Found");
    }
    return RtspResponse.of(415, "Unsupported Media Type")
        .withBody("text/plain", Bytes.copyOf((reason + "\r\n").getBytes(StandardCharsets.UTF_8)));
  }

  private RtspResponse setup(RtspRequest request) {
    RequestPath path = RequestPath.parse(request.uri());
    MediaSource source = context.sources().get(path.source());
    if (source == null) {
      return missing(path);
    }
    Optional<String> offered = request.headers().first("Transport");
    if (offered.isEmpty()) {
      return badRequest();
    }
    Optional<TransportHeader> chosen =
        TransportHeader.parse(offered.get()).stream()
            .filter(transport -> transport.protocol().equals("RTP/AVP/TCP"))
            .filter(transport -> !transport.parameters().containsKey("multicast"))
            .findFirst();
    if (chosen.isEmpty()) {
      return RtspResponse.of(461, "Unsupported Transport");
    }
    Optional<String> id = sessionId(request);
    if (id.isEmpty()) {
      return newSession(source, path, chosen.get());
    }
    ServerSession session = sessions.get(id.get());
    if (session == null) {
      return unknownSession();
    }
    if (session.playing() || session.source() != source) {
      return RtspResponse.of(455, "Method Not Valid in This State").with("Allow", METHODS);
    }
    return channels(chosen.get(), Optional.of(session))
        .map(
            channels -> {
              session.move(channels);
              return setUp(session);
            })
        .orElseGet(RequestHandler::badRequest);
  }

  private RtspResponse newSession(MediaSource source, RequestPath path, TransportHeader transport) {
    if (sessions.size() == MAXIMUM_SESSIONS) {
      return RtspResponse.of(453, "Not Enough Bandwidth");
    }
    Optional<TransportHeader.Channels> channels = channels(transport, Optional.empty());
    if (channels.isEmpty()) {
      return badRequest();
    }
    String id = HexFormat.of().toHexDigits(random.nextLong());
    ServerSession session = new ServerSession(id, source, path.base(), channels.get());
    sessions.put(id, session);
    return setUp(session);
  }

  private RtspResponse setUp(ServerSession session) {
    streams.assign(session.channels());
    String channels = session.channels().rtp() + "-" + session.channels().rtcp();
    TransportHeader transport =
        new TransportHeader("RTP/AVP/TCP", Map.of())
            .with("unicast", "")
            .with("interleaved", channels);
    return withSessionField(RtspResponse.of(200, "OK"), session)
        .with("Transport", transport.format());
  }

  /** Takes the channels that the client names, or the lowest two that are free. */
  private Optional<TransportHeader.Channels> channels(
      TransportHeader transport, Optional<ServerSession> own) {
    Optional<TransportHeader.Channels> named = transport.channels();
    if (named.isPresent() || transport.parameters().containsKey("interleaved")) {
      return named.filter(channels -> channels.rtp() != channels.rtcp() && free(channels, own));
    }
    for (int first = 0; first < 256; first += 2) {
      TransportHeader.Channels channels = new TransportHeader.Channels(first, first + 1);
      if (free(channels, own)) {
        return Optional.of(channels);
      }
    }
    return Optional.empty();
  }

  private boolean free(TransportHeader.Channels channels, Optional<ServerSession> own) {
    return sessions.values().stream()
        .filter(session -> own.isEmpty() || session != own.get())
        .map(ServerSession::channels)
        .noneMatch(
            taken ->
                taken.rtp() == channels.rtp()
                    || taken.rtp() == channels.rtcp()
                    || taken.rtcp() == channels.rtp()
                    || taken.rtcp() == channels.rtcp());
  }

  private RtspResponse play(ServerSession session) {
    Playout playout = streams.play(session);
    String stream = session.base() + "/" + RequestPath.CONTROL;
    String info =
        "url="
            + stream
            + ";seq="
            + playout.stream().nextSequence()
            + ";rtptime="
            + playout.nextTimestamp();
    return withSessionField(RtspResponse.of(200, "OK"), session)
        .with("Range", session.source().live() ? "npt=now-" : "npt=0.000-")
        .with("RTP-Info", info);
  }

  private RtspResponse pause(ServerSession session) {
    streams.stop(session);
    return withSessionField(RtspResponse.of(200, "OK"), session);
  }

  private RtspResponse tearDown(ServerSession session) {
    streams.stop(session);
    sessions.remove(session.id());
    return RtspResponse.of(200, "OK");
  }

  /** An empty body asks whether the session lives; there are no parameters. */
  private RtspResponse parameter(RtspRequest request) {
    if (sessionId(request).isPresent()) {
      return withSession(request, session -> withSessionField(parameters(request), session));
    }
    return parameters(request);
  }

  private static RtspResponse parameters(RtspRequest request) {
    return request.body().size() == 0
        ? RtspResponse.of(200, "OK")
        : RtspResponse.of(451, "Parameter Not Understood");
  }

  private RtspResponse withSession(
      RtspRequest request, java.util.function.Function<ServerSession, RtspResponse> action) {
    Optional<String> id = sessionId(request);
    ServerSession session = id.isEmpty() ? null : sessions.get(id.get());
    return session == null ? unknownSession() : action.apply(session);
  }

  private static Optional<String> sessionId(RtspRequest request) {
    return request.headers().first("Session").flatMap(SessionHeader::parse).map(SessionHeader::id);
  }

  private RtspResponse withSessionField(RtspResponse response, ServerSession session) {
    int timeout = (int) context.playback().sessionTimeout().toSeconds();
    return response.with(
        "Session", new SessionHeader(session.id(), OptionalInt.of(timeout)).format());
  }

  private static RtspResponse unknownSession() {
    return RtspResponse.of(454, "Session Not Found");
  }

  private static RtspResponse badRequest() {
    return RtspResponse.of(400, "Bad Request");
  }
}
