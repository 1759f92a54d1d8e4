package io.lva.bench.system;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The frames that a recording holds, by their stamps.
 *
 * <p>Immutable.
 *
 * @param count number of frames
 * @param missing frames that are absent between the first and the last, or out of order
 * @param firstSentNanos when the camera sent the first
 * @param lastSentNanos when the camera sent the last
 */
record RecordedFrames(long count, long missing, long firstSentNanos, long lastSentNanos) {
  /** Describes what is missing from a period; empty when the recording is complete. */
  Optional<String> flaw(long fromNanos, long toNanos) {
    if (count == 0) {
      return Optional.of("no frame is recorded");
    }
    if (missing > 0) {
      return Optional.of(missing + " frames are missing between " + count);
    }
    if (firstSentNanos > fromNanos) {
      return Optional.of("it begins " + seconds(firstSentNanos - fromNanos) + " late");
    }
    if (lastSentNanos < toNanos) {
      return Optional.of("it ends " + seconds(toNanos - lastSentNanos) + " early");
    }
    return Optional.empty();
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }

  /** Reads all files of a camera. */
  static RecordedFrames read(Path folder) throws IOException {
    Tally tally = new Tally();
    for (Path file : FileFollower.recordings(folder)) {
      try (FileChannel channel = FileChannel.open(file)) {
        new StampReader(tally::add).read(channel);
      }
    }
    return tally.result();
  }

  private static final class Tally {
    private long count;
    private long missing;
    private long first;
    private long last;
    private long number;

    void add(FrameStamp stamp) {
      if (count == 0) {
        first = stamp.sentNanos();
      } else {
        missing += Math.abs(stamp.number() - number - 1);
      }
      count++;
      number = stamp.number();
      last = stamp.sentNanos();
    }

    RecordedFrames result() {
      return new RecordedFrames(count, missing, first, last);
    }
  }
}
