package io.lva.rtsp.session;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.message.RtspHeaders;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.SessionHeader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends requests with the header fields that all of them carry, and pairs responses with them.
 *
 * <p>Confined to its media loop.
 */
final class RtspDialogue {
  private static final String USER_AGENT = "lva";
  private static final int MAXIMUM_PENDING = 16;

  private final RtspWire wire;
  private final Authenticator authenticator;
  private final Deviations deviations;
  private final Map<Long, Exchange> pending = new LinkedHashMap<>();
  private Optional<SessionHeader> session = Optional.empty();
  private long sequence;

  /**
   * A request that was sent.
   *
   * @param request without the fields that every request carries
   * @param essential whether the session waits for the response
   * @param sentNanos monotonic time
   */
  record Exchange(RtspRequest request, boolean essential, long sentNanos) {}

  RtspDialogue(RtspWire wire, Authenticator authenticator, Deviations deviations) {
    this.wire = wire;
    this.authenticator = authenticator;
    this.deviations = deviations;
  }

  /**
   * Sends a request; when too many are unanswered, the oldest that is not essential is forgotten.
   */
  void send(RtspRequest request, boolean essential, long nanoTime) {
    sequence++;
    RtspHeaders headers =
        RtspHeaders.empty().with("CSeq", Long.toString(sequence)).with("User-Agent", USER_AGENT);
    if (session.isPresent()) {
      headers = headers.with("Session", session.get().id());
    }
    Optional<String> proof = authenticator.authorization(request.method(), request.uri());
    if (proof.isPresent()) {
      headers = headers.with("Authorization", proof.get());
    }
    for (RtspHeaders.Field field : request.headers().fields()) {
      headers = headers.with(field.name(), field.value());
    }
    pending.put(sequence, new Exchange(request, essential, nanoTime));
    forgetOld();
    deviations.at("after " + request.method() + ", CSeq " + sequence);
    wire.send(
        new RtspRequest(
            request.method(), request.uri(), request.version(), headers, request.body()));
  }

  private void forgetOld() {
    if (pending.size() > MAXIMUM_PENDING) {
      pending.values().stream()
          .filter(exchange -> !exchange.essential())
          .findFirst()
          .ifPresent(pending.values()::remove);
    }
  }

  /** Finds the request that a response answers, even when its number is wrong or missing. */
  Optional<Exchange> answered(RtspResponse response) {
    OptionalLong number = response.sequence();
    if (number.isPresent() && pending.containsKey(number.getAsLong())) {
      return Optional.of(pending.remove(number.getAsLong()));
    }
    // A keep-alive may be refused under another number, too: the oldest request is meant then.
    Optional<Exchange> meant = awaited().or(() -> pending.values().stream().findFirst());
    if (meant.isPresent()) {
      // VLC sends its 401 without CSeq.
      if (number.isEmpty()) {
        deviations.note(Deviation.RESPONSE_WITHOUT_CSEQ, "status {0}", response.status());
      } else {
        deviations.note(Deviation.RESPONSE_WITH_UNKNOWN_CSEQ, "CSeq {0}", number.getAsLong());
      }
      pending.values().remove(meant.get());
    }
    return meant;
  }

  /** Returns the request that the session waits for. */
  Optional<Exchange> awaited() {
    return pending.values().stream().filter(Exchange::essential).findFirst();
  }

  /** Adopts the session that a response names. */
  void updateSession(RtspResponse response) {
    Optional<SessionHeader> named = response.header("Session").flatMap(SessionHeader::parse);
    if (named.isEmpty()) {
      return;
    }
    if (session.isPresent() && !session.get().id().equals(named.get().id())) {
      // H264DVR 1.0 gives each stream a session of its own (retina issue 85).
      deviations.note(
          Deviation.SESSION_ID_CHANGES,
          "id of {0} characters, then of {1}",
          session.get().id().length(),
          named.get().id().length());
    }
    if (session.isEmpty() || named.get().timeoutSeconds().isPresent()) {
      session = named;
    } else {
      session = Optional.of(new SessionHeader(named.get().id(), session.get().timeoutSeconds()));
    }
  }

  Optional<SessionHeader> session() {
    return session;
  }
}
