package io.lva.media;

import java.util.List;

/**
 * Parameters of an H.264 track.
 *
 * <p>Immutable.
 *
 * @param sps the decoded first sequence parameter set
 * @param sequenceParameterSets NAL units without start codes, at least one
 * @param pictureParameterSets NAL units without start codes, at least one
 */
public record H264Parameters(
    H264Sps sps, List<Bytes> sequenceParameterSets, List<Bytes> pictureParameterSets)
    implements CodecParameters {
  /**
   * Copies the lists.
   *
   * @param sps see above
   * @param sequenceParameterSets see above
   * @param pictureParameterSets see above
   */
  public H264Parameters {
    sequenceParameterSets = List.copyOf(sequenceParameterSets);
    pictureParameterSets = List.copyOf(pictureParameterSets);
  }

  /**
   * Decodes parameter sets.
   *
   * @param sequenceParameterSets NAL units without start codes; the first decides
   * @param pictureParameterSets NAL units without start codes
   * @return the parameters
   * @throws IllegalArgumentException when a list is empty or the first set cannot be parsed
   */
  public static H264Parameters of(
      List<Bytes> sequenceParameterSets, List<Bytes> pictureParameterSets) {
    if (sequenceParameterSets.isEmpty() || pictureParameterSets.isEmpty()) {
      throw new IllegalArgumentException("H.264 needs a sequence and a picture parameter set");
    }
    return new H264Parameters(
        H264Sps.parse(sequenceParameterSets.get(0)), sequenceParameterSets, pictureParameterSets);
  }

  @Override
  public MediaType mediaType() {
    return MediaType.VIDEO;
  }

  @Override
  public String codec() {
    return sps.codec();
  }

  /**
   * Returns the width of the picture.
   *
   * @return luma samples after cropping
   */
  @Override
  public int width() {
    return sps.width();
  }

  /**
   * Returns the height of the picture.
   *
   * @return luma rows after cropping
   */
  @Override
  public int height() {
    return sps.height();
  }
}
