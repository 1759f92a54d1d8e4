package io.lva.rtspsim;

import io.lva.media.Ticks;
import io.lva.rtsp.message.TransportHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An RTSP session of one client (RFC 2326 section A.2): tracks that are set up and may be playing.
 *
 * <p>Confined to the event loop of its connection.
 */
final class ServerSession {
  /** How far a track may be ahead of another when media is sent as fast as possible. */
  private static final long LARGEST_LEAD_NANOS = Ticks.NANOS_PER_SECOND / 2;

  private final String id;
  private final MediaSource source;
  private final String base;
  private final SortedMap<Integer, TransportHeader.Channels> channels = new TreeMap<>();
  private final SortedMap<Integer, Playout> playouts = new TreeMap<>();
  private boolean playing;

  ServerSession(String id, MediaSource source, String base) {
    this.id = id;
    this.source = source;
    this.base = base;
  }

  String id() {
    return id;
  }

  MediaSource source() {
    return source;
  }

  /** Returns the URL with which the source was set up. */
  String base() {
    return base;
  }

  /** Returns the channels of the tracks that are set up, by number of the track. */
  SortedMap<Integer, TransportHeader.Channels> channels() {
    return channels;
  }

  void setUp(int track, TransportHeader.Channels chosen) {
    channels.put(track, chosen);
    playouts.remove(track);
  }

  /** Returns the tracks that play or are paused, by number. */
  SortedMap<Integer, Playout> playouts() {
    return playouts;
  }

  boolean playing() {
    return playing;
  }

  void play() {
    playing = true;
  }

  void pause() {
    playing = false;
  }

  /**
   * Goes on after a pause. A live source continues at the present time, a file at its last
   * position.
   */
  void resume(long utcNanos, boolean burst) {
    if (playouts.isEmpty()) {
      return;
    }
    long line = lineNanos();
    MediaSource.Start start =
        source.live()
            ? source.start(utcNanos, burst)
            : new MediaSource.Start(line, utcNanos - line);
    playouts.values().forEach(playout -> playout.resume(start, utcNanos));
  }

  /** Sends a report of the time of each track. */
  void report(long utcNanos) {
    playouts.values().forEach(playout -> playout.report(utcNanos));
  }

  /** Sends what is due and returns the outcome for each track. */
  List<Playout.Outcome> advance(long utcNanos) {
    long until = lineNanos() + LARGEST_LEAD_NANOS;
    List<Playout.Outcome> outcomes = new ArrayList<>(playouts.size());
    for (Playout playout : playouts.values()) {
      outcomes.add(playout.advance(utcNanos, until));
    }
    return outcomes;
  }

  /** Returns the position of the track that is furthest behind. */
  private long lineNanos() {
    long line = Long.MAX_VALUE;
    for (Playout playout : playouts.values()) {
      line = Math.min(line, playout.lineNanos());
    }
    return line;
  }
}
