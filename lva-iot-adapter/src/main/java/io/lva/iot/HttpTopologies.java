package io.lva.iot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches topologies from their published addresses. Thread-safe. */
final class HttpTopologies implements TopologyLoader {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAXIMUM_BYTES = 1 << 20;
  private static final Pattern PAGE =
      Pattern.compile("https?://github\\.com/([^/]+/[^/]+)/(?:tree|blob)/(.+)");

  @Override
  public String load(String url) throws IOException {
    String address = file(url);
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpResponse<InputStream> response = response(client, address);
    try (InputStream body = response.body()) {
      return text(address, response.statusCode(), body.readNBytes(MAXIMUM_BYTES + 1));
    }
  }

  private static HttpResponse<InputStream> response(HttpClient client, String address)
      throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      // Some of the client's failures have no message.
      throw new IOException(address + " cannot be fetched (" + e + ")", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + address + "' is no address of a web server", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching " + address, e);
    }
  }

  private static String text(String address, int status, byte[] body) throws IOException {
    if (status != 200) {
      throw new IOException(address + " answers " + status);
    }
    if (body.length > MAXIMUM_BYTES) {
      throw new IOException(address + " is longer than 1 MiB");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Returns the address of a file: the tutorial gives the address of the page that shows the file.
   */
  static String file(String url) {
    Matcher page = PAGE.matcher(url);
    return page.matches()
        ? "https://raw.githubusercontent.com/" + page.group(1) + "/" + page.group(2)
        : url;
  }
}
