package io.lva.processor;

import java.util.function.Function;

/**
 * Decodes key pictures, each on its own: consecutive pictures may come from different cameras, in
 * any sizes and codecs that the provider supports.
 *
 * <p>Used by one thread at a time. A call may hang or take a long time on damaged data; the caller
 * sets a deadline and abandons a decoder that exceeds it.
 */
public interface PictureDecoder extends AutoCloseable {
  /**
   * Decodes one key picture.
   *
   * @param <T> type of the result
   * @param encoded the key picture, which is not changed
   * @param use takes the picture, which is valid during this call only
   * @return what {@code use} returned
   * @throws PictureException when the data does not yield a whole picture
   */
  <T> T decode(EncodedPicture encoded, Function<Picture, T> use) throws PictureException;

  /** Frees memory outside the heap. */
  @Override
  void close();
}
