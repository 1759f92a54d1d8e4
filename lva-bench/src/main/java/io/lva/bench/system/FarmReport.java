package io.lva.bench.system;

import java.util.List;

/**
 * What the cameras of a farm have sent so far.
 *
 * <p>Immutable.
 *
 * @param cameras how many have been asked to play
 * @param frames access units
 * @param lateFrames those that were sent 200 ms or more after they were due
 * @param bytes on the wire
 */
record FarmReport(long cameras, long frames, long lateFrames, long bytes) {
  static final FarmReport NOTHING = new FarmReport(0, 0, 0, 0);

  FarmReport plus(FarmReport other) {
    return new FarmReport(
        cameras + other.cameras,
        frames + other.frames,
        lateFrames + other.lateFrames,
        bytes + other.bytes);
  }

  /** Returns what was sent since an earlier report. */
  FarmReport since(FarmReport earlier) {
    return new FarmReport(
        cameras, frames - earlier.frames, lateFrames - earlier.lateFrames, bytes - earlier.bytes);
  }

  /** Returns the four numbers, with spaces between them. */
  String toLine() {
    return cameras + " " + frames + " " + lateFrames + " " + bytes;
  }

  /** Reads what {@link #toLine} wrote. */
  static FarmReport parse(String line) {
    List<String> numbers = List.of(line.strip().split(" ", -1));
    return new FarmReport(
        Long.parseLong(numbers.get(0)),
        Long.parseLong(numbers.get(1)),
        Long.parseLong(numbers.get(2)),
        Long.parseLong(numbers.get(3)));
  }
}
