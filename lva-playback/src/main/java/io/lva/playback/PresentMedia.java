package io.lva.playback;

import io.lva.asset.AssetReader;
import io.lva.asset.RunSection;
import io.lva.asset.archive.AssetView;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.StoreFeature;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Which of the media in the index is still there: on a disk, somebody may have removed files. Other
 * stores are trusted, because asking them is slow.
 *
 * @param reader of an asset
 * @param view of the same asset
 */
record PresentMedia(AssetReader reader, AssetView view) {
  private boolean isTrusted() {
    return !view.store().features().contains(StoreFeature.IN_PLACE);
  }

  /** Returns what is there between two instants, which are at most some days apart. */
  List<TimeRange> ranges(Instant start, Instant end) throws IOException {
    if (isTrusted()) {
      return reader.ranges(start, end);
    }
    TimeRanges ranges = new TimeRanges();
    for (RunSection section : reader.sections(start, end)) {
      ranges.add(Utc.nanos(section.start()), Utc.nanos(section.end()));
    }
    return ranges.within(Utc.nanos(Utc.bounded(start)), Utc.nanos(Utc.bounded(end)));
  }

  /** Returns whether any media of a range is left; lists hour by hour until it finds a file. */
  boolean isThere(Instant start, Instant end) throws IOException {
    if (isTrusted()) {
      return true;
    }
    Instant first = start.truncatedTo(ChronoUnit.MILLIS); // as in the names
    Instant hour = start.truncatedTo(ChronoUnit.HOURS);
    while (hour.isBefore(end)) {
      for (AssetView.SegmentFile file : view.segments(SegmentName.hourFolder(hour))) {
        Instant begin = file.name().start();
        if (!begin.isBefore(first) && begin.isBefore(end)) {
          return true;
        }
      }
      hour = hour.plus(1, ChronoUnit.HOURS);
    }
    return !reader.sections(start, start.plusMillis(1)).isEmpty(); // a file that begins before
  }
}
