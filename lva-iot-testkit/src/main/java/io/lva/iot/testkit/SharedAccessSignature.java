package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies the tokens of IoT Hub. */
final class SharedAccessSignature {
  private static final String PREFIX = "SharedAccessSignature ";

  private SharedAccessSignature() {}

  /** Returns whether a token was signed with a key, names a resource and has not expired. */
  static boolean verify(String token, String resource, String key) {
    if (!token.startsWith(PREFIX)) {
      return false;
    }
    Map<String, String> fields = new HashMap<>();
    for (String field : token.substring(PREFIX.length()).split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(field.substring(0, equals), field.substring(equals + 1));
      }
    }
    String signed = fields.getOrDefault("sr", "");
    String expiry = fields.getOrDefault("se", "0");
    String signature = URLDecoder.decode(fields.getOrDefault("sig", ""), UTF_8);
    return URLDecoder.decode(signed, UTF_8).equals(resource)
        && Long.parseLong(expiry) > Instant.now().getEpochSecond()
        && sign(key, signed + "\n" + expiry).equals(signature);
  }

  /** Returns the HMAC-SHA256 of a text, in Base64. */
  static String sign(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
