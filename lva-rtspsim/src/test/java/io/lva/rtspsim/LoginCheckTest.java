package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LoginCheckTest {
  private static final String URI = "rtsp://127.0.0.1/pattern?a=1";

  @Test
  void refuse_noCredentials_allowsEverything() {
    LoginCheck open = new LoginCheck(Optional.empty(), List.of(AuthenticationScheme.DIGEST));

    assertThat(open.refuse(describe())).isEmpty();
  }

  @Test
  void refuse_nothingGiven_challengesInOrder() {
    LoginCheck both = with(AuthenticationScheme.DIGEST, AuthenticationScheme.BASIC);

    RtspResponse response = both.refuse(describe()).orElseThrow();

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.headers().all("WWW-Authenticate")).hasSize(2);
    assertThat(response.headers().all("WWW-Authenticate").get(0)).startsWith("Digest ");
    assertThat(response.headers().all("WWW-Authenticate").get(1))
        .isEqualTo("Basic realm=\"camera\"");
  }

  @Test
  void refuse_basic_comparesUserAndPassword() {
    LoginCheck basic = with(AuthenticationScheme.BASIC);

    assertThat(basic.refuse(withBasic("cam:p@ss:word"))).isEmpty();
    assertThat(basic.refuse(withBasic("cam:wrong"))).isPresent();
    assertThat(basic.refuse(withBasic("other:p@ss:word"))).isPresent();
    assertThat(with(AuthenticationScheme.DIGEST).refuse(withBasic("cam:p@ss:word"))).isPresent();
  }

  @Test
  void refuse_digest_comparesResponse() throws Exception {
    LoginCheck digest = with(AuthenticationScheme.DIGEST);
    String nonce = nonce(digest);

    assertThat(digest.refuse(withDigest("cam", "p@ss:word", nonce, URI))).isEmpty();
    assertThat(digest.refuse(withDigest("cam", "wrong", nonce, URI))).isPresent();
    assertThat(digest.refuse(withDigest("cam", "p@ss:word", nonce, "rtsp://127.0.0.1/pattern")))
        .isPresent();
  }

  @Test
  void refuse_staleNonce_saysSoOnlyToWhoKnowsThePassword() throws Exception {
    LoginCheck digest = with(AuthenticationScheme.DIGEST);
    String old = nonce(digest);
    digest.renewNonce();

    assertThat(challenge(digest, withDigest("cam", "p@ss:word", old, URI))).contains("stale=true");
    assertThat(challenge(digest, withDigest("cam", "wrong", old, URI))).doesNotContain("stale");
  }

  @Test
  void refuse_sha256WithQop_comparesResponse() throws Exception {
    LoginCheck digest = with(AuthenticationScheme.DIGEST_SHA_256);
    String nonce = nonce(digest);
    String secret = hash("SHA-256", "cam:camera:p@ss:word");
    String action = hash("SHA-256", "DESCRIBE:" + URI);
    String response = hash("SHA-256", secret + ":" + nonce + ":00000001:0a4f113b:auth:" + action);
    String given =
        "Digest username=\"cam\", realm=\"camera\", nonce=\""
            + nonce
            + "\", uri=\""
            + URI
            + "\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\""
            + response
            + "\"";

    assertThat(challenge(digest, describe())).contains("qop=\"auth\"", "algorithm=SHA-256");
    assertThat(digest.refuse(describe().with("Authorization", given))).isEmpty();
    assertThat(digest.refuse(describe().with("Authorization", given.replace("0a4f", "0a4e"))))
        .isPresent();
  }

  @Test
  void change_otherPassword_refusesTheOldOne() {
    LoginCheck basic = with(AuthenticationScheme.BASIC);
    basic.change(Optional.of(new LoginCheck.Login("cam", "new")));

    assertThat(basic.refuse(withBasic("cam:p@ss:word"))).isPresent();
    assertThat(basic.refuse(withBasic("cam:new"))).isEmpty();
  }

  @Test
  void toString_credentials_hidesThem() {
    assertThat(new LoginCheck.Login("cam", "secret").toString()).isEqualTo("****");
  }

  private static LoginCheck with(AuthenticationScheme... schemes) {
    return new LoginCheck(Optional.of(new LoginCheck.Login("cam", "p@ss:word")), List.of(schemes));
  }

  private static RtspRequest describe() {
    return RtspRequest.of("DESCRIBE", URI);
  }

  private static RtspRequest withBasic(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return describe().with("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  private static RtspRequest withDigest(String user, String password, String nonce, String uri)
      throws NoSuchAlgorithmException {
    return describe().with("Authorization", digest("DESCRIBE", user, password, nonce, uri));
  }

  /** Answers a challenge without {@code qop}, as most clients do. */
  static String digest(String method, String user, String password, String nonce, String uri)
      throws NoSuchAlgorithmException {
    String secret = hash("MD5", user + ":camera:" + password);
    String response = hash("MD5", secret + ":" + nonce + ":" + hash("MD5", method + ":" + uri));
    return "Digest username=\""
        + user
        + "\", realm=\"camera\", nonce=\""
        + nonce
        + "\", uri=\""
        + uri
        + "\", response=\""
        + response
        + "\"";
  }

  private static String challenge(LoginCheck authenticator, RtspRequest request) {
    return authenticator
        .refuse(request)
        .flatMap(response -> response.headers().first("WWW-Authenticate"))
        .orElseThrow();
  }

  private static String nonce(LoginCheck authenticator) {
    Matcher matcher =
        Pattern.compile("nonce=\"([^\"]+)\"").matcher(challenge(authenticator, describe()));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String hash(String algorithm, String text) throws NoSuchAlgorithmException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }
}
