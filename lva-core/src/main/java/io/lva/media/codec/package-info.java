/**
 * The codecs this library looks into: what their parameters say, and how a file describes them.
 *
 * <p>A codec is one implementation of {@link io.lva.media.CodecParameters} and one {@link
 * io.lva.media.codec.CodecFormat}, found by the type of the sample entry in {@link
 * io.lva.media.codec.CodecFormats}. Others are added by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.lva.media.codec;

import org.jspecify.annotations.NullMarked;
