package io.lva.rtp;

import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the packets of a camera's session into samples, gaps and time, over all its connections.
 *
 * <p>The one class a session drives: {@link #start} with the streams that were set up, {@link #rtp}
 * and {@link #rtcp} for every packet, {@link #connectionLost} when the connection is gone, {@link
 * #start} again with the next one, {@link #end} last. It never throws on what a camera sent.
 *
 * <p>The first H.264 stream is received. Its samples begin once tracks and time are known: with the
 * first sync sample whose parameter sets were found, half a second to three seconds after it came.
 * Between a lost connection and the first sync sample of the next one a gap is open; before the
 * first sample of all there is none.
 *
 * <p>Confined to its media loop.
 */
public final class SessionReceiver {
  private final ReceiverOptions options;
  private final SlabPool slabs;
  private final SampleConsumer output;
  private final ReceiverCounters counters = new ReceiverCounters();
  private final GapLog gaps;
  private final SourceFilter source = new SourceFilter();
  private final RtpPacket packet = new RtpPacket();
  private final ReceiverReportWriter reports =
      new ReceiverReportWriter(ThreadLocalRandom.current().nextInt());

  private @Nullable Timeline timeline;
  private @Nullable RtpReceiver receiver;
  private int track;
  private Set<Integer> ignoredTracks = Set.of();
  private long lastMediaNanos;
  private ParameterSetOrigin parameterSets = ParameterSetOrigin.NONE;

  /**
   * Makes a receiver without connection.
   *
   * @param options limits and choices
   * @param slabs memory of samples
   * @param output takes the samples of all connections
   */
  public SessionReceiver(ReceiverOptions options, SlabPool slabs, SampleConsumer output) {
    this.options = options;
    this.slabs = slabs;
    this.output = output;
    this.gaps = new GapLog(output, counters);
  }

  /**
   * Begins a connection. Call it before PLAY is sent: cameras send media before they answer.
   *
   * @param formats streams that were set up; those it cannot receive are ignored and noted
   * @param nanoTime monotonic time
   * @param utcNanos UTC of the host
   */
  public void start(List<TrackFormat> formats, long nanoTime, long utcNanos) {
    if (receiver != null) {
      connectionLost(GapCause.STREAM_ENDED);
    }
    lastMediaNanos = nanoTime;
    Optional<TrackFormat> video = formats.stream().filter(SessionReceiver::isReceived).findFirst();
    ignoredTracks =
        formats.stream()
            .map(TrackFormat::track)
            .filter(number -> video.isEmpty() || number != video.get().track())
            .collect(Collectors.toUnmodifiableSet());
    for (TrackFormat format : formats) {
      if (ignoredTracks.contains(format.track())) {
        counters.deviation("ignored " + format.mediaType().text() + " track");
      }
    }
    video.ifPresent(this::receive);
  }

  /**
   * Takes what only the answer to PLAY tells, if it tells it: {@code RTP-Info} with an {@code
   * ssrc}.
   *
   * @param trackNumber number of the stream
   * @param ssrc announced synchronization source
   */
  public void ssrcAnnounced(int trackNumber, long ssrc) {
    RtpReceiver current = receiver;
    if (current != null && trackNumber == track) {
      current.announce(ssrc);
    }
  }

  /**
   * Takes one RTP packet.
   *
   * @param trackNumber number of the stream; others than those of {@link #start} are ignored
   * @param bytes read from position to limit, neither moved nor changed; may be direct and is not
   *     used after the call
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  public void rtp(int trackNumber, ByteBuffer bytes, long nanoTime, long utcNanos) {
    RtpReceiver current = receiver(trackNumber);
    if (current == null) {
      return;
    }
    if (RtcpReader.isRtcp(bytes)) {
      counters.deviation("RTCP on the channel of RTP");
      readReports(current, bytes, nanoTime);
    } else {
      readPacket(current, bytes, nanoTime, utcNanos);
    }
  }

  /**
   * Takes one RTCP packet, compound or not.
   *
   * @param trackNumber number of the stream
   * @param bytes read from position to limit, neither moved nor changed
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  public void rtcp(int trackNumber, ByteBuffer bytes, long nanoTime, long utcNanos) {
    RtpReceiver current = receiver(trackNumber);
    if (current == null) {
      return;
    }
    if (RtcpReader.isRtcp(bytes)) {
      readReports(current, bytes, nanoTime);
    } else {
      counters.deviation("RTP on the channel of RTCP");
      readPacket(current, bytes, nanoTime, utcNanos);
    }
  }

  /**
   * Ends the connection: what is complete is delivered, then the gap opens.
   *
   * @param cause why media ends
   */
  public void connectionLost(GapCause cause) {
    RtpReceiver current = receiver;
    if (current != null) {
      current.depacketizer().flush();
      parameterSets = current.depacketizer().parameterSets();
      receiver = null;
    }
    if (timeline != null) {
      timeline.disconnect(cause);
    }
  }

  /**
   * Adds a cause to the open gap: a further attempt to connect failed. Nothing without a gap.
   *
   * @param cause why
   */
  public void failed(GapCause cause) {
    gaps.addCause(cause);
  }

  /**
   * Delivers what is complete and ends the output. Nothing may be called afterwards but {@link
   * #statistics}.
   *
   * @param cause why the stream ends
   */
  public void end(GapCause cause) {
    RtpReceiver current = receiver;
    if (current != null) {
      current.depacketizer().flush();
      parameterSets = current.depacketizer().parameterSets();
      receiver = null;
    }
    if (timeline != null) {
      timeline.end();
    }
    output.end(cause);
  }

  /**
   * Returns when media came last, for a watchdog.
   *
   * @return monotonic time of the last packet of a received stream, or of {@link #start}
   */
  public long lastMediaNanos() {
    return lastMediaNanos;
  }

  /**
   * Returns what was counted so far.
   *
   * @return a snapshot
   */
  public ReceiverStatistics statistics() {
    RtpReceiver current = receiver;
    Timeline line = timeline;
    return new ReceiverStatistics(
        counters.samples,
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
        counters.deviations());
  }

  /**
   * Writes a compound RTCP packet with a receiver report (RFC 3550 section 6.4.2), which some
   * cameras need every 5 s as a sign of life.
   *
   * @param trackNumber number of the stream
   * @param nanoTime monotonic time
   * @return the packet, empty when nothing was received on this stream yet
   */
  public ByteBuffer receiverReport(int trackNumber, long nanoTime) {
    RtpReceiver current = receiver;
    return current == null || trackNumber != track
        ? ByteBuffer.allocate(0)
        : current.receiverReport(reports, nanoTime);
  }

  private static boolean isReceived(TrackFormat format) {
    return format.mediaType() == MediaType.VIDEO && format.encoding().equalsIgnoreCase("H264");
  }

  private void receive(TrackFormat format) {
    Timeline line = timeline;
    if (line == null) {
      line = new Timeline(format, options, counters, gaps, output);
      timeline = line;
    } else {
      line.connect(format);
    }
    track = format.track();
    receiver =
        new RtpReceiver(
            format, new H264Depacketizer(format, options, slabs, counters, line), source, counters);
  }

  private @Nullable RtpReceiver receiver(int trackNumber) {
    RtpReceiver current = receiver;
    if (current != null && trackNumber == track) {
      return current;
    }
    if (!ignoredTracks.contains(trackNumber)) {
      counters.foreignPackets++;
      counters.deviation("packets of a stream that was not set up");
    }
    return null;
  }

  private void readPacket(RtpReceiver current, ByteBuffer bytes, long nanoTime, long utcNanos) {
    if (!packet.read(bytes)) {
      counters.malformedPackets++;
      counters.deviation("packets that are no RTP");
      return;
    }
    if (current.packet(packet, nanoTime, utcNanos)) {
      lastMediaNanos = nanoTime;
    }
  }

  private void readReports(RtpReceiver current, ByteBuffer bytes, long nanoTime) {
    Timeline line = timeline;
    boolean understood =
        RtcpReader.read(
            bytes,
            new RtcpReader.Listener() {
              @Override
              public void senderReport(int ssrc, RtcpReader.SenderReport report) {
                if (!current.isOwn(ssrc) || line == null) {
                  counters.deviation("sender reports of another SSRC");
                  return;
                }
                current.senderReport(report, nanoTime);
                line.senderReport(report);
              }

              @Override
              public void goodbye(int ssrc) {
                counters.deviation("RTCP goodbye during the session");
              }
            });
    if (!understood) {
      counters.malformedPackets++;
      counters.deviation("packets that are no RTCP");
    }
  }
}
