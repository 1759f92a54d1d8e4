package io.lva.rtspsim;

import io.lva.rtsp.message.TransportHeader;
import java.util.Optional;

/**
 * An RTSP session of one client (RFC 2326 section A.2): set up, perhaps playing.
 *
 * <p>Confined to the event loop of its connection.
 */
final class ServerSession {
  private final String id;
  private final MediaSource source;
  private final String base;
  private TransportHeader.Channels channels;
  private Optional<Playout> playout = Optional.empty();
  private boolean playing;

  ServerSession(String id, MediaSource source, String base, TransportHeader.Channels channels) {
    this.id = id;
    this.source = source;
    this.base = base;
    this.channels = channels;
  }

  String id() {
    return id;
  }

  MediaSource source() {
    return source;
  }

  /** Returns the URL that the source was set up with. */
  String base() {
    return base;
  }

  TransportHeader.Channels channels() {
    return channels;
  }

  void move(TransportHeader.Channels newChannels) {
    channels = newChannels;
  }

  Optional<Playout> playout() {
    return playout;
  }

  boolean playing() {
    return playing;
  }

  void play(Playout started) {
    playout = Optional.of(started);
    playing = true;
  }

  void pause() {
    playing = false;
  }
}
