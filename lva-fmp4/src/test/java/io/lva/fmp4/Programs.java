package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs judges and returns what they print. */
final class Programs {
  private Programs() {}

  /** Runs a program that must succeed without a complaint. */
  static List<String> run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    String output = text(process.getInputStream().readAllBytes());
    String complaints = text(process.getErrorStream().readAllBytes());
    int exitValue = process.waitFor();
    assertThat(complaints).as(command[0]).isEmpty();
    assertThat(exitValue).as(command[0]).isZero();
    return output.lines().toList();
  }

  /** Decodes a file with ffmpeg, which must not complain about anything. */
  static void decode(Path file) throws IOException, InterruptedException {
    List<String> output =
        run(
            "ffmpeg",
            "-v",
            "error",
            "-xerror",
            "-err_detect",
            "explode",
            "-i",
            file.toString(),
            "-f",
            "null",
            "-");
    assertThat(output).isEmpty();
  }

  /** Returns the numbers that ffprobe prints of each packet of the first video stream. */
  static List<long[]> packets(Path file, String fields) throws IOException, InterruptedException {
    List<String> lines =
        run(
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v:0",
            "-show_entries",
            "packet=" + fields,
            "-of",
            "csv=p=0",
            file.toString());
    return lines.stream().filter(line -> !line.isBlank()).map(Programs::numbers).toList();
  }

  private static long[] numbers(String line) {
    return Arrays.stream(line.split(",", -1))
        .filter(field -> !field.isBlank())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  /** Returns the hashes of all decoded pictures, in the order of presentation. */
  static List<String> pictureHashes(Path file) throws IOException, InterruptedException {
    return run(
            "ffmpeg",
            "-v",
            "error",
            "-i",
            file.toString(),
            "-map",
            "0:v",
            "-vsync",
            "passthrough",
            "-f",
            "framemd5",
            "-")
        .stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).trim())
        .toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
