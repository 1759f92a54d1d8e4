package io.lva.rtsp.session;

import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.RtspUrl;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what a session brings. */
public class RecordingListener implements RtspSessionListener {
  final List<String> calls = new ArrayList<>();
  final List<TrackFormat> formats = new ArrayList<>();
  Optional<SessionDetails> details = Optional.empty();
  Optional<RtspFailure> failure = Optional.empty();
  Optional<RtspUrl> redirect = Optional.empty();

  @Override
  public void described(SessionDetails described) {
    details = Optional.of(described);
    calls.add("described");
  }

  @Override
  public void starting(List<TrackFormat> started) {
    formats.addAll(started);
    calls.add("starting");
  }

  @Override
  public void ssrcAnnounced(int track, long ssrc) {
    calls.add("ssrc " + track + " " + Long.toHexString(ssrc));
  }

  @Override
  public void playing() {
    calls.add("playing");
  }

  @Override
  public void received(int sizeBytes) {}

  @Override
  public void rtp(int track, ByteBuffer packet, long nanoTime, long utcNanos) {
    calls.add("rtp " + track);
  }

  @Override
  public void rtcp(int track, ByteBuffer packet, long nanoTime, long utcNanos) {
    calls.add("rtcp " + track);
  }

  @Override
  public ByteBuffer receiverReport(int track, long nanoTime) {
    return ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1});
  }

  @Override
  public void redirected(RtspUrl url) {
    redirect = Optional.of(url);
    calls.add("redirected");
  }

  @Override
  public void ended(RtspFailure ended) {
    failure = Optional.of(ended);
    calls.add("ended");
  }
}
