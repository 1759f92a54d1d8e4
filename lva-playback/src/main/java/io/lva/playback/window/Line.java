package io.lva.playback.window;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lva.asset.Fragment;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.playback.address.MediaAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the fragments of one track in the order in which a playlist lists them.
 *
 * <p>Descriptions of tracks and names of files are shared, to keep a day of fragments small.
 *
 * <p>Not thread-safe.
 */
public final class Line {
  private final List<LineFragment> fragments = new ArrayList<>();
  private final Map<String, TrackInfo> tracks = new HashMap<>();
  private int longestSeconds = Integer.MAX_VALUE;
  private @Nullable SegmentRow row;
  private @Nullable SegmentRef segment;

  /** Creates an empty line. */
  public Line() {}

  /**
   * Adds the next fragment.
   *
   * @param fragment that comes next in the manifest
   * @return what a manifest states about it
   */
  @CanIgnoreReturnValue
  public LineFragment add(Fragment fragment) {
    LineFragment added = describe(fragment);
    fragments.add(added);
    return added;
  }

  /**
   * Limits the duration of fragments added from now on. One that lasts longer, because a single
   * picture does, is listed as if it ended at the limit, and a discontinuity follows it.
   */
  void limit(int seconds) {
    longestSeconds = seconds;
  }

  /** Returns what {@link #add} would add, without adding it. */
  LineFragment describe(Fragment fragment) {
    return describe(fragment, fragments.isEmpty() ? null : last());
  }

  private LineFragment describe(Fragment fragment, @Nullable LineFragment before) {
    SegmentRef ref = segment(fragment.segment());
    TrackInfo track = track(ref, fragment.track());
    long start = fragment.startTicks();
    return new LineFragment(
        ref,
        track,
        fragment.number(),
        start,
        Math.min(fragment.durationTicks(), (long) longestSeconds * track.timescale()),
        fragment.lengthBytes(),
        fragment.independent(),
        before != null && before.breaksBefore(ref, start));
  }

  /** Returns the reference to a file. */
  @SuppressWarnings("ReferenceEquality") // the fragments of a file share its row
  SegmentRef segment(SegmentRow of) {
    if (segment == null || row != of) {
      segment = SegmentRef.of(of);
      row = of;
    }
    return segment;
  }

  /** Returns the description of a track; its initialization segment keeps its first address. */
  TrackInfo track(SegmentRef in, TrackRow of) {
    return tracks.computeIfAbsent(
        of.init(), init -> TrackInfo.of(of, MediaAddress.init(in.folder(), of.id(), init)));
  }

  /**
   * Returns whether nothing was added.
   *
   * @return true for an empty line
   */
  public boolean isEmpty() {
    return fragments.isEmpty();
  }

  LineFragment first() {
    return fragments.get(0);
  }

  LineFragment last() {
    return fragments.get(fragments.size() - 1);
  }

  /**
   * Returns the fragments.
   *
   * @return a view that changes with this line; not to be changed by the caller
   */
  public List<LineFragment> fragments() {
    return fragments;
  }

  /** Forgets the oldest fragments. */
  void removeFirst(int count) {
    fragments.subList(0, count).clear();
  }
}
