package io.lva.playback.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * What HTTP asks of every answer: conditional requests and ranges (RFC 9110 sections 13 and 14),
 * and compression of text.
 */
public final class HttpSemantics {
  private static final Pattern RANGE = Pattern.compile("(?i)bytes=(\\d{0,18})-(\\d{0,18})");
  private static final Pattern REFUSED = Pattern.compile("q=0(\\.0*)?");
  private static final int MOST_CODINGS = 32;
  private static final int COMPRESS_FROM_BYTES = 1024;

  /** A compressed form is another representation and needs another strong tag. */
  private static final String GZIP_SUFFIX = "-gzip";

  private static final Response.ByteBody EMPTY = new Response.ByteBody(new byte[0]);

  private HttpSemantics() {}

  /**
   * Completes the answer of a route.
   *
   * @param request what was asked
   * @param response the whole representation, or an error
   * @return the answer to send: the whole, a range, a compressed form, "not modified", or 416 for a
   *     range that begins after the end
   */
  public static Response apply(Request request, Response response) {
    if (response.status() != 200) {
      return response;
    }
    Response answer = isText(response) ? response.with("Vary", "Accept-Encoding") : response;
    Optional<String> tag = Optional.ofNullable(answer.headers().get("ETag"));
    if (tag.isPresent() && matches(request.header("if-none-match"), tag.get())) {
      return bare(304, answer);
    }
    if (answer.body() instanceof Response.ByteBody text && isCompressible(request, answer, text)) {
      return compressed(answer, text);
    }
    // Ranges are defined for GET alone (RFC 9110 section 14.2).
    return tag.isPresent() && answer.body().size().isPresent() && request.method().equals("GET")
        ? ranged(request, answer, tag.get())
        : answer;
  }

  private static boolean matches(Optional<String> header, String tag) {
    return header
        .map(tags -> tags.replace(GZIP_SUFFIX + '"', "\""))
        .filter(tags -> tags.trim().equals("*") || tags.contains(tag))
        .isPresent();
  }

  private static boolean isText(Response answer) {
    String type = answer.headers().getOrDefault("Content-Type", "");
    return type.startsWith("text/")
        || type.contains("json")
        || type.contains("mpegurl")
        || type.contains("xml");
  }

  private static boolean isCompressible(Request request, Response answer, Response.ByteBody text) {
    return isText(answer)
        && text.length() >= COMPRESS_FROM_BYTES
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
    ByteArrayOutputStream packed = new ByteArrayOutputStream(text.length() / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      text.writeTo(gzip);
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
    long size = whole.body().size().orElseThrow();
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
      return bare(416, whole.with("Content-Range", "bytes */" + size));
    }
    return whole
        .with("Content-Range", "bytes " + first + "-" + last + "/" + size)
        .with(206, new PartOf(whole.body(), first, last - first + 1));
  }

  /** Answers with the headers alone. */
  private static Response bare(int status, Response answer) {
    answer.body().close();
    return answer.with(status, EMPTY);
  }

  /** A range of another body. */
  private record PartOf(Response.Body whole, long start, long length) implements Response.Body {
    @Override
    public OptionalLong size() {
      return OptionalLong.of(length);
    }

    @Override
    public BodyReader open(long offset, long count) throws IOException {
      return whole.open(start + offset, count);
    }

    @Override
    public void close() {
      whole.close();
    }
  }
}
