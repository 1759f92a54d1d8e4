package io.lva.asset.archive;

import io.lva.media.Bytes;
import io.lva.media.codec.H264Parameters;
import io.lva.testkit.SharedData;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Real pictures: 120 at 25 per second, a sync sample every 45. */
public final class H264Frames {
  private final List<byte[]> annexB = new ArrayList<>();
  private final List<byte[]> samples = new ArrayList<>();
  private final List<Boolean> syncs = new ArrayList<>();
  private final List<Bytes> sequenceSets = new ArrayList<>();
  private final List<Bytes> pictureSets = new ArrayList<>();

  private H264Frames() {}

  /** Reads the pictures, or skips the test visibly where there are none. */
  public static H264Frames read() {
    H264Frames frames = new H264Frames();
    SharedData.contents("testdata/frames/h264").forEach(frames::add);
    return frames;
  }

  private void add(byte[] picture) {
    annexB.add(picture);
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    boolean sync = false;
    for (byte[] unit : units(picture)) {
      int type = unit[0] & 0x1f;
      sync |= type == 5;
      if (type == 7 && sequenceSets.isEmpty()) {
        sequenceSets.add(Bytes.copyOf(unit));
      } else if (type == 8 && pictureSets.isEmpty()) {
        pictureSets.add(Bytes.copyOf(unit));
      }
      sample.writeBytes(ByteBuffer.allocate(4).putInt(unit.length).array());
      sample.writeBytes(unit);
    }
    samples.add(sample.toByteArray());
    syncs.add(sync);
  }

  /** Splits at start codes. */
  private static List<byte[]> units(byte[] picture) {
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < picture.length; i++) {
      if (picture[i] == 0 && picture[i + 1] == 0 && picture[i + 2] == 1) {
        if (start >= 0) {
          units.add(unit(picture, start, i));
        }
        start = i + 3;
      }
    }
    units.add(unit(picture, start, picture.length));
    return units;
  }

  private static byte[] unit(byte[] picture, int start, int end) {
    int last = end;
    while (last > start && picture[last - 1] == 0) {
      last--;
    }
    return Arrays.copyOfRange(picture, start, last);
  }

  public int count() {
    return samples.size();
  }

  public boolean sync(int index) {
    return syncs.get(index);
  }

  /** The picture with lengths in front of its NAL units. */
  public byte[] sample(int index) {
    return samples.get(index);
  }

  /** All pictures with start codes. */
  public byte[] annexB() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    annexB.forEach(all::writeBytes);
    return all.toByteArray();
  }

  public H264Parameters parameters() {
    return H264Parameters.of(sequenceSets, pictureSets);
  }
}
