package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.message.Challenge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
  private static final String RFC_7616 =
      "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
          + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
          + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
  private static final String RFC_2617 =
      "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
          + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

  private static String answer(String challenge, String password, String clientNonce) {
    return Digest.of(Challenge.parse(challenge).get(0), RtspCredentials.of("Mufasa", password))
        .orElseThrow()
        .authorization("GET", "/dir/index.html", 1, clientNonce);
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 7616 section 3.9.1
    "algorithm=MD5, 8ca523f5e9506fed4657c9700eebdbec",
    "algorithm=SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
  })
  void authorization_rfc7616_isTheRfcs(String algorithm, String response) {
    String text =
        answer(
            RFC_7616 + ", " + algorithm,
            "Circle of Life",
            "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
    assertThat(text)
        .contains("response=\"" + response + "\"")
        .contains(algorithm)
        .contains("qop=auth, nc=00000001")
        .contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
  }

  /** RFC 7616 section 3.4.3: the hash of the body, which is empty, belongs to the request. */
  @Test
  void authorization_integrityOnly_hashesTheEmptyBody() {
    String text = answer(RFC_2617 + ", qop=\"auth-int\"", "Circle Of Life", "0a4f113b");
    assertThat(text)
        .contains("qop=auth-int")
        .contains("response=\"5e6610ecf9ba3017a4870ad48e3ad30b\"");
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 2617 section 3.5, and RFC 2069 section 2.4 with its erratum 749
    "', qop=\"auth,auth-int\"', Circle Of Life, 6629fae49393a05397450978507c4ef1",
    "'', CircleOfLife, 1949323746fe6a43ef61f9606e7febea",
  })
  void authorization_olderRfcs_isTheRfcs(String quality, String password, String response) {
    String text = answer(RFC_2617 + quality, password, "0a4f113b");
    assertThat(text).contains("response=\"" + response + "\"").doesNotContain("algorithm");
    assertThat(text.contains("cnonce=\"0a4f113b\"")).isEqualTo(!quality.isEmpty());
  }
}
