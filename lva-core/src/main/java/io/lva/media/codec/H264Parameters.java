package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.NalUnitFormat;
import io.lva.media.ParameterSetPlace;
import io.lva.media.Reordering;
import io.lva.media.SampleDescription;
import io.lva.media.SampleDescription.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private static final NalUnitFormat NAL_UNITS = new H264Format();

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
   * @param sequenceParameterSets NAL units without start codes; the first one is decoded
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

  @Override
  public List<String> mimeTypes() {
    return List.of("video/H264");
  }

  @Override
  public Optional<SampleDescription> sampleDescription(ParameterSetPlace place) {
    List<Box> boxes = new ArrayList<>();
    boxes.add(new Box(H264Configuration.BOX, H264Configuration.write(this)));
    boxes.addAll(sps.signal().boxes());
    String type = place == ParameterSetPlace.IN_BAND ? "avc3" : "avc1";
    return Optional.of(SampleDescription.video(type, width(), height(), boxes));
  }

  @Override
  public List<Bytes> parameterSets() {
    List<Bytes> sets = new ArrayList<>(sequenceParameterSets);
    sets.addAll(pictureParameterSets);
    return sets;
  }

  @Override
  public Optional<NalUnitFormat> nalUnits() {
    return Optional.of(NAL_UNITS);
  }

  @Override
  public Reordering reordering() {
    return new Reordering(sps.reorderStated() ? sps.maxReorderFrames() : 0, sps.maxReorderFrames());
  }

  @Override
  public long frameTicks(int timescale) {
    return sps.frameTicks(timescale);
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
