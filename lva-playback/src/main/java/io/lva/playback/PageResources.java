package io.lva.playback;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The player page and its scripts, from the class path. Only what is named here can be fetched.
 *
 * <p>Thread-safe.
 */
final class PageResources {
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String HLS_SCRIPT =
      "META-INF/resources/webjars/hls.js/1.4.12/dist/hls.min.js";

  /** hls.js runs its demuxer in a worker that it makes of a blob. */
  private static final String POLICY =
      "default-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; img-src 'self' data:;"
          + " style-src 'self'; base-uri 'none'; form-action 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "page/page.css", "text/css; charset=utf-8",
          "page/page.js", JAVASCRIPT,
          "page/api.js", JAVASCRIPT,
          "page/format.js", JAVASCRIPT,
          "page/player.js", JAVASCRIPT,
          "page/strip.js", JAVASCRIPT,
          "page/hls.js", JAVASCRIPT);

  private final Map<String, Response> loaded = new ConcurrentHashMap<>();

  /** Finds what a path names; the empty path is the page. */
  Optional<Response> find(String path) throws IOException {
    String name = path.isEmpty() ? "index.html" : path;
    String type = TYPES.get(name);
    if (type == null) {
      return Optional.empty();
    }
    Response known = loaded.get(name);
    if (known == null) {
      byte[] content = load(name);
      known =
          Response.bytes(200, type, content)
              .with("ETag", tag(content))
              .with("Cache-Control", "no-cache")
              .with("X-Content-Type-Options", "nosniff");
      if (name.equals("index.html")) {
        known = known.with("Content-Security-Policy", POLICY);
      }
      loaded.put(name, known);
    }
    return Optional.of(known);
  }

  private static byte[] load(String name) throws IOException {
    try (InputStream in =
        name.equals("page/hls.js")
            ? PageResources.class.getClassLoader().getResourceAsStream(HLS_SCRIPT)
            : PageResources.class.getResourceAsStream(
                name.startsWith("page/") ? name : "page/" + name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  /** Names content by itself, for a strong entity tag. */
  static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
