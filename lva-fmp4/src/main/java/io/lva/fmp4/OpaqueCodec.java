package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.NalUnitFormat;
import io.lva.media.codec.CodecFormat;
import io.lva.media.codec.CodecFormats;
import java.util.Optional;

/**
 * A codec whose parameters this library does not look into, or could not find in the sample entry.
 *
 * <p>The sample entry is kept as it was read, so that such a track can be written again.
 *
 * <p>Immutable.
 *
 * @param mediaType from the handler of the track
 * @param codec the four-character code of the sample entry, such as {@code mp4v}
 * @param sampleEntry the whole box
 */
public record OpaqueCodec(MediaType mediaType, String codec, Bytes sampleEntry)
    implements CodecParameters {
  private static final int WIDTH_OFFSET = 32;
  private static final int HEIGHT_OFFSET = 34;
  private static final int CHANNELS_OFFSET = 24;
  private static final int RATE_OFFSET = 32;

  @Override
  public Optional<NalUnitFormat> nalUnits() {
    return CodecFormats.find(codec).flatMap(CodecFormat::nalUnits);
  }

  @Override
  public int width() {
    return mediaType == MediaType.VIDEO ? number(WIDTH_OFFSET) : 0;
  }

  @Override
  public int height() {
    return mediaType == MediaType.VIDEO ? number(HEIGHT_OFFSET) : 0;
  }

  @Override
  public int sampleRate() {
    return mediaType == MediaType.AUDIO ? number(RATE_OFFSET) : 0;
  }

  @Override
  public int channels() {
    return mediaType == MediaType.AUDIO ? number(CHANNELS_OFFSET) : 0;
  }

  private int number(int offset) {
    return offset + 2 > sampleEntry.size()
        ? 0
        : sampleEntry.get(offset) << 8 | sampleEntry.get(offset + 1);
  }
}
