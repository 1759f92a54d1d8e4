package io.lva.runtime;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * One connection that takes only some tracks: what the output selectors of an input say. The tracks
 * are chosen when they are announced, so that a sample costs one bit test.
 *
 * <p>Confined to its media loop.
 */
final class SelectedTracks implements SampleConsumer {
  private final Predicate<Track> selector;
  private final SampleConsumer target;
  private final BitSet selected = new BitSet();

  SelectedTracks(Predicate<Track> selector, SampleConsumer target) {
    this.selector = selector;
    this.target = target;
  }

  @Override
  public void tracks(TrackSet tracks) {
    List<Track> chosen = tracks.tracks().stream().filter(selector).toList();
    selected.clear();
    chosen.forEach(track -> selected.set(track.id()));
    target.tracks(new TrackSet(chosen));
  }

  @Override
  public void utcSource(UtcSource source, long errorNanos) {
    target.utcSource(source, errorNanos);
  }

  @Override
  public void sample(Sample sample) {
    if (selected.get(sample.track().id())) {
      target.sample(sample);
    }
  }

  @Override
  public void gapOpened(Gap gap) {
    target.gapOpened(gap);
  }

  @Override
  public void gapClosed(Gap gap) {
    target.gapClosed(gap);
  }

  @Override
  public void end(GapCause cause) {
    target.end(cause);
  }

  @Override
  public boolean hasRoom() {
    return target.hasRoom();
  }
}
