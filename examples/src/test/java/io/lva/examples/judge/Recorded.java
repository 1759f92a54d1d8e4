package io.lva.examples.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The segment files of an asset, in the order of their names, as outside programs see them. */
public record Recorded(List<Path> segments) {
  public static Recorded of(Path store, String asset) {
    return new Recorded(files(store.resolve(asset), ".mp4"));
  }

  /** Files that end in {@code suffix}, in the order of their names. */
  public static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The decode times of a file's packets as ffprobe lists them, in ticks of 1/90000 s. */
  public static List<Long> decodeTimes(Path file) {
    return Judges.accept(
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v:0",
            "-show_entries",
            "packet=dts",
            "-of",
            "csv=p=0",
            file.toString())
        .lines()
        .stream()
        .map(line -> Long.parseLong(line.replace(",", "")))
        .toList();
  }

  /**
   * Each file decodes, begins at zero, and its decode times advance by the length of a frame, but
   * for what follows the drift of the clocks: 500 ppm, rounded up to a tick.
   */
  public void assertPlayableAndContinuous(int frameTicks) {
    assertThat(segments).isNotEmpty();
    for (Path segment : segments) {
      Judges.decodes(segment.toString());
      List<Long> times = decodeTimes(segment);
      assertThat(times.get(0)).isZero();
      for (int i = 1; i < times.size(); i++) {
        assertThat(times.get(i) - times.get(i - 1))
            .as(segment + " packet " + i)
            .isBetween(frameTicks - 2L, frameTicks + 2L);
      }
    }
  }

  public NalUnits slices(Path workFolder) {
    return NalUnits.concat(
        segments.stream().map(segment -> Clips.slices(workFolder, segment)).toList());
  }
}
