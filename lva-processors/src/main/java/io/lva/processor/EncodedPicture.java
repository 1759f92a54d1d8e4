package io.lva.processor;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.Sample;
import io.lva.media.SampleData;
import io.lva.media.codec.H264Parameters;
import io.lva.media.codec.H265Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * A key picture on its way to a decoder, with its parameter sets before it.
 *
 * <p>Immutable, as long as nobody writes to the array.
 */
public final class EncodedPicture {
  private static final int MAXIMUM_NAL_UNITS = 4096;

  private final CodecParameters parameters;
  private final byte[] annexB;

  /**
   * Creates a picture.
   *
   * @param parameters of its track
   * @param annexB NAL units, each after a start code (ITU-T H.264 annex B); ownership is
   *     transferred
   */
  public EncodedPicture(CodecParameters parameters, byte[] annexB) {
    this.parameters = parameters;
    this.annexB = annexB;
  }

  /**
   * Returns the parameters of its track.
   *
   * @return what a decoder must know
   */
  public CodecParameters parameters() {
    return parameters;
  }

  /**
   * Returns the data.
   *
   * @return NAL units, each after the start code 00 00 00 01; not to be changed
   */
  public byte[] annexB() {
    return annexB;
  }

  /**
   * Copies a sample.
   *
   * @param sample a sync sample of a video track; its data is valid during the call
   * @return the picture as a decoder wants it
   * @throws PictureException when the lengths of its NAL units do not add up
   */
  public static EncodedPicture of(Sample sample) throws PictureException {
    CodecParameters parameters = sample.track().parameters();
    List<byte[]> units = new ArrayList<>();
    parameterSets(parameters).forEach(set -> units.add(set.toByteArray()));
    boolean h264 = parameters instanceof H264Parameters;
    SampleData data = sample.data();
    int at = 0;
    while (at + Integer.BYTES <= data.size()) {
      int length = data.getInt(at);
      at += Integer.BYTES;
      if (length < 0 || length > data.size() - at || units.size() > MAXIMUM_NAL_UNITS) {
        throw new PictureException("a NAL unit of " + length + " bytes does not fit its sample");
      }
      if (length > 0 && !(h264 && isParameterSet(data.get(at)))) {
        units.add(data.slice(at, length).toByteArray());
      }
      at += length;
    }
    return new EncodedPicture(parameters, join(units));
  }

  /** Those of the track were checked; what stands in the sample repeats them. */
  private static boolean isParameterSet(int header) {
    int type = header & 0x1f;
    return type == 7 || type == 8;
  }

  private static List<Bytes> parameterSets(CodecParameters parameters) {
    if (parameters instanceof H264Parameters h264) {
      List<Bytes> sets = new ArrayList<>(h264.sequenceParameterSets());
      sets.addAll(h264.pictureParameterSets());
      return sets;
    }
    if (parameters instanceof H265Parameters h265) {
      List<Bytes> sets = new ArrayList<>(h265.videoParameterSets());
      sets.addAll(h265.sequenceParameterSets());
      sets.addAll(h265.pictureParameterSets());
      return sets;
    }
    return List.of();
  }

  private static byte[] join(List<byte[]> units) {
    int size = 0;
    for (byte[] unit : units) {
      size += Integer.BYTES + unit.length;
    }
    byte[] joined = new byte[size];
    int at = 0;
    for (byte[] unit : units) {
      joined[at + 3] = 1;
      System.arraycopy(unit, 0, joined, at + Integer.BYTES, unit.length);
      at += Integer.BYTES + unit.length;
    }
    return joined;
  }
}
