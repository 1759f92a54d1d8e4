package io.lva.rtspsim;

import io.lva.media.Bytes;
import io.lva.media.codec.H264Parameters;
import io.lva.media.codec.H264Sps;
import io.lva.sdp.RtpMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens a raw H.264 file (ITU-T H.264 annex B). Such a file has no times: its pictures are played
 * at the rate that the sequence parameter set states, or else at 25 per second, in the order of
 * their picture order counts.
 */
final class AnnexBOpener {
  private static final long NONE = -1;
  private static final int HEAD_BYTES = 64;
  private static final int LARGEST_PARAMETER_SET_BYTES = 64 * 1024;
  private static final int MOST_UNITS = 1 << 22;
  private static final int DEFAULT_RATE = 25;
  private static final int HIGHEST_RATE = 240;

  private final FileChannel file;
  private final List<ByteBuffer> parameterSets = new ArrayList<>();
  private final List<Unit> units = new ArrayList<>();
  private Optional<H264Parameters> parameters = Optional.empty();
  private Optional<SliceHead> picture = Optional.empty();
  private long unitStart = NONE;

  private record Unit(long offset, long size, SliceHead picture) {}

  private AnnexBOpener(FileChannel file) {
    this.file = file;
  }

  static FileSource open(String name, FileChannel file, AtomicLong cacheBytes)
      throws IOException, UnservableFileException {
    AnnexBOpener opener = new AnnexBOpener(file);
    new StartCodeScanner(file, opener::nalUnit).scan();
    opener.endUnit(file.size());
    UnitIndex index = opener.index();
    if (index.count() == 0) {
      throw new UnservableFileException("no H.264 picture to begin with");
    }
    H264Parameters found = opener.parameters.orElseThrow();
    FileTrack track =
        new FileTrack(
            file,
            index,
            UnitFraming.ANNEX_B,
            found,
            new FileTrack.Loop(index.endTicks(), RtpMap.VIDEO_CLOCK_RATE),
            cacheBytes);
    return new FileSource(name, file, List.of(track));
  }

  private void nalUnit(long prefix, long start, long end)
      throws IOException, UnservableFileException {
    int limit = picture.isEmpty() ? LARGEST_PARAMETER_SET_BYTES : HEAD_BYTES;
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(limit, end - start));
    file.read(head, start);
    head.flip();
    int type = H264NalUnits.type(head);
    boolean slice = type == 1 || type == H264NalUnits.IDR;
    if (picture.isPresent() && (slice ? isFirst(head) : beginsUnit(type))) {
      endUnit(prefix);
    }
    if (slice && parameters.isEmpty() && !describesPictures()) {
      unitStart = NONE;
      return;
    }
    unitStart = unitStart == NONE ? prefix : unitStart;
    if (slice && picture.isEmpty()) {
      picture = Optional.of(SliceHead.parse(Bytes.copyOf(head), sps()));
    } else if (parameters.isEmpty() && isParameterSet(type)) {
      parameterSets.add(head);
    }
  }

  /**
   * Returns whether a slice begins with macroblock 0; the Exp-Golomb code of zero is a single 1
   * bit.
   */
  private static boolean isFirst(ByteBuffer slice) {
    return slice.remaining() > 1 && slice.get(1) < 0;
  }

  /**
   * Returns whether NAL units of a type come before the first slice of a picture (section
   * 7.4.1.2.3).
   */
  private static boolean beginsUnit(int type) {
    return (type >= 6 && type <= 9) || (type >= 14 && type <= 18);
  }

  private static boolean isParameterSet(int type) {
    return type == H264NalUnits.SEQUENCE_PARAMETER_SET
        || type == H264NalUnits.PICTURE_PARAMETER_SET;
  }

  /**
   * Returns whether there are parameter sets. A stream that was cut out of another may begin with
   * pictures that no parameter set describes.
   */
  private boolean describesPictures() {
    return H264NalUnits.holds(parameterSets, H264NalUnits.SEQUENCE_PARAMETER_SET)
        && H264NalUnits.holds(parameterSets, H264NalUnits.PICTURE_PARAMETER_SET);
  }

  private H264Sps sps() throws UnservableFileException {
    if (parameters.isEmpty()) {
      parameters = Optional.of(H264NalUnits.parameters(parameterSets));
    }
    return parameters.get().sps();
  }

  private void endUnit(long end) throws UnservableFileException {
    if (picture.isEmpty()) {
      return;
    }
    if (units.size() == MOST_UNITS) {
      throw new UnservableFileException("more than " + MOST_UNITS + " pictures");
    }
    units.add(new Unit(unitStart, end - unitStart, picture.get()));
    picture = Optional.empty();
    unitStart = NONE;
  }

  private UnitIndex index() throws UnservableFileException {
    if (units.isEmpty()) {
      return new UnitIndex(1, RtpMap.VIDEO_CLOCK_RATE, 0);
    }
    H264Sps sps = sps();
    PictureOrder order = new PictureOrder(sps);
    for (Unit unit : units) {
      order.add(unit.picture);
    }
    int[] delays = order.delays();
    long step = 2 * sps.unitsInTick();
    boolean told = step > 0 && sps.timeScale() >= step && sps.timeScale() / step <= HIGHEST_RATE;
    UnitIndex index =
        new UnitIndex(told ? sps.timeScale() : DEFAULT_RATE, RtpMap.VIDEO_CLOCK_RATE, 0);
    long ticks = told ? step : 1;
    for (int i = 0; i < delays.length; i++) {
      Unit unit = units.get(i);
      int size = (int) Math.min(Integer.MAX_VALUE, unit.size);
      index.add(unit.offset, size, ticks, (int) (delays[i] * ticks), unit.picture.idr());
    }
    return index;
  }
}
