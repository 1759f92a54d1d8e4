package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The scripts of others that this module carries are those that were published. */
class VendoredScriptTest {
  /** {@code dist/hls.min.js} of the npm package {@code hls.js} 1.7.4. */
  private static final String HLS_SHA256 =
      "cfc70cc9e9fc63d071919e087670abc760c8fd1bc889b88588026e4d22193bbe";

  @Test
  void hls_isTheScriptOfTheNpmPackage() throws IOException, NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(resource("page/vendor/hls-1.7.4.min.js"));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(HLS_SHA256);
    assertThat(
            new String(
                resource("page/vendor/hls-LICENSE.txt"), java.nio.charset.StandardCharsets.UTF_8))
        .contains("Apache License, Version 2.0");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Playback.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }
}
