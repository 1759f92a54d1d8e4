package io.lva.iot;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One page of a list: resources in ascending order of their names, the only order supported. A page
 * ends after a number of items, or before it grows larger than the answer of a direct method may
 * be; it holds at least one item, however large, unless none is left.
 */
final class Page {
  private static final String CONTINUATION = "@continuationToken";
  private static final Pattern ORDER =
      Pattern.compile("\\s*\\$orderby\\s*=\\s*name(?:\\s+asc)?\\s*", Pattern.CASE_INSENSITIVE);

  private Page() {}

  /**
   * Answers a list method.
   *
   * @param all the resources, in ascending order of their names
   */
  static <R> Answer of(
      MethodPayload request,
      int maximumItems,
      List<R> all,
      Function<R, String> name,
      Function<R, String> echo) {
    Optional<String> query = request.text("@query");
    if (query.isPresent() && !ORDER.matcher(query.get()).matches()) {
      return ErrorAnswer.badRequest(
          "QueryNotSupported", "The only query is '$orderby=name asc'.", "$.@query");
    }
    Optional<String> token = request.text(CONTINUATION);
    String after = token.flatMap(Page::decode).orElse("");
    if (token.isPresent() && after.isEmpty()) {
      return ErrorAnswer.badRequest(
          "ContinuationTokenInvalid", "The continuation token is wrong.", "$." + CONTINUATION);
    }
    return after(after, maximumItems, all, name, echo);
  }

  private static <R> Answer after(
      String after,
      int maximumItems,
      List<R> all,
      Function<R, String> name,
      Function<R, String> echo) {
    StringJoiner value = new StringJoiner(",", "{\"value\":[", "]");
    int items = 0;
    long bytes = 0;
    String last = "";
    for (R resource : all) {
      if (name.apply(resource).compareTo(after) <= 0) {
        continue;
      }
      String item = echo.apply(resource);
      bytes += AnswerSize.of(item);
      boolean full = items == maximumItems || bytes > AnswerSize.LIMIT;
      if (full && items > 0) {
        return new Answer(200, value + ",\"" + CONTINUATION + "\":\"" + encode(last) + "\"}");
      }
      value.add(item);
      items++;
      last = name.apply(resource);
    }
    return new Answer(200, value + "}");
  }

  private static String encode(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("after:" + last).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> decode(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return text.startsWith("after:") ? Optional.of(text.substring(6)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
