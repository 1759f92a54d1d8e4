package io.lva.media;

import java.util.List;
import java.util.Optional;

/**
 * What a decoder must know before the first sample of a track.
 *
 * <p>There is one implementation per codec, and it answers every question that the rest of the
 * library has about a codec: nothing else tells codecs apart. Two tracks whose parameters are equal
 * share an initialization segment; a change of parameters starts a new run of the recording.
 * Implementations are immutable and compared by value.
 */
public interface CodecParameters {
  /**
   * Returns the type of the media.
   *
   * @return video, audio or application
   */
  MediaType mediaType();

  /**
   * Returns the name of the codec that players expect (RFC 6381).
   *
   * @return the name, for example {@code avc1.640028}
   */
  String codec();

  /**
   * Returns the names by which an output selector may choose such a track: the media type of its
   * RTP payload format first, then other names in use.
   *
   * @return one or more types with subtypes, such as {@code video/H264}
   */
  default List<String> mimeTypes() {
    String codec = codec();
    int dot = codec.indexOf('.');
    return List.of(mediaType().text() + '/' + (dot < 0 ? codec : codec.substring(0, dot)));
  }

  /**
   * Describes the samples for a file.
   *
   * @param place where the parameter sets are; without effect for codecs that have none
   * @return what goes into the sample entry; empty when the codec cannot be stored in an MP4 file
   * @throws IllegalArgumentException when the parameters do not fit into a sample entry, such as
   *     too many or too large parameter sets
   */
  default Optional<SampleDescription> sampleDescription(ParameterSetPlace place) {
    return Optional.empty();
  }

  /**
   * Returns the parameter sets that a sender repeats in front of each sync sample.
   *
   * @return NAL units without start codes, in the order in which a decoder needs them; empty for
   *     codecs without parameter sets
   */
  default List<Bytes> parameterSets() {
    return List.of();
  }

  /**
   * Returns the form of the NAL units that the samples consist of.
   *
   * @return the form; empty when the samples are not made of NAL units, each after its length
   */
  default Optional<NalUnitFormat> nalUnits() {
    return Optional.empty();
  }

  /**
   * Returns how far the output order of pictures may differ from their decode order.
   *
   * @return {@link Reordering#NONE} for media without reordering
   */
  default Reordering reordering() {
    return Reordering.NONE;
  }

  /**
   * Returns the nominal duration of one sample.
   *
   * @param timescale ticks per second, positive
   * @return ticks, at most one second; 0 when the parameters do not state it
   */
  default long frameTicks(int timescale) {
    return 0;
  }

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

  /**
   * Returns the sample rate of audio.
   *
   * @return audio samples per second; 0 when the media is not audio
   */
  default int sampleRate() {
    return 0;
  }

  /**
   * Returns the number of audio channels.
   *
   * @return 1 or more; 0 when the media is not audio
   */
  default int channels() {
    return 0;
  }
}
