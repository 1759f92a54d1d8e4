package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;

/**
 * A codec whose parameters this library does not look into.
 *
 * <p>The sample entry is kept as it was read, so that such a track can be written again.
 *
 * <p>Immutable.
 *
 * @param mediaType from the handler of the track
 * @param codec the four-character code of the sample entry, such as {@code mp4a}
 * @param sampleEntry the whole box
 */
public record OpaqueCodec(MediaType mediaType, String codec, Bytes sampleEntry)
    implements CodecParameters {}
