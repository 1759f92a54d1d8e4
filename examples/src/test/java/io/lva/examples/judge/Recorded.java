package io.lva.examples.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** Decode time and duration of a packet, in ticks. */
  public record Packet(long decodeTime, long duration) {}

  /** The packets of a file as ffprobe lists them. */
  public static List<Packet> packets(Path file) {
    List<Packet> packets = new ArrayList<>();
    Judges.Verdict listing =
        Judges.accept(
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v:0",
            "-show_entries",
            "packet=dts,duration",
            "-of",
            "csv=p=0",
            file.toString());
    for (String line : listing.lines()) {
      String[] values = line.split(",", /* limit= */ -1);
      packets.add(new Packet(Long.parseLong(values[0]), Long.parseLong(values[1])));
    }
    return packets;
  }

  /** Each file decodes, and its packets follow one another to the tick, beginning at zero. */
  public void assertPlayableAndContinuous() {
    assertThat(segments).isNotEmpty();
    for (Path segment : segments) {
      Judges.decodes(segment.toString());
      long expected = 0;
      for (Packet packet : packets(segment)) {
        assertThat(packet.decodeTime()).as(segment.toString()).isEqualTo(expected);
        expected = packet.decodeTime() + packet.duration();
      }
    }
  }

  public NalUnits slices(Path workFolder) {
    return NalUnits.concat(
        segments.stream().map(segment -> Clips.slices(workFolder, segment)).toList());
  }
}
