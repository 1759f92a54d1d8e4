package io.lva.media;

/**
 * What a decoder must know before the first sample of a track.
 *
 * <p>One implementation a codec. Two tracks whose parameters are equal share an initialization
 * segment; a change of parameters starts a new run of the recording. Implementations are immutable
 * and compared by value.
 */
public interface CodecParameters {
  /**
   * Returns the type of the media.
   *
   * @return video, audio or application
   */
  MediaType mediaType();

  /**
   * Returns the codec in the form players ask for (RFC 6381).
   *
   * @return for example {@code avc1.640028}
   */
  String codec();

  /**
   * Returns the width of a picture.
   *
   * @return pixels; 0 when the media has no pictures
   */
  default int width() {
    return 0;
  }

  /**
   * Returns the height of a picture.
   *
   * @return pixels; 0 when the media has no pictures
   */
  default int height() {
    return 0;
  }
}
