package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.H264Parameters;
import io.lva.media.MediaType;
import io.lva.media.Track;

/**
 * Writes and reads the description of samples (ISO/IEC 14496-12 clauses 8.5.2 and 12.1.3).
 *
 * <pre>
 * stsd
 *   avc1 or avc3   width, height
 *     avcC         {@link AvcConfiguration}
 * </pre>
 */
final class SampleEntry {
  private static final int VISUAL_FIELDS_BYTES = 78;

  private SampleEntry() {}

  static void write(BoxWriter out, TrackEntry entry) {
    CodecParameters parameters = entry.track().parameters();
    if (parameters instanceof H264Parameters h264) {
      boolean inBand = entry.place() == ParameterSetPlace.IN_BAND;
      out.box(
          inBand ? BoxType.AVC3 : BoxType.AVC1,
          () -> {
            visual(out, h264.width(), h264.height());
            AvcConfiguration.write(out, h264, entry.nalLengthBytes());
          });
    } else if (parameters instanceof OpaqueCodec opaque) {
      out.bytes(opaque.sampleEntry());
    } else {
      throw new IllegalArgumentException("no sample entry for " + parameters.codec());
    }
  }

  private static void visual(BoxWriter out, int width, int height) {
    out.zeros(6);
    out.u16(1);
    out.zeros(16);
    out.u16(width);
    out.u16(height);
    out.u32(0x0048_0000);
    out.u32(0x0048_0000);
    out.zeros(4);
    out.u16(1);
    out.zeros(32);
    out.u16(0x0018);
    out.u16(0xffff);
  }

  /** Reads the first sample entry of {@code stsd}. */
  static TrackEntry parse(Payload stsd, int trackId, int timescale, MediaType mediaType)
      throws Mp4Exception {
    stsd.versionAndFlags();
    stsd.u32();
    BoxCursor cursor = stsd.boxes();
    if (!cursor.next()) {
      throw new Mp4Exception("'stsd' without sample entry");
    }
    if (cursor.type() == BoxType.AVC1 || cursor.type() == BoxType.AVC3) {
      return avc(cursor, trackId, timescale);
    }
    return opaque(cursor, trackId, timescale, mediaType, 4);
  }

  private static TrackEntry avc(BoxCursor cursor, int trackId, int timescale) throws Mp4Exception {
    Payload entry = cursor.payload();
    entry.skip(VISUAL_FIELDS_BYTES);
    AvcConfiguration avcC = AvcConfiguration.parse(BoxCursor.require(entry, BoxType.AVCC));
    boolean inBand = cursor.type() == BoxType.AVC3;
    if (inBand && avcC.sequenceParameterSets().isEmpty()) {
      return opaque(cursor, trackId, timescale, MediaType.VIDEO, avcC.nalLengthBytes());
    }
    try {
      H264Parameters parameters =
          H264Parameters.of(avcC.sequenceParameterSets(), avcC.pictureParameterSets());
      return new TrackEntry(
          new Track(trackId, timescale, parameters),
          inBand ? ParameterSetPlace.IN_BAND : ParameterSetPlace.SAMPLE_ENTRY,
          avcC.nalLengthBytes());
    } catch (IllegalArgumentException e) {
      throw new Mp4Exception("'avcC': " + e.getMessage(), e);
    }
  }

  private static TrackEntry opaque(
      BoxCursor cursor, int trackId, int timescale, MediaType mediaType, int nalLengthBytes) {
    String codec = BoxType.text(cursor.type());
    OpaqueCodec parameters = new OpaqueCodec(mediaType, codec, Bytes.copyOf(cursor.box()));
    return new TrackEntry(
        new Track(trackId, timescale, parameters), ParameterSetPlace.IN_BAND, nalLengthBytes);
  }
}
