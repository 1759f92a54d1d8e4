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
import java.util.stream.Collectors;

/**
 * Answers the requests of one connection (RFC 2326 sections 10 and 11).
 *
 * <p>Confined to the event loop of its connection.
 */
final class RtspRequests {
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
    /** Names the two channels on which the client may send. */
    void assign(TransportHeader.Channels channels);

    /** Prepares to play all that is set up; media follows the response. */
    void play(ServerSession session);

    /** Stops playing. */
    void stop(ServerSession session);
  }

  RtspRequests(SimulatorContext context, Streams streams, SplittableRandom random) {
    this.context = context;
    this.streams = streams;
    this.random = random;
  }

  /** Returns the sessions of the connection. */
  Iterable<ServerSession> sessions() {
    return sessions.values();
  }

  /** Carries out a request and returns its answer with all header fields. */
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
    SourceAddress path = SourceAddress.parse(request.uri());
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

  private RtspResponse missing(SourceAddress path) {
    String reason = context.rejected().get(path.source());
    if (reason == null) {
      return RtspResponse.of(404, "Not Found");
    }
    return RtspResponse.of(415, "Unsupported Media Type")
        .withBody("text/plain", Bytes.copyOf((reason + "\r\n").getBytes(StandardCharsets.UTF_8)));
  }

  private RtspResponse setup(RtspRequest request) {
    SourceAddress path = SourceAddress.parse(request.uri());
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
    if (path.track() >= source.tracks().size()) {
      return RtspResponse.of(404, "Not Found");
    }
    if (path.track() == SourceAddress.WHOLE && source.tracks().size() > 1) {
      return RtspResponse.of(459, "Aggregate Operation Not Allowed");
    }
    int track = Math.max(0, path.track());
    Optional<String> id = sessionId(request);
    if (id.isEmpty()) {
      return newSession(source, path, track, chosen.get());
    }
    ServerSession session = sessions.get(id.get());
    if (session == null) {
      return unknownSession();
    }
    if (session.playing() || session.source() != source) {
      return RtspResponse.of(455, "Method Not Valid in This State").with("Allow", METHODS);
    }
    return channels(chosen.get(), session, track)
        .map(channels -> setUp(session, track, channels))
        .orElseGet(RtspRequests::badRequest);
  }

  private RtspResponse newSession(
      MediaSource source, SourceAddress path, int track, TransportHeader transport) {
    if (sessions.size() == MAXIMUM_SESSIONS) {
      return RtspResponse.of(453, "Not Enough Bandwidth");
    }
    String id = HexFormat.of().toHexDigits(random.nextLong());
    ServerSession session = new ServerSession(id, source, path.base());
    Optional<TransportHeader.Channels> channels = channels(transport, session, track);
    if (channels.isEmpty()) {
      return badRequest();
    }
    sessions.put(id, session);
    return setUp(session, track, channels.get());
  }

  private RtspResponse setUp(ServerSession session, int track, TransportHeader.Channels chosen) {
    session.setUp(track, chosen);
    streams.assign(chosen);
    String channels = chosen.rtp() + "-" + chosen.rtcp();
    TransportHeader transport =
        new TransportHeader("RTP/AVP/TCP", Map.of())
            .with("unicast", "")
            .with("interleaved", channels);
    return withSessionField(RtspResponse.of(200, "OK"), session)
        .with("Transport", transport.format());
  }

  /** Chooses the channels that the client names, or the lowest two that are free. */
  private Optional<TransportHeader.Channels> channels(
      TransportHeader transport, ServerSession own, int track) {
    Optional<TransportHeader.Channels> named = transport.channels();
    if (named.isPresent() || transport.parameters().containsKey("interleaved")) {
      return named.filter(
          channels -> channels.rtp() != channels.rtcp() && free(channels, own, track));
    }
    for (int first = 0; first < 256; first += 2) {
      TransportHeader.Channels channels = new TransportHeader.Channels(first, first + 1);
      if (free(channels, own, track)) {
        return Optional.of(channels);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns whether no other track uses the channels; a track that is set up again may keep its
   * own.
   */
  private boolean free(TransportHeader.Channels channels, ServerSession own, int track) {
    return sessions.values().stream()
        .flatMap(
            session ->
                session.channels().entrySet().stream()
                    .filter(taken -> session != own || taken.getKey() != track))
        .noneMatch(taken -> overlap(taken.getValue(), channels));
  }

  private static boolean overlap(TransportHeader.Channels taken, TransportHeader.Channels other) {
    return taken.rtp() == other.rtp()
        || taken.rtp() == other.rtcp()
        || taken.rtcp() == other.rtp()
        || taken.rtcp() == other.rtcp();
  }

  private RtspResponse play(ServerSession session) {
    streams.play(session);
    String info =
        session.playouts().entrySet().stream()
            .map(each -> info(session, each.getKey(), each.getValue()))
            .collect(Collectors.joining(","));
    return withSessionField(RtspResponse.of(200, "OK"), session)
        .with("Range", session.source().live() ? "npt=now-" : "npt=0.000-")
        .with("RTP-Info", info);
  }

  private static String info(ServerSession session, int track, Playout playout) {
    String stream = session.base() + "/" + SourceAddress.control(track);
    int sequence = playout.stream().nextSequence();
    return "url=" + stream + ";seq=" + sequence + ";rtptime=" + playout.nextTimestamp();
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

  /**
   * Answers a request about parameters, of which there are none; a request with an empty body only
   * asks whether the session is alive.
   */
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
    int timeout = (int) context.delivery().sessionTimeout().toSeconds();
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
