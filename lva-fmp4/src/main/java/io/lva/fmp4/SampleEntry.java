package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.NalUnitFormat;
import io.lva.media.ParameterSetPlace;
import io.lva.media.SampleDescription;
import io.lva.media.SampleDescription.Box;
import io.lva.media.Track;
import io.lva.media.codec.CodecFormat;
import io.lva.media.codec.CodecFormats;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes and reads the description of samples (ISO/IEC 14496-12 clauses 8.5.2 and 12): the fields
 * of the media type, followed by the boxes of the codec.
 *
 * <p>Only {@link CodecParameters} and {@link CodecFormats} know the codec.
 */
final class SampleEntry {
  private static final int PREFIX_BYTES = 8;
  private static final int VISUAL_FIELDS_BYTES = 70;
  private static final int QUICKTIME_1_BYTES = 16;
  private static final int BOX_HEADER_BYTES = 8;
  private static final int MAXIMUM_16_BIT_RATE = 0xffff;

  private SampleEntry() {}

  /** Returns the whole box for a track that is to be written. */
  static Bytes write(CodecParameters parameters, ParameterSetPlace place) {
    if (parameters instanceof OpaqueCodec opaque) {
      return opaque.sampleEntry();
    }
    SampleDescription description =
        parameters
            .sampleDescription(place)
            .orElseThrow(
                () -> new IllegalArgumentException("no sample entry for " + parameters.codec()));
    BoxWriter out = new BoxWriter();
    out.box(
        BoxType.of(description.type()),
        () -> {
          out.zeros(6);
          out.u16(1);
          switch (parameters.mediaType()) {
            case VIDEO -> visual(out, description);
            case AUDIO -> audio(out, description);
            case APPLICATION -> text(out, parameters.mimeTypes().get(0));
          }
          description
              .boxes()
              .forEach(box -> out.box(BoxType.of(box.type()), () -> out.bytes(box.content())));
        });
    return out.toBytes();
  }

  private static void visual(BoxWriter out, SampleDescription description) {
    out.zeros(16);
    out.u16(description.width());
    out.u16(description.height());
    out.u32(0x0048_0000);
    out.u32(0x0048_0000);
    out.zeros(4);
    out.u16(1);
    out.zeros(32);
    out.u16(0x0018);
    out.u16(0xffff);
  }

  private static void audio(BoxWriter out, SampleDescription description) {
    int rate = description.sampleRate();
    out.zeros(8);
    out.u16(description.channels());
    out.u16(16);
    out.zeros(4);
    out.u32(rate <= MAXIMUM_16_BIT_RATE ? rate << 16 : 0);
  }

  /** Writes the fields of a {@code TextMetaDataSampleEntry} (clause 12.3.3). */
  private static void text(BoxWriter out, String mimeType) {
    out.u8(0);
    out.text(mimeType);
    out.u8(0);
  }

  /** Returns the width that pictures of a track have when they are shown with square pixels. */
  static int displayWidth(CodecParameters parameters, ParameterSetPlace place) {
    return parameters
        .sampleDescription(place)
        .map(description -> displayWidth(parameters.width(), description))
        .orElse(parameters.width());
  }

  private static int displayWidth(int width, SampleDescription description) {
    Optional<Bytes> ratio = description.box("pasp").filter(box -> box.size() == 8);
    if (ratio.isEmpty()) {
      return width;
    }
    ByteBuffer fields = ratio.get().asByteBuffer();
    long horizontal = Integer.toUnsignedLong(fields.getInt());
    long vertical = Integer.toUnsignedLong(fields.getInt());
    long display = vertical == 0 ? width : width * horizontal / vertical;
    return display < 1 || display > 0xffff ? width : (int) display;
  }

  /** Reads the first sample entry of {@code stsd}. */
  static TrackEntry parse(BoxPayload stsd, int trackId, int timescale, MediaType mediaType)
      throws Mp4Exception {
    stsd.versionAndFlags();
    stsd.u32();
    BoxCursor cursor = stsd.boxes();
    if (!cursor.next()) {
      throw new Mp4Exception("'stsd' without sample entry");
    }
    String type = BoxType.text(cursor.type());
    Bytes box = Bytes.copyOf(cursor.box());
    Optional<CodecFormat> codec = CodecFormats.find(type);
    OpaqueCodec opaque = new OpaqueCodec(mediaType, type, box);
    if (codec.isEmpty()) {
      Track track = new Track(trackId, timescale, opaque);
      return new TrackEntry(track, ParameterSetPlace.IN_BAND, box, opaque.width(), 4);
    }
    SampleDescription description = description(type, cursor.payload(), mediaType);
    try {
      Optional<NalUnitFormat> nalUnits = codec.get().nalUnits();
      CodecParameters parameters = codec.get().parameters(description).orElse(opaque);
      return new TrackEntry(
          new Track(trackId, timescale, parameters),
          place(parameters, type),
          box,
          displayWidth(parameters.width(), description),
          nalUnits.isPresent() ? nalUnits.get().lengthBytes(description) : 4);
    } catch (IllegalArgumentException e) {
      throw new Mp4Exception("'" + type + "': " + e.getMessage(), e);
    }
  }

  private static ParameterSetPlace place(CodecParameters parameters, String type) {
    boolean complete =
        parameters
            .sampleDescription(ParameterSetPlace.SAMPLE_ENTRY)
            .filter(description -> description.type().equals(type))
            .isPresent();
    return complete ? ParameterSetPlace.SAMPLE_ENTRY : ParameterSetPlace.IN_BAND;
  }

  private static SampleDescription description(String type, BoxPayload entry, MediaType mediaType)
      throws Mp4Exception {
    entry.skip(PREFIX_BYTES);
    return switch (mediaType) {
      case VIDEO -> {
        entry.skip(16);
        int width = entry.u16();
        int height = entry.u16();
        entry.skip(VISUAL_FIELDS_BYTES - 20);
        yield SampleDescription.video(type, width, height, boxes(entry));
      }
      case AUDIO -> {
        int version = entry.u16();
        entry.skip(6);
        int channels = entry.u16();
        entry.skip(6);
        int rate = (int) (entry.u32() >>> 16);
        entry.skip(version == 1 ? QUICKTIME_1_BYTES : 0);
        yield SampleDescription.audio(type, rate, channels, boxes(entry));
      }
      case APPLICATION -> new SampleDescription(type, 0, 0, 0, 0, List.of());
    };
  }

  /** Reads the boxes up to the terminator of four zeros that QuickTime allows. */
  private static List<Box> boxes(BoxPayload entry) throws Mp4Exception {
    List<Box> boxes = new ArrayList<>();
    while (entry.remaining() >= BOX_HEADER_BYTES) {
      BoxCursor cursor = entry.boxes();
      cursor.next();
      boxes.add(new Box(BoxType.text(cursor.type()), cursor.payload().bytes()));
      entry.skip(cursor.box().remaining());
    }
    return boxes;
  }
}
