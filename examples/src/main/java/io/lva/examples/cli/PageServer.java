package io.lva.examples.cli;

import io.lva.playback.Playback;
import io.lva.playback.http.HttpPlaybackServer;

/** Playback of a store and the HTTP server in front of it, opened and closed together. */
record PageServer(Playback playback, HttpPlaybackServer server) implements AutoCloseable {
  /** Returns the address to open in a browser. */
  String url() {
    return PageOptions.url(server);
  }

  @Override
  public void close() {
    server.close();
    playback.close();
  }
}
