package io.lva.playback;

import io.lva.playback.http.EntityTag;
import io.lva.playback.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The player page and its scripts, from the class path. Only what is named here can be fetched.
 *
 * <p>Thread-safe.
 */
final class PageResources {
  private static final String HLS_SCRIPT = "page/vendor/hls-1.7.4.min.js";

  /** hls.js runs its demuxer in a worker that it creates from a blob. */
  private static final String POLICY =
      "default-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; img-src 'self' data:;"
          + " style-src 'self'; base-uri 'none'; form-action 'none'";

  private static final Set<String> SCRIPTS =
      Set.of(
          "address",
          "api",
          "assets",
          "calendar",
          "coverage",
          "day",
          "dom",
          "edge",
          "export",
          "format",
          "gestures",
          "hls",
          "keyboard",
          "page",
          "painter",
          "player",
          "stage",
          "strip",
          "theme",
          "timeline",
          "watchdog");

  private final Map<String, Response> loaded = new ConcurrentHashMap<>();

  /** Finds what a path names; the empty path is the page. */
  Optional<Response> find(String path) throws IOException {
    String name = path.isEmpty() ? "index.html" : path;
    Optional<String> type = type(name);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Response known = loaded.get(name);
    if (known == null) {
      byte[] content = load(name);
      known =
          Response.bytes(200, type.get(), content)
              .with("ETag", EntityTag.of(content))
              .with("Cache-Control", "no-cache")
              .with("X-Content-Type-Options", "nosniff");
      if (name.equals("index.html")) {
        known = known.with("Content-Security-Policy", POLICY);
      }
      loaded.put(name, known);
    }
    return Optional.of(known);
  }

  private static Optional<String> type(String name) {
    return switch (name) {
      case "index.html" -> Optional.of("text/html; charset=utf-8");
      case "page/page.css" -> Optional.of("text/css; charset=utf-8");
      default ->
          name.startsWith("page/")
                  && name.endsWith(".js")
                  && SCRIPTS.contains(name.substring(5, name.length() - 3))
              ? Optional.of("text/javascript; charset=utf-8")
              : Optional.empty();
    };
  }

  private static byte[] load(String name) throws IOException {
    String file = name.startsWith("page/") ? name : "page/" + name;
    try (InputStream in =
        PageResources.class.getResourceAsStream(file.equals("page/hls.js") ? HLS_SCRIPT : file)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }
}
