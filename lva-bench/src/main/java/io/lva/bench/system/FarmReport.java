package io.lva.bench.system;

import java.util.List;

/**
 * What the cameras of a farm have sent so far.
 *
 * <p>Immutable.
 *
 * @param cameras number of cameras that play
 * @param frames access units
 * @param lateFrames frames sent more than 200 ms late
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

  /** Returns what was sent since an earlier report; the number of cameras is the current one. */
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
