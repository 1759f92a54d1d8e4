package io.lva.rtsp.session;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.message.TransportHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Carries packets as frames among the messages of one connection (RFC 2326 section 10.12).
 *
 * <p>Confined to its media loop.
 */
public final class InterleavedTransport implements MediaTransport {
  private static final int NO_TRACK = -1;

  private final Frames frames;
  private final Receiver receiver;
  private final Deviations deviations;
  private final int[] tracks = new int[256];
  private final boolean[] control = new boolean[256];
  private final Map<Integer, TransportHeader.Channels> accepted = new HashMap<>();

  /** Sends the frames of a connection, and is told on which channels to expect frames. */
  public interface Frames {
    /**
     * Sends a frame.
     *
     * @param channel 0 to 255
     * @param data copied, from position to limit
     */
    void sendInterleaved(int channel, ByteBuffer data);

    /**
     * Announces that frames are expected on a channel.
     *
     * @param channel 0 to 255
     */
    void assign(int channel);
  }

  /**
   * Creates a transport without streams.
   *
   * @param frames of the connection
   * @param receiver takes the packets
   * @param deviations of the camera
   */
  public InterleavedTransport(Frames frames, Receiver receiver, Deviations deviations) {
    this.frames = frames;
    this.receiver = receiver;
    this.deviations = deviations;
    Arrays.fill(tracks, NO_TRACK);
  }

  @Override
  public TransportHeader offer(int track) {
    return TransportHeader.interleaved(2 * accepted.size());
  }

  @Override
  public boolean accept(int track, Optional<TransportHeader> chosen) {
    TransportHeader wanted = offer(track);
    TransportHeader transport = chosen.orElse(wanted);
    if (!transport.isInterleaved()) {
      return false;
    }
    if (!transport.protocol().endsWith("/TCP")) {
      deviations.note(Deviation.TRANSPORT_WITHOUT_TCP, transport.protocol());
    }
    Optional<TransportHeader.Channels> named = transport.channels();
    if (chosen.isEmpty() || named.isEmpty()) {
      deviations.note(Deviation.SETUP_WITHOUT_CHANNELS, "track {0}", track);
    } else if (!named.equals(wanted.channels())) {
      deviations.note(
          Deviation.OTHER_CHANNELS, "{0} and {1}", named.get().rtp(), named.get().rtcp());
    }
    TransportHeader.Channels channels = named.or(wanted::channels).orElseThrow();
    if (isOfAnother(track, channels)) {
      deviations.note(Deviation.CHANNELS_SHARED, "{0} and {1}", channels.rtp(), channels.rtcp());
      return false;
    }
    assign(track, channels);
    return true;
  }

  private boolean isOfAnother(int track, TransportHeader.Channels channels) {
    return isOfAnother(track, channels.rtp()) || isOfAnother(track, channels.rtcp());
  }

  private boolean isOfAnother(int track, int channel) {
    return tracks[channel] != NO_TRACK && tracks[channel] != track;
  }

  private void assign(int track, TransportHeader.Channels channels) {
    tracks[channels.rtcp()] = track;
    control[channels.rtcp()] = true;
    tracks[channels.rtp()] = track;
    control[channels.rtp()] = false;
    frames.assign(channels.rtp());
    frames.assign(channels.rtcp());
    accepted.put(track, channels);
  }

  @Override
  public void report(int track, ByteBuffer report) {
    TransportHeader.Channels channels = accepted.get(track);
    if (channels != null) {
      frames.sendInterleaved(channels.rtcp(), report);
    }
  }

  @Override
  public void close() {
    Arrays.fill(tracks, NO_TRACK);
  }

  /**
   * Takes one frame of the connection.
   *
   * @param channel 0 to 255, assigned or not
   * @param data valid during this call
   */
  public void frame(int channel, ByteBuffer data) {
    if (tracks[channel] == NO_TRACK) {
      deviations.note(
          Deviation.CHANNEL_NOT_SET_UP, "{0} bytes on channel {1}", data.remaining(), channel);
    } else {
      receiver.packet(tracks[channel], control[channel], data);
    }
  }
}
