package io.lva.playback.window;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.RunSection;
import io.lva.asset.index.TimeRange;
import io.lva.playback.address.ManifestRange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The complete media of a range. */
public final class RangeLine {
  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");

  private RangeLine() {}

  /**
   * Returns the stretches without a hole.
   *
   * @param asset what to look at
   * @param range what of it to return; without a start, the newest four hours
   * @return the stretches, in the order of time
   * @throws IOException when the store fails
   */
  public static List<RunSection> sections(PlayableAsset asset, ManifestRange range)
      throws IOException {
    AssetReader reader = asset.reader();
    if (range.start().isPresent()) {
      return reader.sections(range.start().get(), range.end().orElse(FAR));
    }
    Optional<Instant> end = asset.state().newestEnd();
    if (end.isEmpty()) {
      return List.of();
    }
    List<RunSection> newest = reader.sections(end.get().minus(ManifestRange.NEWEST), end.get());
    Optional<TimeRange> span = reader.span();
    return newest.isEmpty() && span.isPresent()
        ? reader.sections(span.get().end().minus(ManifestRange.NEWEST), FAR)
        : newest;
  }

  /**
   * Returns the stretches without a hole of a range that grows. A run whose first fragment is under
   * construction is included with what has been written of it.
   *
   * @param asset what to look at
   * @param range that grows
   * @return the stretches, in the order of time; one under construction is the last
   * @throws IOException when the store fails
   */
  public static List<RunSection> growing(PlayableAsset asset, ManifestRange range)
      throws IOException {
    List<RunSection> sections = new ArrayList<>(sections(asset, range));
    asset
        .edge()
        .flatMap(LiveEdge::open)
        .map(LiveRow::section)
        .filter(open -> sections.stream().noneMatch(known -> known.run().equals(open.run())))
        .filter(open -> open.end().isAfter(range.start().orElse(Instant.MIN)))
        .filter(open -> open.start().isBefore(range.end().orElse(FAR)))
        .ifPresent(sections::add);
    return sections;
  }

  /**
   * Returns a track of a range.
   *
   * @param asset what to look at
   * @param range what of it to return; without a start, the newest four hours
   * @param kind the track
   * @return its fragments; empty when nothing is recorded in the range
   * @throws IOException when the store fails
   */
  public static MediaView view(PlayableAsset asset, ManifestRange range, TrackKind kind)
      throws IOException {
    Line line = new Line();
    for (RunSection section : sections(asset, range)) {
      for (Fragment fragment :
          kind.in(section).map(RunSection.TrackSection::fragments).orElse(List.of())) {
        line.add(fragment);
      }
    }
    return MediaView.complete(List.copyOf(line.fragments()));
  }
}
