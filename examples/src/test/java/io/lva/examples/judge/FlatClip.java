package io.lva.examples.judge;

import io.lva.media.Bytes;
import io.lva.media.Track;
import io.lva.media.codec.H264Parameters;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A clip of flat grey pictures, lighter from one group of pictures to the next, so that a picture
 * tells which group it is of. Two seconds a group.
 *
 * @param track its parameters
 * @param frameTicks length of a picture in ticks
 * @param groups samples of each group of pictures, length-prefixed
 */
public record FlatClip(Track track, int frameTicks, List<List<Bytes>> groups) {
  public static final int TIMESCALE = 90_000;
  public static final int GROUP_SECONDS = 2;

  /** Luma of the first group, and how much lighter the next is. */
  public static final int FIRST_LUMA = 20;

  public static final int LUMA_STEP = 14;

  private static final int SLICE = 1;
  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int PPS = 8;

  /** Has ffmpeg encode a clip. */
  public static FlatClip encode(Path folder, String size, int framesPerSecond, int seconds)
      throws IOException {
    Judges.require("ffmpeg");
    Path stream = Files.createTempFile(folder, "clip", ".h264");
    String source =
        "color=c=black:size=%s:rate=%d,geq=lum='%d+%d*floor(T/%d)':cb=128:cr=128"
            .formatted(size, framesPerSecond, FIRST_LUMA, LUMA_STEP, GROUP_SECONDS);
    Judges.accept(
        List.of(
                "ffmpeg -v error -y -f lavfi -i".split(" ", -1),
                new String[] {source},
                ("-t %d -c:v libx264 -preset ultrafast -tune zerolatency"
                        + " -x264-params slices=1:threads=1 -g %d -sc_threshold 0"
                        + " -pix_fmt yuv420p -f h264 %s")
                    .formatted(seconds, GROUP_SECONDS * framesPerSecond, stream)
                    .split(" ", -1))
            .stream()
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
    return of(NalUnits.ofAnnexB(Files.readAllBytes(stream)), TIMESCALE / framesPerSecond);
  }

  private static FlatClip of(NalUnits units, int frameTicks) {
    List<List<Bytes>> groups = new ArrayList<>();
    Bytes sps = Bytes.copyOf(new byte[0]);
    Bytes pps = sps;
    for (Bytes unit : units.units()) {
      switch (unit.get(0) & 0x1f) {
        case SPS -> sps = unit;
        case PPS -> pps = unit;
        case IDR -> groups.add(new ArrayList<>(List.of(prefixed(unit))));
        case SLICE -> groups.get(groups.size() - 1).add(prefixed(unit));
        default -> {
          // supplemental information
        }
      }
    }
    Track track = new Track(1, TIMESCALE, H264Parameters.of(List.of(sps), List.of(pps)));
    return new FlatClip(track, frameTicks, groups);
  }

  private static Bytes prefixed(Bytes unit) {
    byte[] content = unit.toByteArray();
    return Bytes.copyOf(
        ByteBuffer.allocate(4 + content.length).putInt(content.length).put(content).array());
  }
}
