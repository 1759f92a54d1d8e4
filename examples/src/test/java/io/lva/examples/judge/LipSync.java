package io.lva.examples.judge;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Flashes and beeps at each second, and how far apart a recording has them. */
public final class LipSync {
  private static final int RATE = 8000;
  private static final int SIDE = 16;
  private static final int BRIGHT = 128;
  private static final int LOUD = 3000;
  private static final int PAUSE = RATE / 4;

  private LipSync() {}

  /** A clip of 640x360 at 25 frames per second, with mono sound of one of ffmpeg's encoders. */
  public static Path clip(Path folder, String encoder, int seconds) {
    Path clip = folder.resolve("lip-" + encoder + ".mkv");
    String rate = encoder.startsWith("pcm") ? "8000" : "48000";
    Judges.accept(
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "color=black:size=640x360:rate=25,"
            + "drawbox=enable='lt(mod(t,1),0.1)':color=white:t=fill",
        "-f",
        "lavfi",
        "-i",
        "aevalsrc='0.8*sin(2*PI*1000*t)*lt(mod(t,1),0.1)':s=" + rate,
        "-t",
        Integer.toString(seconds),
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-g",
        "50",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        encoder,
        clip.toString());
    return clip;
  }

  /** By how many milliseconds each beep comes later than its flash, in the order of time. */
  public static List<Double> errorsMillis(Path folder, Path file) throws IOException {
    List<Double> beeps = beeps(folder, file);
    List<Double> errors = new ArrayList<>();
    for (double flash : flashes(folder, file)) {
      beeps.stream()
          .map(beep -> (beep - flash) * 1000)
          .min((a, b) -> Double.compare(Math.abs(a), Math.abs(b)))
          .ifPresent(errors::add);
    }
    return errors;
  }

  private static List<Double> flashes(Path folder, Path file) throws IOException {
    List<Double> times =
        Judges.accept(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                "v",
                "-show_entries",
                "frame=best_effort_timestamp_time",
                "-of",
                "csv=p=0",
                file.toString())
            .lines()
            .stream()
            .map(line -> line.replace(",", "").strip())
            .filter(line -> !line.isEmpty())
            .map(Double::valueOf)
            .toList();
    byte[] pixels =
        decoded(
            folder,
            file,
            "-map",
            "0:v",
            "-vf",
            "scale=" + SIDE + ":" + SIDE + ":flags=area,format=gray",
            "-fps_mode",
            "passthrough",
            "-f",
            "rawvideo");
    List<Double> flashes = new ArrayList<>();
    boolean before = true;
    for (int i = 0; i < Math.min(times.size(), pixels.length / (SIDE * SIDE)); i++) {
      long sum = 0;
      for (int at = 0; at < SIDE * SIDE; at++) {
        sum += pixels[i * SIDE * SIDE + at] & 0xff;
      }
      boolean bright = sum / (SIDE * SIDE) > BRIGHT;
      if (bright && !before) {
        flashes.add(times.get(i));
      }
      before = bright;
    }
    return flashes;
  }

  private static List<Double> beeps(Path folder, Path file) throws IOException {
    byte[] bytes =
        decoded(
            folder,
            file,
            "-map",
            "0:a",
            "-af",
            "aresample=" + RATE + ":async=1:min_hard_comp=0.005:first_pts=0",
            "-ac",
            "1",
            "-f",
            "s16le");
    ShortBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    List<Double> beeps = new ArrayList<>();
    int quiet = PAUSE;
    for (int i = 0; i < samples.limit(); i++) {
      if (Math.abs(samples.get(i)) <= LOUD) {
        quiet++;
        continue;
      }
      if (quiet >= PAUSE) {
        beeps.add(i / (double) RATE);
      }
      quiet = 0;
    }
    return beeps;
  }

  private static byte[] decoded(Path folder, Path file, String... arguments) throws IOException {
    Path raw = folder.resolve("decoded.raw");
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-i", file.toString()));
    command.addAll(List.of(arguments));
    command.add(raw.toString());
    Judges.accept(command.toArray(String[]::new));
    byte[] bytes = Files.readAllBytes(raw);
    Files.delete(raw);
    return bytes;
  }
}
