package io.lva.bench.system;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A player at the live edge: follows the playlist of a camera with blocking reloads, fetches each
 * part once it is listed, and notes the age of its frames.
 *
 * <p>Confined to its thread.
 */
final class LiveViewer implements Runnable {
  private static final Pattern MEDIA_PLAYLIST = Pattern.compile("^(video.*)$", Pattern.MULTILINE);

  /** How long to wait for an answer; a blocking reload takes as long as a part, half a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long RETRY_NANOS = 200_000_000;

  private final URI playlist;
  private final Lags lags;
  private final HttpClient client;

  /** Plays a multivariant playlist. */
  LiveViewer(URI playlist, Lags lags) {
    this.playlist = playlist;
    this.lags = lags;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
  }

  @Override
  public void run() {
    try {
      URI media = playlist.resolve(awaitMediaPlaylist());
      LivePlaylist seen = LivePlaylist.NOTHING;
      while (true) {
        URI reload = seen.reload(media);
        LivePlaylist now = LivePlaylist.parse(text(reload));
        long nanoTime = System.nanoTime();
        for (String part : now.partsBehind(seen)) {
          fetch(media.resolve(part), nanoTime);
        }
        seen = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("a player gives up: " + e.getMessage());
    }
  }

  private String awaitMediaPlaylist() throws IOException, InterruptedException {
    while (true) {
      HttpResponse<String> response =
          client.send(request(playlist), HttpResponse.BodyHandlers.ofString());
      Matcher address = MEDIA_PLAYLIST.matcher(response.body());
      if (response.statusCode() == 200 && address.find()) {
        return address.group(1);
      }
      LockSupport.parkNanos(RETRY_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private String text(URI address) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request(address), HttpResponse.BodyHandlers.ofString());
    return checked(response).body();
  }

  private void fetch(URI part, long listedNanos) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request(part), HttpResponse.BodyHandlers.ofByteArray());
    new StampReader(stamp -> lags.seen(stamp, listedNanos))
        .read(Channels.newChannel(new ByteArrayInputStream(checked(response).body())));
  }

  private static HttpRequest request(URI address) {
    return HttpRequest.newBuilder(address).timeout(PATIENCE).build();
  }

  private static <T> HttpResponse<T> checked(HttpResponse<T> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new IOException(response.uri() + " answers " + response.statusCode());
    }
    return response;
  }
}
