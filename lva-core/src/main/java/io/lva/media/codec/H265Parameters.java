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
 * Parameters of an H.265 track.
 *
 * <p>Immutable.
 *
 * @param sps the decoded first sequence parameter set
 * @param videoParameterSets NAL units without start codes, at least one
 * @param sequenceParameterSets NAL units without start codes, at least one
 * @param pictureParameterSets NAL units without start codes, at least one
 */
public record H265Parameters(
    H265Sps sps,
    List<Bytes> videoParameterSets,
    List<Bytes> sequenceParameterSets,
    List<Bytes> pictureParameterSets)
    implements CodecParameters {
  private static final NalUnitFormat NAL_UNITS = new H265Format();

  /**
   * Copies the lists.
   *
   * @param sps see above
   * @param videoParameterSets see above
   * @param sequenceParameterSets see above
   * @param pictureParameterSets see above
   */
  public H265Parameters {
    videoParameterSets = List.copyOf(videoParameterSets);
    sequenceParameterSets = List.copyOf(sequenceParameterSets);
    pictureParameterSets = List.copyOf(pictureParameterSets);
  }

  /**
   * Decodes parameter sets.
   *
   * @param videoParameterSets NAL units without start codes
   * @param sequenceParameterSets NAL units without start codes; the first one is decoded
   * @param pictureParameterSets NAL units without start codes
   * @return the parameters
   * @throws IllegalArgumentException when a list is empty or the first sequence parameter set
   *     cannot be parsed
   */
  public static H265Parameters of(
      List<Bytes> videoParameterSets,
      List<Bytes> sequenceParameterSets,
      List<Bytes> pictureParameterSets) {
    if (videoParameterSets.isEmpty()
        || sequenceParameterSets.isEmpty()
        || pictureParameterSets.isEmpty()) {
      throw new IllegalArgumentException(
          "H.265 needs a video, a sequence and a picture parameter set");
    }
    return new H265Parameters(
        H265Sps.parse(sequenceParameterSets.get(0)),
        videoParameterSets,
        sequenceParameterSets,
        pictureParameterSets);
  }

  @Override
  public MediaType mediaType() {
    return MediaType.VIDEO;
  }

  @Override
  public String codec() {
    return "hvc1" + sps.profile().codecSuffix();
  }

  @Override
  public List<String> mimeTypes() {
    return List.of("video/H265", "video/HEVC");
  }

  @Override
  public Optional<SampleDescription> sampleDescription(ParameterSetPlace place) {
    boolean inBand = place == ParameterSetPlace.IN_BAND;
    List<Box> boxes = new ArrayList<>();
    boxes.add(new Box(H265Configuration.BOX, H265Configuration.write(this, !inBand)));
    boxes.addAll(sps.signal().boxes());
    return Optional.of(SampleDescription.video(inBand ? "hev1" : "hvc1", width(), height(), boxes));
  }

  @Override
  public List<Bytes> parameterSets() {
    List<Bytes> sets = new ArrayList<>(videoParameterSets);
    sets.addAll(sequenceParameterSets);
    sets.addAll(pictureParameterSets);
    return sets;
  }

  @Override
  public Optional<NalUnitFormat> nalUnits() {
    return Optional.of(NAL_UNITS);
  }

  @Override
  public Reordering reordering() {
    return new Reordering(sps.maxReorderPictures(), sps.maxReorderPictures());
  }

  @Override
  public long frameTicks(int timescale) {
    return sps.frameTicks(timescale);
  }

  @Override
  public int width() {
    return sps.width();
  }

  @Override
  public int height() {
    return sps.height();
  }
}
