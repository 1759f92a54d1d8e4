package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.NalUnitFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the parameter sets of a track whose sample entry has none, such as {@code avc3}.
 *
 * <p>They precede the first picture of the first sync sample.
 */
final class InBandParameters {
  private static final int MAXIMUM_BYTES = 64 * 1024;

  private InBandParameters() {}

  /** Returns the entry with its parameters, or the unchanged entry when no parameters are found. */
  static TrackEntry complete(TrackEntry entry, SampleTable samples, SourceWindow source)
      throws IOException, Mp4Exception {
    CodecParameters parameters = entry.track().parameters();
    Optional<NalUnitFormat> nalUnits = parameters.nalUnits();
    int sample = firstSync(samples);
    if (!(parameters instanceof OpaqueCodec) || nalUnits.isEmpty() || sample < 0) {
      return entry;
    }
    int length = Math.min(samples.size(sample), MAXIMUM_BYTES);
    ByteBuffer bytes = source.range(samples.offset(sample), length);
    try {
      return nalUnits
          .get()
          .parameters(parameterSets(bytes, entry.nalLengthBytes(), nalUnits.get()))
          .map(entry::with)
          .orElse(entry);
    } catch (IllegalArgumentException e) {
      throw new Mp4Exception("in-band parameter sets: " + e.getMessage(), e);
    }
  }

  private static int firstSync(SampleTable samples) {
    for (int i = 0; i < samples.count(); i++) {
      if (samples.isSync(i)) {
        return i;
      }
    }
    return -1;
  }

  private static List<Bytes> parameterSets(
      ByteBuffer sample, int nalLengthBytes, NalUnitFormat format) {
    List<Bytes> sets = new ArrayList<>();
    while (sample.remaining() > nalLengthBytes) {
      long length = 0;
      for (int i = 0; i < nalLengthBytes; i++) {
        length = length << 8 | (sample.get() & 0xff);
      }
      if (length < format.headerBytes() || length > sample.remaining()) {
        return sets;
      }
      ByteBuffer nalUnit = sample.slice(sample.position(), (int) length);
      if (format.kind(header(nalUnit, format)) == NalUnitFormat.Kind.PARAMETER_SET) {
        sets.add(Bytes.copyOf(nalUnit));
      }
      sample.position(sample.position() + (int) length);
    }
    return sets;
  }

  private static int header(ByteBuffer nalUnit, NalUnitFormat format) {
    return format.headerBytes() == 1 ? nalUnit.get(0) & 0xff : nalUnit.getShort(0) & 0xffff;
  }
}
