package io.lva.rtsp.session;

import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.message.Challenge;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Authenticates us to one camera: Basic (RFC 7617) and Digest (RFC 7616, RFC 2069), whichever of
 * the offered challenges is strongest.
 *
 * <p>A login in a URL may look percent-encoded although it is meant as it was typed. When the
 * decoded login is refused, the login as typed is tried; whichever is accepted is used from then
 * on.
 *
 * <p>Lives longer than a connection: a camera that drops the connection after its challenge gets
 * the answer with the first request of the next connection (VStarcam).
 *
 * <p>Confined to its media loop.
 */
public final class Authenticator {
  private static final int STALE_ANSWERS = 3;

  private Optional<RtspCredentials> given;
  private Optional<RtspCredentials> credentials;
  private final Supplier<String> clientNonces;
  private Optional<Challenge> challenge = Optional.empty();
  private String clientNonce = "";
  private int uses;
  private int answers;
  private boolean basicAllowed = true;
  private boolean otherRead;

  /**
   * Creates an authenticator that has not been challenged.
   *
   * @param credentials empty when there are none to give
   * @param clientNonces returns a random text for each challenge
   */
  public Authenticator(Optional<RtspCredentials> credentials, Supplier<String> clientNonces) {
    this.given = credentials;
    this.credentials = credentials;
    this.clientNonces = clientNonces;
  }

  /** Forbids Basic from now on: the password must not go to a host that a redirect named. */
  void forbidBasic() {
    basicAllowed = false;
    challenge = challenge.filter(known -> !known.scheme().equals("basic"));
  }

  /**
   * Sets the credentials that were given for the next host, to which they may therefore be sent as
   * Basic.
   */
  void use(Optional<RtspCredentials> wanted) {
    if (!wanted.equals(given)) {
      challenge = Optional.empty();
      given = wanted;
      credentials = wanted;
    }
    basicAllowed = true;
  }

  boolean hasCredentials() {
    return credentials.isPresent();
  }

  /**
   * Takes the challenges of a 401.
   *
   * @param fields values of all {@code WWW-Authenticate} fields
   * @return whether the request is worth repeating. It is not without credentials, without a
   *     challenge that can be answered, or when the last answer was refused; but a stale nonce may
   *     be answered up to three times in a row, and the other reading of a login is tried once
   */
  public boolean challenged(List<String> fields) {
    Optional<Challenge> best = strongest(fields);
    boolean stale = best.map(Challenge::isStale).orElse(false);
    boolean repeat =
        credentials.isPresent()
            && best.isPresent()
            && (answers == 0 || (stale ? answers < STALE_ANSWERS : otherReading()));
    challenge = repeat ? best : Optional.empty();
    if (!repeat) {
      return false;
    }
    clientNonce = clientNonces.get();
    uses = 0;
    answers++;
    return true;
  }

  /** Goes on to the other reading of a login that looks percent-encoded, once per connection. */
  private boolean otherReading() {
    Optional<RtspCredentials> typed = given.flatMap(RtspCredentials::asTyped);
    if (typed.isEmpty() || otherRead) {
      return false;
    }
    otherRead = true;
    credentials = credentials.equals(given) ? typed : given;
    return true;
  }

  /** Returns whether one of the challenges can be answered. */
  boolean canAnswer(List<String> fields) {
    return strongest(fields).isPresent();
  }

  private Optional<Challenge> strongest(List<String> fields) {
    return fields.stream()
        .flatMap(field -> Challenge.parse(field).stream())
        .filter(offered -> strength(offered) > (basicAllowed ? 0 : 1))
        .max(Comparator.comparingInt(Authenticator::strength));
  }

  /** Returns how strong a scheme is; 0 when the challenge cannot be answered. */
  private static int strength(Challenge challenge) {
    if (challenge.scheme().equals("basic")) {
      return 1;
    }
    if (!challenge.scheme().equals("digest") || challenge.parameter("nonce").isEmpty()) {
      return 0;
    }
    return Digest.algorithmOf(challenge).map(Digest.Algorithm::strength).orElse(0);
  }

  /** Notes that a new connection begins, whose first 401 may be answered. */
  public void connected() {
    answers = 0;
    otherRead = false;
  }

  /**
   * Notes that an authorized request was carried out, so that the next 401 may be answered again.
   */
  void accepted() {
    answers = 0;
  }

  /**
   * Returns the value of {@code Authorization} for a request.
   *
   * @param method of the request
   * @param uri exactly as it appears in the request line
   * @return the value; empty without credentials, or when there is no challenge to answer
   */
  public Optional<String> authorization(String method, String uri) {
    if (credentials.isEmpty() || challenge.isEmpty()) {
      return Optional.empty();
    }
    if (challenge.get().scheme().equals("basic")) {
      return Optional.of(basic(credentials.get()));
    }
    uses++;
    return Digest.of(challenge.get(), credentials.get())
        .map(digest -> digest.authorization(method, uri, uses, clientNonce));
  }

  private static String basic(RtspCredentials credentials) {
    String pair = credentials.username() + ":" + credentials.password().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
