package io.lva.playback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * What HTTP asks of every answer: conditional requests and ranges (RFC 9110 sections 13 and 14),
 * compression of text, and access from pages of other origins.
 */
final class HttpSemantics {
  private static final Pattern RANGE = Pattern.compile("(?i)bytes=(\\d{0,18})-(\\d{0,18})");
  private static final Pattern REFUSED = Pattern.compile("q=0(\\.0*)?");
  private static final int MOST_CODINGS = 32;
  private static final int COMPRESS_FROM_BYTES = 1024;

  /** What is compressed is another representation and needs another strong tag. */
  private static final String GZIP_SUFFIX = "-gzip";

  private HttpSemantics() {}

  /** Completes the answer of a route. */
  static Response apply(Request request, Response response) {
    Response answer =
        response
            .with("Access-Control-Allow-Origin", "*")
            .with("Access-Control-Expose-Headers", "Content-Length, Content-Range, ETag, Date");
    if (answer.status() != 200) {
      return answer;
    }
    if (isText(answer)) {
      answer = answer.with("Vary", "Accept-Encoding");
    }
    Optional<String> tag = Optional.ofNullable(answer.headers().get("ETag"));
    if (tag.isPresent() && matches(request.header("if-none-match"), tag.get())) {
      return answer.with(304, new Response.ByteBody(new byte[0]));
    }
    if (answer.body() instanceof Response.ByteBody text && isCompressible(request, answer)) {
      return compressed(answer, text);
    }
    // Ranges are defined for GET alone (RFC 9110 section 14.2).
    return tag.isPresent() && request.method().equals("GET")
        ? ranged(request, answer, tag.get())
        : answer;
  }

  /** Answers the question a browser asks before a request to another origin. */
  static Response preflight() {
    return new Response(204, Map.of(), new Response.ByteBody(new byte[0]))
        .with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
        .with("Access-Control-Allow-Headers", "Range, Authorization")
        .with("Access-Control-Max-Age", "86400");
  }

  private static boolean matches(Optional<String> header, String tag) {
    return header
        .map(tags -> tags.replace(GZIP_SUFFIX + '"', "\""))
        .filter(tags -> tags.trim().equals("*") || tags.contains(tag))
        .isPresent();
  }

  private static boolean isText(Response answer) {
    String type = answer.headers().getOrDefault("Content-Type", "");
    return type.startsWith("text/") || type.contains("json") || type.contains("mpegurl");
  }

  private static boolean isCompressible(Request request, Response answer) {
    return isText(answer)
        && answer.body().size() >= COMPRESS_FROM_BYTES
        && acceptsGzip(request.header("accept-encoding").orElse(""))
        && request.header("range").isEmpty();
  }

  private static boolean acceptsGzip(String codings) {
    for (String coding : codings.toLowerCase(Locale.ROOT).split(",", MOST_CODINGS)) {
      String[] parts = coding.replace(" ", "").split(";", 2);
      if (parts[0].equals("gzip")) {
        return parts.length == 1 || !REFUSED.matcher(parts[1]).matches();
      }
    }
    return false;
  }

  private static Response compressed(Response answer, Response.ByteBody text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream((int) text.size() / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      text.writeTo(gzip, /* offset= */ 0, text.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String tag = answer.headers().get("ETag");
    Response named =
        tag == null
            ? answer
            : answer.with("ETag", tag.substring(0, tag.length() - 1) + GZIP_SUFFIX + '"');
    return named
        .with("Content-Encoding", "gzip")
        .with(answer.status(), new Response.ByteBody(packed.toByteArray()));
  }

  private static Response ranged(Request request, Response answer, String tag) {
    Response whole = answer.with("Accept-Ranges", "bytes");
    Optional<String> header = request.header("range");
    boolean current =
        request.header("if-range").map(condition -> condition.trim().equals(tag)).orElse(true);
    if (header.isEmpty() || !current) {
      return whole;
    }
    Matcher matcher = RANGE.matcher(header.get().replace(" ", ""));
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return whole; // several ranges, or another unit: RFC 9110 section 14.2 lets us ignore it
    }
    long size = whole.body().size();
    long first;
    long last;
    if (matcher.group(1).isEmpty()) {
      first = Math.max(0, size - Long.parseLong(matcher.group(2)));
      last = size - 1;
    } else {
      first = Long.parseLong(matcher.group(1));
      last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
      if (!matcher.group(2).isEmpty() && last < first) {
        return whole; // no range at all, to be ignored (RFC 9110 section 14.1.1)
      }
      last = Math.min(last, size - 1);
    }
    if (first > last) {
      return whole
          .with("Content-Range", "bytes */" + size)
          .with(416, new Response.ByteBody(new byte[0]));
    }
    return whole
        .with("Content-Range", "bytes " + first + "-" + last + "/" + size)
        .with(206, new PartOf(whole.body(), first, last - first + 1));
  }

  /** A range of another body. */
  private record PartOf(Response.Body whole, long start, long size) implements Response.Body {
    @Override
    public void writeTo(OutputStream out, long offset, long length) throws IOException {
      whole.writeTo(out, start + offset, length);
    }
  }
}
