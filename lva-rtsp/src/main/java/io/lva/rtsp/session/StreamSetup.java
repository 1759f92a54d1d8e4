package io.lva.rtsp.session;

import io.lva.media.MediaType;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.message.RtpInfo;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.TransportHeader;
import io.lva.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sets up the streams of a session one after the other, over one transport.
 *
 * <p>Confined to its media loop.
 */
final class StreamSetup {
  private final MediaTransport transport;
  private final Set<MediaType> wanted;
  private final Map<Integer, OptionalLong> sources = new HashMap<>();
  private final List<TrackSetup> streams = new ArrayList<>();
  private List<TrackSetup> others = List.of();
  private int done;
  private int candidate;

  StreamSetup(MediaTransport transport, Set<MediaType> wanted) {
    this.transport = transport;
    this.wanted = wanted;
  }

  /** Chooses the streams; returns false when none can be received. */
  boolean choose(SessionDescription description, ControlUrls urls) {
    streams.addAll(TrackSetup.choose(description, urls, wanted));
    others = TrackSetup.others(description, urls, streams);
    return !streams.isEmpty();
  }

  /**
   * Adds the streams that were not chosen, for a camera that sends nothing until all are set up.
   *
   * @return false when there are none
   */
  boolean addOthers() {
    boolean any = !others.isEmpty();
    streams.addAll(others);
    others = List.of();
    return any;
  }

  /**
   * Returns the number of the stream that the session cannot do without; the other streams
   * accompany it.
   */
  int master() {
    return streams.get(0).track();
  }

  /**
   * Goes on without a stream that the camera refused.
   *
   * @return its media and encoding; empty when the session is useless without it
   */
  Optional<String> leaveOut() {
    if (done == 0) {
      return Optional.empty();
    }
    candidate = 0;
    TrackSetup refused = streams.remove(done);
    return Optional.of(refused.media().type() + " track (" + refused.map().encoding() + ")");
  }

  List<TrackSetup> streams() {
    return streams;
  }

  boolean isComplete() {
    return done == streams.size();
  }

  /** Returns the next SETUP. */
  RtspRequest request() {
    TrackSetup stream = streams.get(done);
    return RtspRequest.of("SETUP", stream.urls().get(candidate))
        .with("Transport", transport.offer(stream.track()).format());
  }

  /** Moves on to another URL of the same stream; returns false when there is none. */
  boolean tryAnotherUrl() {
    candidate++;
    return candidate < streams.get(done).urls().size();
  }

  /** Takes the transport that the camera chose, and returns false when it cannot be used. */
  boolean accept(Optional<String> field) {
    Optional<TransportHeader> chosen =
        field.flatMap(value -> TransportHeader.parse(value).stream().findFirst());
    int track = streams.get(done).track();
    if (!transport.accept(track, chosen)) {
      return false;
    }
    chosen
        .map(TransportHeader::ssrc)
        .filter(OptionalLong::isPresent)
        .ifPresent(ssrc -> sources.put(track, ssrc));
    done++;
    candidate = 0;
    return true;
  }

  /** Returns the formats of the streams that were set up. */
  List<TrackFormat> formats() {
    List<TrackFormat> formats = new ArrayList<>();
    for (TrackSetup stream : streams) {
      formats.add(stream.format(sources.getOrDefault(stream.track(), OptionalLong.empty())));
    }
    return formats;
  }

  /** Announces the SSRCs that only the response to PLAY names (Reolink). */
  void announceSources(RtspResponse response, RtspSessionListener listener) {
    List<RtpInfo> infos =
        response.headers().all("RTP-Info").stream()
            .flatMap(field -> RtpInfo.parse(field).stream())
            .toList();
    for (TrackSetup stream : streams) {
      for (RtpInfo info : infos) {
        // With one stream, whatever URL is named is its own (GW Security names a wrong one).
        boolean only = streams.size() == 1 && infos.size() == 1;
        boolean own = only || info.url().endsWith(stream.media().control().orElse(""));
        if (own && info.ssrc().isPresent()) {
          listener.ssrcAnnounced(stream.track(), info.ssrc().getAsLong());
        }
      }
    }
  }

  /**
   * Sends a receiver report for each stream; some cameras accept nothing else as a sign of life.
   */
  void sendReports(RtspSessionListener listener, long nanoTime) {
    for (TrackSetup stream : streams) {
      ByteBuffer report = listener.receiverReport(stream.track(), nanoTime);
      if (report.hasRemaining()) {
        transport.report(stream.track(), report);
      }
    }
  }
}
