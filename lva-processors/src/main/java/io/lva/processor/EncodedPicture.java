package io.lva.processor;

import io.lva.media.CodecParameters;
import io.lva.media.NalUnitFormat;
import io.lva.media.Sample;
import io.lva.media.SampleData;
import java.util.ArrayList;
import java.util.List;

/**
 * A key picture on its way to a decoder, preceded by its parameter sets.
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
   * @return NAL units, each after a start code; not to be changed
   */
  public byte[] annexB() {
    return annexB;
  }

  /**
   * Copies a sample.
   *
   * @param sample a sync sample of a video track; its data is valid during the call
   * @return the picture in the form that a decoder expects
   * @throws PictureException when the codec does not use NAL units, one of them does not fit into
   *     the sample, or there are too many
   */
  public static EncodedPicture of(Sample sample) throws PictureException {
    CodecParameters parameters = sample.track().parameters();
    NalUnitFormat form =
        parameters
            .nalUnits()
            .orElseThrow(
                () -> new PictureException(parameters.codec() + " does not consist of NAL units"));
    List<byte[]> units = new ArrayList<>();
    parameters.parameterSets().forEach(set -> units.add(set.toByteArray()));
    SampleData data = sample.data();
    int at = 0;
    while (at + Integer.BYTES <= data.size()) {
      int length = data.getInt(at);
      at += Integer.BYTES;
      if (length < 0 || length > data.size() - at || units.size() > MAXIMUM_NAL_UNITS) {
        throw new PictureException("a NAL unit of " + length + " bytes does not fit its sample");
      }
      if (length >= form.headerBytes() && !isParameterSet(form, data, at)) {
        units.add(data.slice(at, length).toByteArray());
      }
      at += length;
    }
    return new EncodedPicture(parameters, join(units));
  }

  /**
   * Returns whether a NAL unit is a parameter set. The sets of the track were checked; those in a
   * sample only repeat them.
   */
  private static boolean isParameterSet(NalUnitFormat form, SampleData data, int at) {
    int header = 0;
    for (int i = 0; i < form.headerBytes(); i++) {
      header = (header << Byte.SIZE) | (data.get(at + i) & 0xff);
    }
    return form.kind(header) == NalUnitFormat.Kind.PARAMETER_SET;
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
