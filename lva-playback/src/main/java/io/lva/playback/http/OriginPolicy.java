package io.lva.playback.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Keeps pages of foreign sites from reading recordings through the browser of somebody who may read
 * them: requests must address this server by one of its names, and pages of another origin must be
 * allowed (Fetch Standard, section 3.2).
 *
 * <p>Thread-safe.
 */
final class OriginPolicy implements HttpHandler {
  private static final Pattern IP_ADDRESS =
      Pattern.compile("\\[[0-9a-f:.%]+]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*://");
  private static final String EXPOSED = "Content-Length, Content-Range, ETag, Date";

  private final HttpHandler next;
  private final Set<String> origins;
  private final Set<String> hosts = new HashSet<>(Set.of("localhost"));

  OriginPolicy(HttpOptions options, HttpHandler next) {
    this.next = next;
    this.origins = options.origins();
    hosts.addAll(options.hosts());
    hosts.add(options.address().getHostString().toLowerCase(Locale.ROOT));
    try {
      hosts.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException e) {
      return; // a machine without a name of its own is addressed by one of the others
    }
  }

  @Override
  public CompletionStage<Response> handle(Request request) {
    String authority = request.header("host").orElse("").toLowerCase(Locale.ROOT);
    if (!isOurs(authority)) {
      return answer(
          Response.error(
              421, "this server does not answer for the host '" + printable(authority) + "'"));
    }
    Optional<String> origin = request.header("origin").map(text -> text.toLowerCase(Locale.ROOT));
    if (origin.isEmpty() || SCHEME.matcher(origin.get()).replaceFirst("").equals(authority)) {
      return next.handle(request)
          .thenApply(response -> response.with("Cross-Origin-Resource-Policy", resourcePolicy()));
    }
    if (!origins.contains(origin.get()) && !origins.contains(HttpOptions.ANY_ORIGIN)) {
      return answer(
          Response.error(403, "pages of " + printable(origin.get()) + " may not read this server"));
    }
    CompletionStage<Response> response =
        request.method().equals("OPTIONS") ? answer(preflight()) : next.handle(request);
    return response.thenApply(answer -> shared(answer, request.header("origin").orElse("")));
  }

  /**
   * Returns which pages may embed media: browsers send no origin for a media element, so pages of
   * other sites are kept out unless some origin is allowed.
   */
  private String resourcePolicy() {
    return origins.isEmpty() ? "same-origin" : "cross-origin";
  }

  private boolean isOurs(String authority) {
    String host = authority.replaceFirst(":[0-9]*$", "");
    return authority.isEmpty() // HTTP/1.0; browsers always name the host
        || IP_ADDRESS.matcher(host).matches()
        || hosts.contains(host);
  }

  private static String printable(String text) {
    return text.substring(0, Math.min(text.length(), 100)).replaceAll("[^ -~]", "?");
  }

  private static CompletionStage<Response> answer(Response response) {
    return CompletableFuture.completedFuture(response);
  }

  private static Response shared(Response response, String origin) {
    String vary = response.headers().get("Vary");
    return response
        .with("Access-Control-Allow-Origin", origin)
        .with("Access-Control-Expose-Headers", EXPOSED)
        .with("Cross-Origin-Resource-Policy", "cross-origin")
        .with("Vary", vary == null ? "Origin" : vary + ", Origin");
  }

  /** Answers the request that a browser sends first for a page of another origin. */
  private static Response preflight() {
    return Response.empty(204)
        .with("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
        .with("Access-Control-Allow-Headers", "Range, Authorization")
        .with("Access-Control-Max-Age", "86400");
  }
}
