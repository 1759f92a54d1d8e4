package io.lva.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One H.264 key picture that ffmpeg encoded, with the samples that ffmpeg decodes from it, by which
 * picture decoders are judged.
 */
public final class KeyPictureFile {
  private final List<byte[]> units;
  private final byte[] planes;

  private KeyPictureFile(List<byte[]> units, byte[] planes) {
    this.units = List.copyOf(units);
    this.planes = planes;
  }

  /**
   * Returns the samples.
   *
   * @return the samples: luma, then the two chroma planes, without padding
   */
  public byte[] planes() {
    return planes.clone();
  }

  /**
   * Returns the picture without its last NAL unit.
   *
   * @return a copy that no decoder can complete
   */
  public KeyPictureFile withoutLastUnit() {
    return new KeyPictureFile(units.subList(0, units.size() - 1), planes);
  }

  /**
   * Encodes and decodes a picture. Skips or fails the test if ffmpeg is not installed.
   *
   * @param folder for the files
   * @param source a source of libavfilter, such as {@code testsrc2=s=640x360}
   * @param x264 options of x264, joined by colons
   * @return the picture
   */
  public static KeyPictureFile encode(Path folder, String source, String x264) {
    Judges.require("ffmpeg");
    Path file = folder.resolve("key-picture.h264");
    Path raw = folder.resolve("key-picture.yuv");
    accept(
        "-f",
        "lavfi",
        "-i",
        source,
        "-frames:v",
        "1",
        "-c:v",
        "libx264",
        "-pix_fmt",
        "yuv420p",
        "-x264-params",
        x264,
        file.toString());
    accept("-i", file.toString(), "-f", "rawvideo", "-pix_fmt", "yuv420p", raw.toString());
    try {
      return new KeyPictureFile(split(Files.readAllBytes(file)), Files.readAllBytes(raw));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the NAL units of the given types.
   *
   * @param types of NAL units, as in the lower five bits of their headers
   * @return the units, in order
   */
  public List<byte[]> units(Integer... types) {
    return units.stream().filter(unit -> Arrays.asList(types).contains(unit[0] & 0x1f)).toList();
  }

  private static List<byte[]> split(byte[] stream) {
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        if (start >= 0) {
          units.add(trimmed(stream, start, i));
        }
        start = i + 3;
        i += 2;
      }
    }
    units.add(trimmed(stream, start, stream.length));
    return units;
  }

  private static byte[] trimmed(byte[] stream, int start, int end) {
    int last = end;
    while (last > start && stream[last - 1] == 0) {
      last--;
    }
    return Arrays.copyOfRange(stream, start, last);
  }

  private static void accept(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    command.addAll(List.of(arguments));
    Judges.accept(command.toArray(String[]::new));
  }
}
