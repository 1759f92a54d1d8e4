package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private static final String DIGEST = "Digest realm=\"r\", nonce=\"n\"";
  private static final String BASIC = "Basic realm=\"r\"";

  private final Authenticator authenticator =
      new Authenticator(Optional.of(RtspCredentials.of("user", "a:b/c@d%")), () -> "00");

  private String authorization() {
    return authenticator.authorization("DESCRIBE", "rtsp://h/p").orElse("");
  }

  @Test
  void challenged_withoutCredentials_isNotWorthRepeating() {
    Authenticator open = new Authenticator(Optional.empty(), () -> "00");
    assertThat(open.challenged(List.of(BASIC))).isFalse();
    assertThat(open.authorization("PLAY", "x")).isEmpty();
  }

  @Test
  void challenged_basicAndDigest_choosesDigestInEitherOrder() {
    assertThat(authenticator.challenged(List.of(BASIC, DIGEST))).isTrue();
    assertThat(authorization()).startsWith("Digest username=\"user\"");
    authenticator.accepted();
    assertThat(authenticator.challenged(List.of(DIGEST + ", " + BASIC))).isTrue();
    assertThat(authorization()).startsWith("Digest ");
  }

  @Test
  void challenged_severalDigests_choosesTheStrongest() {
    authenticator.challenged(
        List.of(DIGEST + ", algorithm=MD5", DIGEST + ", algorithm=SHA-256", DIGEST));
    assertThat(authorization()).contains("algorithm=SHA-256");
  }

  @Test
  void challenged_unknownAlgorithmAndBasic_choosesBasic() {
    assertThat(authenticator.challenged(List.of(DIGEST + ", algorithm=TIGER", BASIC))).isTrue();
    assertThat(authorization()).isEqualTo("Basic dXNlcjphOmIvY0BkJQ==");
  }

  @Test
  void challenged_again_refuses() {
    assertThat(authenticator.challenged(List.of(DIGEST))).isTrue();
    assertThat(authenticator.challenged(List.of(DIGEST))).isFalse();
    assertThat(authorization()).isEmpty();
  }

  @Test
  void challenged_again_onTheNextConnection_answers() {
    authenticator.challenged(List.of(DIGEST));
    assertThat(authenticator.challenged(List.of(DIGEST))).isFalse();
    authenticator.connected();
    assertThat(authenticator.challenged(List.of(DIGEST))).isTrue();
  }

  private static String basic(Authenticator authenticator) {
    String header = authenticator.authorization("DESCRIBE", "rtsp://h/p").orElse("Basic ");
    return new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
  }

  private static Authenticator of(String url) {
    return new Authenticator(RtspUrl.parse(url).credentials(), () -> "00");
  }

  @Test
  void challenged_decodedLoginRefused_theLoginAsTypedIsTriedAndKept() {
    Optional<RtspCredentials> login = RtspUrl.parse("rtsp://user:a%40b@h/p").credentials();
    Authenticator encoded = new Authenticator(login, () -> "00");
    assertThat(encoded.challenged(List.of(BASIC))).isTrue();
    assertThat(basic(encoded)).isEqualTo("user:a@b");
    assertThat(encoded.challenged(List.of(BASIC))).isTrue();
    assertThat(basic(encoded)).isEqualTo("user:a%40b");
    encoded.accepted();
    encoded.use(login);
    encoded.connected();
    assertThat(encoded.challenged(List.of(BASIC))).isTrue();
    assertThat(basic(encoded)).isEqualTo("user:a%40b");
  }

  @Test
  void challenged_bothReadingsRefused_isNotWorthRepeatingBeforeTheNextConnection() {
    Authenticator encoded = of("rtsp://user:a%40b@h/p");
    assertThat(encoded.challenged(List.of(BASIC))).isTrue();
    assertThat(encoded.challenged(List.of(BASIC))).isTrue();
    assertThat(encoded.challenged(List.of(BASIC))).isFalse();
    encoded.connected();
    assertThat(encoded.challenged(List.of(BASIC))).isTrue();
  }

  @Test
  void challenged_loginWithoutEscapesRefused_isNotTriedTwice() {
    Authenticator plain = of("rtsp://user:a@b%@h/p");
    assertThat(plain.challenged(List.of(BASIC))).isTrue();
    assertThat(plain.challenged(List.of(BASIC))).isFalse();
  }

  @Test
  void challenged_staleNonce_repeatsAFewTimes() {
    String stale = DIGEST + ", stale=TRUE";
    assertThat(authenticator.challenged(List.of(DIGEST))).isTrue();
    assertThat(authenticator.challenged(List.of(stale))).isTrue();
    assertThat(authenticator.challenged(List.of(stale))).isTrue();
    assertThat(authenticator.challenged(List.of(stale))).isFalse();
  }

  @Test
  void challenged_midSession_answersAnew() {
    authenticator.challenged(List.of(DIGEST));
    authenticator.accepted();
    assertThat(authenticator.challenged(List.of("Digest realm=\"r\", nonce=\"m\""))).isTrue();
    assertThat(authorization()).contains("nonce=\"m\"");
  }

  @Test
  void authorization_sameNonce_countsUp() {
    authenticator.challenged(List.of(DIGEST + ", qop=\"auth\", opaque=\"o\""));
    assertThat(authorization()).contains("nc=00000001").contains("opaque=\"o\"");
    assertThat(authorization()).contains("nc=00000002").contains("cnonce=\"00\"");
  }

  @Test
  void authorization_noAlgorithmNamed_namesNone() {
    authenticator.challenged(List.of("Digest realm=\"Surveillance Server\", nonce=\"98481030\""));
    assertThat(authorization())
        .doesNotContain("algorithm")
        .doesNotContain("cnonce")
        .contains("uri=\"rtsp://h/p\"");
  }

  @Test
  void forbidBasic_afterRedirect_neverSendsThePassword() {
    authenticator.challenged(List.of(BASIC));
    authenticator.forbidBasic();
    assertThat(authorization()).isEmpty();
    authenticator.connected();
    assertThat(authenticator.challenged(List.of(BASIC))).isFalse();
    assertThat(authenticator.challenged(List.of(DIGEST))).isTrue();
  }

  @Test
  void use_backAtTheFirstHost_answersBasicAgain() {
    authenticator.forbidBasic();
    assertThat(authenticator.canAnswer(List.of(BASIC))).isFalse();
    authenticator.use(Optional.of(RtspCredentials.of("user", "a:b/c@d%")));
    assertThat(authenticator.canAnswer(List.of(BASIC))).isTrue();
    assertThat(authenticator.challenged(List.of(BASIC))).isTrue();
  }

  @Test
  void challenged_qualitiesWithoutQuotes_areRead() {
    String challenge = "Digest realm=\"r\", qop=auth,auth-int, nonce=\"n\"";
    assertThat(authenticator.challenged(List.of(challenge))).isTrue();
    assertThat(authorization()).contains("qop=auth, nc=00000001").contains("nonce=\"n\"");
  }

  @Test
  void toString_password_isMasked() {
    assertThat(RtspCredentials.of("user", "geheim").toString()).isEqualTo("user:****");
  }
}
