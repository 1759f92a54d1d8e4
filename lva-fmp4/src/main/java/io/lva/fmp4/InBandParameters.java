package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.H264Parameters;
import io.lva.media.Track;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the parameter sets of a track whose sample entry has none: {@code avc3}.
 *
 * <p>They are in front of the first picture of the first sync sample.
 */
final class InBandParameters {
  private static final int MAXIMUM_BYTES = 64 * 1024;
  private static final int SEQUENCE_PARAMETER_SET = 7;
  private static final int PICTURE_PARAMETER_SET = 8;

  private InBandParameters() {}

  /** Returns the entry with its parameters, or as it is where nothing can be found. */
  static TrackEntry complete(TrackEntry entry, SampleTable samples, SourceWindow source)
      throws IOException, Mp4Exception {
    CodecParameters parameters = entry.track().parameters();
    if (!(parameters instanceof OpaqueCodec) || !parameters.codec().equals("avc3")) {
      return entry;
    }
    int sample = firstSync(samples);
    if (sample < 0) {
      return entry;
    }
    int length = Math.min(samples.size(sample), MAXIMUM_BYTES);
    ByteBuffer bytes = source.range(samples.offset(sample), length);
    List<Bytes> sequenceSets = new ArrayList<>();
    List<Bytes> pictureSets = new ArrayList<>();
    collect(bytes, entry.nalLengthBytes(), sequenceSets, pictureSets);
    if (sequenceSets.isEmpty() || pictureSets.isEmpty()) {
      return entry;
    }
    try {
      Track track = entry.track();
      H264Parameters found = H264Parameters.of(sequenceSets, pictureSets);
      return new TrackEntry(
          new Track(track.id(), track.timescale(), found), entry.place(), entry.nalLengthBytes());
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

  private static void collect(
      ByteBuffer sample, int nalLengthBytes, List<Bytes> sequenceSets, List<Bytes> pictureSets) {
    while (sample.remaining() > nalLengthBytes) {
      long length = 0;
      for (int i = 0; i < nalLengthBytes; i++) {
        length = length << 8 | (sample.get() & 0xff);
      }
      if (length < 1 || length > sample.remaining()) {
        return;
      }
      ByteBuffer nalUnit = sample.slice(sample.position(), (int) length);
      int type = nalUnit.get(0) & 0x1f;
      if (type == SEQUENCE_PARAMETER_SET) {
        sequenceSets.add(Bytes.copyOf(nalUnit));
      } else if (type == PICTURE_PARAMETER_SET) {
        pictureSets.add(Bytes.copyOf(nalUnit));
      }
      sample.position(sample.position() + (int) length);
    }
  }
}
