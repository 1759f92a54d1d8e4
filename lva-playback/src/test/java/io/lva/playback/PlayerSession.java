package io.lva.playback;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks a {@link Playback} as a player does, without a server between them. */
final class PlayerSession implements AutoCloseable {
  static final String VIDEO = "/door/content.ism/video.m3u8";

  final ManualTimer timer = new ManualTimer();
  final Playback playback;

  PlayerSession(Path store, ScriptedAsset asset) {
    // What goes on later does so at once, in the thread of the test.
    DiskAssetStore disk = new DiskAssetStore(store, FileOps.disk());
    playback = new Playback(disk, asset.clock(), asset, timer, timer);
  }

  /** Reads with threads of its own, as playback does. */
  PlayerSession(DiskAssetStore store, ScriptedAsset asset) {
    playback = new Playback(store, asset.clock(), asset, timer, Playback.readers());
  }

  /** An answer as a player sees it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  CompletableFuture<Answer> send(String method, String target, Map<String, String> headers) {
    Request request = Request.of(method, target, headers);
    return playback.handle(request).thenApply(PlayerSession::read).toCompletableFuture();
  }

  private static Answer read(Response response) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      response.body().writeTo(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(response.status(), response.headers(), body.toByteArray());
  }

  CompletableFuture<Answer> ask(String target) {
    return send("GET", target, Map.of());
  }

  Answer get(String target) {
    return get(target, Map.of());
  }

  Answer get(String target, Map<String, String> headers) {
    CompletableFuture<Answer> answer = send("GET", target, headers);
    if (!answer.isDone()) {
      throw new AssertionError("waits: " + target);
    }
    return answer.join();
  }

  String text(String target) {
    Answer answer = get(target);
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.text());
    }
    return answer.text();
  }

  @Override
  public void close() {
    playback.close();
  }
}
