package io.lva.examples.cli;

import io.lva.playback.Playback;
import io.lva.playback.http.HttpPlaybackServer;
import java.util.List;

/** Playback of a store and the HTTP server in front of it, opened and closed together. */
record PageServer(Playback playback, HttpPlaybackServer server) implements AutoCloseable {
  /** Returns the addresses to open in a browser, at least one. */
  List<String> urls() {
    return PageOptions.urls(server.address());
  }

  @Override
  public void close() {
    server.close();
    playback.close();
  }
}
