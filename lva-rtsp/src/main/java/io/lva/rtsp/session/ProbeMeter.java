package io.lva.rtsp.session;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.rtsp.ProbeReport;
import java.util.List;
import java.util.Optional;

/**
 * Counts the samples of a session's video, or else of its first track, until there are enough.
 *
 * <p>Confined to its media loop.
 */
final class ProbeMeter implements SampleConsumer {
  private final long wantedNanos;
  private final Runnable enough;
  private TrackSet tracks = new TrackSet(List.of());
  private Optional<Track> master = Optional.empty();
  private long firstTicks;
  private long lastTicks;
  private long frames;
  private long bytes;
  private boolean any;
  private boolean full;

  /**
   * Creates a meter.
   *
   * @param wantedNanos media time to count
   * @param enough called once, when that much media has come
   */
  ProbeMeter(long wantedNanos, Runnable enough) {
    this.wantedNanos = wantedNanos;
    this.enough = enough;
  }

  @Override
  public void tracks(TrackSet announced) {
    tracks = announced;
    master = announced.video().or(() -> announced.tracks().stream().findFirst());
  }

  @Override
  public void sample(Sample sample) {
    if (full || master.isEmpty() || sample.track().id() != master.get().id()) {
      return;
    }
    if (!any) {
      any = true;
      firstTicks = sample.decodeTime();
    }
    lastTicks = Math.max(lastTicks, sample.decodeTime());
    if (nanos() >= wantedNanos) {
      full = true;
      enough.run();
    } else {
      frames++;
      bytes += sample.data().size();
    }
  }

  private long nanos() {
    int timescale = master.map(Track::timescale).orElse(1);
    return (long) ((lastTicks - firstTicks) * 1e9 / timescale);
  }

  /** Returns the track that was announced for a stream, if there is one. */
  Optional<Track> track(int stream) {
    return tracks.tracks().stream().filter(track -> track.id() == stream + 1).findFirst();
  }

  boolean any() {
    return any;
  }

  ProbeReport.Measured measured(long lostPackets) {
    double seconds = nanos() / 1e9;
    double divisor = seconds > 0 ? seconds : 1;
    return new ProbeReport.Measured(
        seconds, frames, frames / divisor, Math.round(8 * bytes / divisor), lostPackets);
  }

  @Override
  public void gapOpened(Gap gap) {}

  @Override
  public void gapClosed(Gap gap) {
    if (full) {
      return;
    }
    // The time line after a gap may begin elsewhere: count from zero.
    any = false;
    frames = 0;
    bytes = 0;
    lastTicks = 0;
  }

  @Override
  public void end(GapCause cause) {}
}
