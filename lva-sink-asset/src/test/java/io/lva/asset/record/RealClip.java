package io.lva.asset.record;

import io.lva.media.Bytes;
import io.lva.media.Sample;
import io.lva.media.SampleBuilder;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.media.Track;
import io.lva.media.codec.H264Parameters;
import io.lva.testkit.SharedData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Real pictures of a camera, one a file in the test data, sent again and again. */
final class RealClip {
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int IDR = 5;

  private final List<List<byte[]>> pictures = new ArrayList<>();
  private final SampleBuilder builder;
  private final Track track;

  RealClip(SlabPool pool) {
    for (byte[] picture : SharedData.contents("testdata/frames/h264")) {
      pictures.add(H264Pictures.units(picture));
    }
    List<byte[]> first = pictures.get(0);
    track =
        new Track(
            1, 90_000, H264Parameters.of(List.of(unit(first, SPS)), List.of(unit(first, PPS))));
    builder = new SampleBuilder(pool);
  }

  private static Bytes unit(List<byte[]> units, int type) {
    return units.stream()
        .filter(unit -> (unit[0] & 0x1f) == type)
        .map(Bytes::copyOf)
        .findFirst()
        .orElseThrow();
  }

  Track track() {
    return track;
  }

  /** Sends a picture as a depacketizer does: without parameter sets. */
  void send(long number, long utcNanos, SampleConsumer consumer) {
    List<byte[]> units = pictures.get((int) (number % pictures.size()));
    boolean sync = false;
    for (byte[] unit : units) {
      int type = unit[0] & 0x1f;
      if (type >= 1 && type <= IDR) {
        boolean fits = builder.appendInt(unit.length) && builder.append(ByteBuffer.wrap(unit));
        if (!fits) {
          throw new IllegalStateException("no memory left for a picture");
        }
        sync |= type == IDR;
      }
    }
    consumer.sample(new Sample(track, number * 3600, 0, sync, false, utcNanos, builder.build()));
  }

  void close() {
    builder.close();
  }
}
