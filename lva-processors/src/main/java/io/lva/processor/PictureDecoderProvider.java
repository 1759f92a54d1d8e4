package io.lva.processor;

import io.lva.media.CodecParameters;

/**
 * Creates decoders of one implementation. Providers are found by {@link java.util.ServiceLoader};
 * where several support a track, the one with the highest {@link #priority} is used.
 *
 * <p>Thread-safe.
 */
public interface PictureDecoderProvider {
  /**
   * Returns the name for logs and events.
   *
   * @return the name, such as {@code jcodec}
   */
  String name();

  /**
   * Returns the rank among providers.
   *
   * @return 0 for the pure Java decoder of this library; higher wins
   */
  int priority();

  /**
   * Returns whether key pictures of a track can be decoded correctly.
   *
   * @param parameters of the track
   * @return false also when it cannot be determined
   */
  boolean supports(CodecParameters parameters);

  /**
   * Creates a decoder.
   *
   * @return a decoder, to be closed by the caller
   */
  PictureDecoder create();
}
