package io.lva.processor;

import io.lva.media.CodecParameters;

/**
 * Makes decoders of one implementation; found by {@link java.util.ServiceLoader}. Where several
 * support a track, the one with the highest {@link #priority} is used.
 *
 * <p>Thread-safe.
 */
public interface PictureDecoderProvider {
  /**
   * Returns the name for logs and events.
   *
   * @return such as {@code jcodec}
   */
  String name();

  /**
   * Returns the rank among providers.
   *
   * @return 0 for the pure Java decoder of this library; higher wins
   */
  int priority();

  /**
   * Returns whether key pictures of a track can be decoded, and rightly so.
   *
   * @param parameters of the track
   * @return false also when it cannot be told
   */
  boolean supports(CodecParameters parameters);

  /**
   * Makes a decoder.
   *
   * @return a decoder, to be closed by the caller
   */
  PictureDecoder create();
}
