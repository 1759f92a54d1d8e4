/** Serves assets to players: HLS, DASH, MP4 files, what is recorded, and the player page. */
@org.jspecify.annotations.NullMarked
module io.lva.playback {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive io.lva.core;
  requires io.lva.fmp4;
  requires transitive io.lva.sink.asset;
  requires com.fasterxml.jackson.databind;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.io;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.util;

  exports io.lva.playback;
  exports io.lva.playback.http;
}
