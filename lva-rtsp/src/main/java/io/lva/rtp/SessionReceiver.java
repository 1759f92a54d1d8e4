package io.lva.rtp;

import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.ParameterSetOrigin;
import io.lva.rtp.payload.PayloadFormats;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Turns the packets of a camera's session into samples, gaps and time, over all its connections.
 *
 * <p>This is the one class that a session drives. The session calls {@link #start} with the streams
 * that were set up, {@link #rtp} and {@link #rtcp} for every packet, {@link #connectionLost} when
 * the connection is gone, {@link #start} again for the next connection, and finally {@link #end}.
 * The receiver never throws on what a camera sent.
 *
 * <p>Each stream whose payload format is known is received. The first video stream, or else the
 * first stream, is the master; its time is that of the session. Samples begin once the tracks and
 * the time are known. The first one is the first sync sample of the master for which parameters
 * were found. That sample is held until its time is known, which takes half a second or more except
 * in a replay, or until the limit of {@link ReceiverOptions#withMaximumHold} is reached. Between a
 * lost connection and the first sync sample of the next one a gap is open; before the very first
 * sample there is none.
 *
 * <p>Confined to its media loop.
 */
public final class SessionReceiver {
  /** Whether the transport of a connection keeps the order of packets. */
  public enum Order {
    /** The transport keeps the order: TCP. */
    KEPT,
    /** The transport does not keep the order, and the receiver restores it: datagrams. */
    RESTORED
  }

  private final ReceiverOptions options;
  private final SlabPool slabs;
  private final ReceiverCounters counters = new ReceiverCounters();
  private final SessionOutput output;
  private final ReceiverReportWriter reports =
      new ReceiverReportWriter(ThreadLocalRandom.current().nextInt());
  private final Map<Integer, SourceFilter> sources = new HashMap<>();
  private final Map<Integer, FollowerTrack> followers = new HashMap<>();
  private final List<StreamReceiver> streams = new ArrayList<>();

  private @Nullable MasterTrack master;
  private int masterNumber = -1;
  private Set<Integer> ignoredTracks = Set.of();
  private long lastMediaNanos;
  private ParameterSetOrigin parameterSets = ParameterSetOrigin.NONE;

  /**
   * Creates a receiver without a connection.
   *
   * @param options limits and choices
   * @param slabs pool that the memory of samples is taken from
   * @param output takes the samples of all connections
   */
  public SessionReceiver(ReceiverOptions options, SlabPool slabs, SampleConsumer output) {
    this.options = options;
    this.slabs = slabs;
    this.output = new SessionOutput(output, counters);
  }

  /**
   * Begins a connection over a transport that keeps the order of packets. Call it before PLAY is
   * sent: cameras send media before they answer. A connection that has not ended ends first, with
   * {@link GapCause#STREAM_ENDED}.
   *
   * @param formats streams that were set up; those that cannot be received are ignored and noted
   * @param nanoTime monotonic time
   * @param utcNanos UTC of the host
   */
  public void start(List<TrackFormat> formats, long nanoTime, long utcNanos) {
    start(formats, Order.KEPT, nanoTime, utcNanos);
  }

  /**
   * Begins a connection. Call it before PLAY is sent: cameras send media before they answer. A
   * connection that has not ended ends first, with {@link GapCause#STREAM_ENDED}.
   *
   * @param formats streams that were set up; those that cannot be received are ignored and noted
   * @param order whether the transport keeps the order of packets
   * @param nanoTime monotonic time
   * @param utcNanos UTC of the host
   */
  public void start(List<TrackFormat> formats, Order order, long nanoTime, long utcNanos) {
    if (!streams.isEmpty()) {
      connectionLost(GapCause.STREAM_ENDED);
    }
    lastMediaNanos = nanoTime;
    counters.deviations.at("session description");
    List<TrackFormat> received = new ArrayList<>();
    Set<Integer> ignored = new HashSet<>();
    for (TrackFormat format : formats) {
      if (PayloadFormats.receiving(format).isPresent()) {
        received.add(format);
      } else {
        ignored.add(format.track());
        counters.deviations.note(
            Deviation.TRACK_IGNORED,
            "track "
                + format.track()
                + ", "
                + format.mediaType().text()
                + ", "
                + format.encoding());
      }
    }
    ignoredTracks = Set.copyOf(ignored);
    chooseMaster(received).ifPresent(first -> begin(first, received, order));
  }

  private Optional<TrackFormat> chooseMaster(List<TrackFormat> received) {
    return received.stream()
        .filter(format -> format.mediaType() == MediaType.VIDEO)
        .findFirst()
        .or(() -> received.stream().findFirst());
  }

  private void begin(TrackFormat first, List<TrackFormat> received, Order order) {
    MasterTrack line = master;
    if (line == null) {
      line = new MasterTrack(first, options, counters, output);
      master = line;
    } else {
      line.connect(first);
    }
    masterNumber = first.track();
    receive(first, line, line::newSource, order);
    for (TrackFormat format : received) {
      if (format.track() != masterNumber) {
        follow(format, line.clock(), order);
      }
    }
  }

  private void follow(TrackFormat format, SessionClock clock, Order order) {
    FollowerTrack follower = followers.get(format.track());
    if (follower == null) {
      follower = new FollowerTrack(format, clock, options, counters, output);
      followers.put(format.track(), follower);
    } else {
      follower.connect(format, clock);
    }
    receive(format, follower, follower::newSource, order)
        .described()
        .ifPresent(follower::described);
  }

  private Depacketizer receive(
      TrackFormat format, Depacketizer.Output track, Runnable newSource, Order order) {
    Depacketizer depacketizer =
        PayloadFormats.receiving(format)
            .orElseThrow()
            .depacketizer(format, slabs, options.payloadLimits(), track);
    SourceFilter source = sources.computeIfAbsent(format.track(), number -> new SourceFilter());
    streams.add(
        new StreamReceiver(
            format, depacketizer, source, newSource, options, order == Order.KEPT, counters));
    return depacketizer;
  }

  /**
   * Takes the synchronization source of a stream from the answer to PLAY, if {@code RTP-Info}
   * states an {@code ssrc}. This has no effect once packets have shown the source, or after an
   * announcement that was wrong.
   *
   * @param trackNumber number of the stream; one that {@link #start} was not given is ignored
   * @param ssrc announced synchronization source, of which the low 32 bits count
   */
  public void ssrcAnnounced(int trackNumber, long ssrc) {
    StreamReceiver current = find(trackNumber);
    if (current != null) {
      current.announce(ssrc);
    }
  }

  /**
   * Takes one RTP packet.
   *
   * @param trackNumber number of the stream; one that {@link #start} was not given is ignored
   * @param bytes read from position to limit, neither moved nor changed; the buffer may be direct
   *     and is not used after the call
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  public void rtp(int trackNumber, ByteBuffer bytes, long nanoTime, long utcNanos) {
    StreamReceiver current = receiver(trackNumber);
    if (current == null) {
      return;
    }
    if (RtcpReader.isRtcp(bytes)) {
      counters.deviations.at("RTCP packet");
      counters.deviations.note(
          Deviation.RTCP_ON_RTP_CHANNEL, "{0} bytes on track {1}", bytes.remaining(), trackNumber);
      readReports(current, bytes, nanoTime, utcNanos);
    } else {
      readPacket(current, bytes, nanoTime, utcNanos);
    }
  }

  /**
   * Takes one RTCP packet, compound or not.
   *
   * @param trackNumber number of the stream; one that {@link #start} was not given is ignored
   * @param bytes read from position to limit, neither moved nor changed; the buffer may be direct
   *     and is not used after the call
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  public void rtcp(int trackNumber, ByteBuffer bytes, long nanoTime, long utcNanos) {
    StreamReceiver current = receiver(trackNumber);
    if (current == null) {
      return;
    }
    if (RtcpReader.isRtcp(bytes)) {
      readReports(current, bytes, nanoTime, utcNanos);
    } else {
      counters.deviations.at("packet on the channel of RTCP");
      counters.deviations.note(
          Deviation.RTP_ON_RTCP_CHANNEL, "{0} bytes on track {1}", bytes.remaining(), trackNumber);
      readPacket(current, bytes, nanoTime, utcNanos);
    }
  }

  /**
   * Ends the connection: what is complete is delivered, then the gap opens.
   *
   * @param cause why media ends
   */
  public void connectionLost(GapCause cause) {
    closeStreams();
    if (master != null) {
      master.disconnect(cause);
    }
    followers.values().forEach(FollowerTrack::disconnect);
  }

  /**
   * Adds a cause to the open gap: a further attempt to connect failed. Without an open gap this
   * does nothing.
   *
   * @param cause the underlying failure
   */
  public void failed(GapCause cause) {
    output.gaps().addCause(cause);
  }

  /**
   * Delivers what is complete and ends the output. Only {@link #statistics} may be called
   * afterward.
   *
   * @param cause why the stream ends
   */
  public void end(GapCause cause) {
    closeStreams();
    if (master != null) {
      master.end();
    }
    followers.values().forEach(FollowerTrack::disconnect);
    output.end(cause);
  }

  /**
   * Returns when media came last, for a watchdog.
   *
   * @return monotonic time of the last packet of a received stream, or of {@link #start} if none
   *     has come since; 0 before the first start
   */
  public long lastMediaNanos() {
    return lastMediaNanos;
  }

  /**
   * Returns what has been counted so far.
   *
   * @return a snapshot
   */
  public ReceiverStatistics statistics() {
    StreamReceiver current = find(masterNumber);
    MasterTrack line = master;
    return new ReceiverStatistics(
        counters.samples,
        counters.masterSamples,
        counters.sampleBytes,
        counters.syncSamples,
        counters.droppedAccessUnits,
        counters.packets,
        counters.lostPackets,
        counters.duplicatePackets,
        counters.foreignPackets,
        counters.malformedPackets,
        counters.filteredTimestamps,
        counters.gaps,
        current == null ? parameterSets : current.depacketizer().parameterSets(),
        line == null ? Optional.empty() : line.utcSource(),
        line == null ? 0 : line.utcErrorNanos(),
        counters.deviations.seen());
  }

  /**
   * Writes a compound RTCP packet with a receiver report (RFC 3550 section 6.4.2), which some
   * cameras need every 5 s as a sign of life. Its share of lost packets is that since the last
   * call.
   *
   * @param trackNumber number of the stream
   * @param nanoTime monotonic time
   * @return the packet; empty when nothing has been received on this stream of the connection yet,
   *     or when there is no such stream
   */
  public ByteBuffer receiverReport(int trackNumber, long nanoTime) {
    StreamReceiver current = find(trackNumber);
    return current == null ? ByteBuffer.allocate(0) : current.receiverReport(reports, nanoTime);
  }

  private @Nullable StreamReceiver receiver(int trackNumber) {
    StreamReceiver current = find(trackNumber);
    if (current != null) {
      return current;
    }
    if (!ignoredTracks.contains(trackNumber)) {
      counters.foreignPackets++;
      counters.deviations.at("packet of a stream that was not set up");
      counters.deviations.note(Deviation.STREAM_NOT_SET_UP, "track {0}", trackNumber);
    }
    return null;
  }

  private @Nullable StreamReceiver find(int trackNumber) {
    for (int i = 0; i < streams.size(); i++) {
      if (streams.get(i).track() == trackNumber) {
        return streams.get(i);
      }
    }
    return null;
  }

  private void closeStreams() {
    for (StreamReceiver stream : streams) {
      stream.flush();
      if (stream.track() == masterNumber) {
        parameterSets = stream.depacketizer().parameterSets();
      }
    }
    streams.clear();
  }

  private void readPacket(StreamReceiver current, ByteBuffer bytes, long nanoTime, long utcNanos) {
    if (current.packet(bytes, nanoTime, utcNanos)) {
      lastMediaNanos = nanoTime;
    }
  }

  private void readReports(StreamReceiver current, ByteBuffer bytes, long nanoTime, long utcNanos) {
    counters.deviations.at("RTCP packet");
    boolean understood =
        RtcpReader.read(
            bytes,
            new RtcpReader.Listener() {
              @Override
              public void senderReport(int ssrc, RtcpReader.SenderTimes report) {
                if (!current.isOwn(ssrc)) {
                  counters.deviations.note(
                      Deviation.REPORTS_OF_ANOTHER_SSRC, "SSRC {0}", Integer.toUnsignedLong(ssrc));
                  return;
                }
                current.senderReport(report, nanoTime);
                mediaTime(current.track(), report, utcNanos);
              }

              @Override
              public void goodbye(int ssrc) {
                counters.deviations.note(
                    Deviation.GOODBYE_DURING_SESSION, "SSRC {0}", Integer.toUnsignedLong(ssrc));
              }
            });
    if (!understood) {
      counters.malformedPackets++;
      counters.deviations.note(
          Deviation.NOT_RTCP, "{0} bytes on track {1}", bytes.remaining(), current.track());
    }
  }

  private void mediaTime(int trackNumber, RtcpReader.SenderTimes report, long utcNanos) {
    FollowerTrack follower = followers.get(trackNumber);
    MasterTrack line = master;
    if (trackNumber == masterNumber && line != null) {
      line.senderReport(report, utcNanos);
    } else if (follower != null) {
      follower.senderReport(report);
    }
  }
}
