package io.lva.iot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in the two spellings of Microsoft's client; the signatures are those of openssl. */
class SharedAccessSignatureTest {
  private static final String RESOURCE = "h/devices/e/modules/m";
  private static final String KEY = "c2VjcmV0";
  private static final String PLAIN =
      "SharedAccessSignature sig=GotQAw6Rh6SXTkH0enBmLGQnOiaCZJsSUC7WMiA8igU%3D&se=4102444800"
          + "&sr=h/devices/e/modules/m";
  private static final String ENCODED =
      "SharedAccessSignature sr=h%2Fdevices%2Fe%2Fmodules%2Fm"
          + "&sig=UlPxGMsmXpmlUMbBy5ijl4iEgC%2FunLLXMUJ8fCwKQQA%3D&se=4102444800";

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, ENCODED})
  void verify_signedWithTheKey_onlyForThisResourceAndKey(String token) {
    assertThat(SharedAccessSignature.verify(token, RESOURCE, KEY)).isTrue();
    assertThat(SharedAccessSignature.verify(token, RESOURCE, "c2VjcmV1")).isFalse();
    assertThat(SharedAccessSignature.verify(token, RESOURCE + "2", KEY)).isFalse();
    assertThat(SharedAccessSignature.verify(token.replace("se=4", "se=5"), RESOURCE, KEY))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic x",
        "SharedAccessSignature ",
        "SharedAccessSignature sr=h&sig=YGPc8nTPd3tgF4vtz6R2vYGUzEMMfq6SDMIyP3bdwok%3D&se=1000"
      })
  void verify_noTokenOrOneThatHasExpired_refused(String token) {
    assertThat(SharedAccessSignature.verify(token, "h", KEY)).isFalse();
  }
}
