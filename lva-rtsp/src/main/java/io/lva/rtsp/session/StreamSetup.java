package io.lva.rtsp.session;

import io.lva.rtp.TrackFormat;
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

/**
 * Sets up the streams of a session one after the other, and knows the channels they got.
 *
 * <p>Confined to its media loop.
 */
final class StreamSetup {
  private final RtspWire wire;
  private final Deviations deviations;
  private final InterleavedChannels channels;
  private final Map<Integer, TransportHeader> transports = new HashMap<>();
  private List<TrackSetup> streams = List.of();
  private int done;
  private int candidate;

  StreamSetup(RtspWire wire, InterleavedChannels channels, Deviations deviations) {
    this.wire = wire;
    this.channels = channels;
    this.deviations = deviations;
  }

  /** Chooses the streams; false when there is none that can be received. */
  boolean choose(SessionDescription description, ControlUrls urls) {
    streams = TrackSetup.choose(description, urls);
    return !streams.isEmpty();
  }

  List<TrackSetup> streams() {
    return streams;
  }

  boolean isComplete() {
    return done == streams.size();
  }

  /** Returns the next SETUP. */
  RtspRequest request() {
    return RtspRequest.of("SETUP", streams.get(done).urls().get(candidate))
        .with("Transport", wanted().format());
  }

  /** Goes on to another URL of the same stream; false when there is none. */
  boolean tryAnotherUrl() {
    candidate++;
    return candidate < streams.get(done).urls().size();
  }

  /** Takes the channels that the camera chose; false when it does not send over this connection. */
  boolean accept(Optional<String> field) {
    TransportHeader chosen =
        field.flatMap(value -> TransportHeader.parse(value).stream().findFirst()).orElse(wanted());
    if (!chosen.isInterleaved()) {
      return false;
    }
    if (!chosen.protocol().endsWith("/TCP")) {
      deviations.accept("Transport without /TCP");
    }
    Optional<TransportHeader.Channels> named = chosen.channels();
    if (field.isEmpty() || named.isEmpty()) {
      deviations.accept("SETUP answered without channels");
    } else if (!named.equals(wanted().channels())) {
      deviations.accept("other channels than asked for");
    }
    assign(named.isPresent() ? chosen : wanted());
    done++;
    candidate = 0;
    return true;
  }

  private void assign(TransportHeader transport) {
    TransportHeader.Channels pair = transport.channels().orElseThrow();
    int track = streams.get(done).track();
    channels.assign(pair, track);
    wire.assign(pair.rtp());
    wire.assign(pair.rtcp());
    transports.put(track, transport);
  }

  private TransportHeader wanted() {
    return TransportHeader.interleaved(2 * done);
  }

  /** Returns what was set up. */
  List<TrackFormat> formats() {
    List<TrackFormat> formats = new ArrayList<>();
    for (TrackSetup stream : streams) {
      OptionalLong ssrc =
          Optional.ofNullable(transports.get(stream.track()))
              .map(TransportHeader::ssrc)
              .orElse(OptionalLong.empty());
      formats.add(stream.format(ssrc));
    }
    return formats;
  }

  /** Tells the sources that only the answer to PLAY names (Reolink). */
  void announceSources(RtspResponse response, RtspSessionListener listener) {
    List<RtpInfo> infos =
        response.headers().all("RTP-Info").stream()
            .flatMap(field -> RtpInfo.parse(field).stream())
            .toList();
    for (TrackSetup stream : streams) {
      for (RtpInfo info : infos) {
        // With one stream, whatever URL is named is its own (GW Security names a wrong one).
        boolean own = infos.size() == 1 || info.url().endsWith(stream.media().control().orElse(""));
        if (own && info.ssrc().isPresent()) {
          listener.ssrcAnnounced(stream.track(), info.ssrc().getAsLong());
        }
      }
    }
  }

  /** Sends a receiver report for each stream; some cameras take nothing else for a sign of life. */
  void sendReports(RtspSessionListener listener, long nanoTime) {
    transports.forEach(
        (track, transport) -> {
          int channel = transport.channels().orElseThrow().rtcp();
          ByteBuffer report = listener.receiverReport(track, nanoTime);
          if (report.hasRemaining()) {
            wire.sendInterleaved(channel, report);
          }
        });
  }
}
