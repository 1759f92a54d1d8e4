package io.lva.media.codec;

import io.lva.media.Bytes;

/**
 * A sequence parameter set of H.265 (ITU-T H.265 clauses 7.3.2.2 and E.2.1), as far as a recorder
 * needs it.
 *
 * <p>Immutable.
 *
 * @param id number of this set, 0 to 15
 * @param subLayers temporal sub-layers, 1 to 7
 * @param temporalIdNested whether sub-layers can be left out anywhere
 * @param profile profile, tier and level
 * @param chromaFormatIdc 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
 * @param bitDepthLuma bits per luma sample, 8 to 16
 * @param bitDepthChroma bits per chroma sample, 8 to 16
 * @param width luma samples per row after cropping
 * @param height luma rows after cropping
 * @param maxReorderPictures the largest {@code sps_max_num_reorder_pics} of any sub-layer, 0 to 16
 * @param unitsInTick duration of a clock tick in units of {@code 1/timeScale} second, nominally one
 *     picture; 0 when not stated
 * @param timeScale time units per second, 0 when not stated
 * @param signal how to show the pictures
 */
public record H265Sps(
    int id,
    int subLayers,
    boolean temporalIdNested,
    H265ProfileTierLevel profile,
    int chromaFormatIdc,
    int bitDepthLuma,
    int bitDepthChroma,
    int width,
    int height,
    int maxReorderPictures,
    long unitsInTick,
    long timeScale,
    VideoSignal signal) {
  private static final int NAL_UNIT_TYPE = 33;
  private static final int MAXIMUM_DIMENSION = 16384;

  /**
   * Parses a NAL unit.
   *
   * <p>Tolerates bytes after the set, and a set that is cut short within its usability information.
   *
   * @param nalUnit with its header of two bytes, without start code
   * @return the fields
   * @throws IllegalArgumentException when it is not a sequence parameter set or states something
   *     impossible
   */
  public static H265Sps parse(Bytes nalUnit) {
    if (nalUnit.size() < 15 || (nalUnit.get(0) >> 1 & 0x3f) != NAL_UNIT_TYPE) {
      throw new IllegalArgumentException("not a sequence parameter set of H.265");
    }
    return new Parser(nalUnit).parse();
  }

  /**
   * Returns the nominal duration of a picture: one tick of the frame clock.
   *
   * @param ticksPerSecond of the result
   * @return ticks, at most one second; 0 when the set states none or a longer one
   */
  public long frameTicks(int ticksPerSecond) {
    if (unitsInTick <= 0 || timeScale <= 0) {
      return 0;
    }
    long ticks = unitsInTick * ticksPerSecond / timeScale;
    return ticks <= ticksPerSecond ? ticks : 0;
  }

  /** One pass over the bits. */
  private static final class Parser {
    private static final int MAXIMUM_SETS = 64;
    private static final int MAXIMUM_PICTURES = 16;

    private final BitReader in;
    private int width;
    private int height;
    private int chromaFormatIdc;
    private long unitsInTick;
    private long timeScale;

    Parser(Bytes nalUnit) {
      in = new BitReader(nalUnit, 2);
    }

    H265Sps parse() {
      in.skip(4);
      int subLayersMinus1 = in.bits(3);
      boolean nested = in.flag();
      H265ProfileTierLevel profile = H265ProfileTierLevel.read(in, subLayersMinus1);
      int id = in.unsignedExpGolomb();
      dimensions();
      int bitDepthLuma = in.unsignedExpGolomb() + 8;
      int bitDepthChroma = in.unsignedExpGolomb() + 8;
      int log2MaxPictureOrder = in.unsignedExpGolomb() + 4;
      int reorder = reorderDepth(subLayersMinus1);
      boolean possible =
          id <= 15
              && subLayersMinus1 < 7
              && bitDepthLuma <= 16
              && bitDepthChroma <= 16
              && log2MaxPictureOrder <= 16
              && reorder <= MAXIMUM_PICTURES;
      if (in.exhausted() || !possible) {
        throw new IllegalArgumentException("sequence parameter set is cut short or impossible");
      }
      VideoSignal signal = usability(log2MaxPictureOrder);
      return new H265Sps(
          id,
          subLayersMinus1 + 1,
          nested,
          profile,
          chromaFormatIdc,
          bitDepthLuma,
          bitDepthChroma,
          width,
          height,
          reorder,
          unitsInTick,
          timeScale,
          signal);
    }

    private void dimensions() {
      chromaFormatIdc = in.unsignedExpGolomb();
      boolean separatePlanes = chromaFormatIdc == 3 && in.flag();
      long visibleWidth = in.unsignedExpGolomb();
      long visibleHeight = in.unsignedExpGolomb();
      boolean sane = visibleWidth <= MAXIMUM_DIMENSION && visibleHeight <= MAXIMUM_DIMENSION;
      if (in.flag()) {
        boolean subsampled = chromaFormatIdc != 0 && chromaFormatIdc != 3 && !separatePlanes;
        int unitX = subsampled ? 2 : 1;
        int unitY = subsampled && chromaFormatIdc == 1 ? 2 : 1;
        visibleWidth -= unitX * ((long) in.unsignedExpGolomb() + in.unsignedExpGolomb());
        visibleHeight -= unitY * ((long) in.unsignedExpGolomb() + in.unsignedExpGolomb());
      }
      if (!sane || chromaFormatIdc > 3 || visibleWidth < 1 || visibleHeight < 1) {
        throw new IllegalArgumentException(
            "impossible picture size " + visibleWidth + "x" + visibleHeight);
      }
      width = (int) visibleWidth;
      height = (int) visibleHeight;
    }

    private int reorderDepth(int subLayersMinus1) {
      int depth = 0;
      for (int i = in.flag() ? 0 : subLayersMinus1; i <= subLayersMinus1; i++) {
        in.unsignedExpGolomb();
        depth = Math.max(depth, in.unsignedExpGolomb());
        in.unsignedExpGolomb();
      }
      return depth;
    }

    private VideoSignal usability(int log2MaxPictureOrder) {
      for (int i = 0; i < 6; i++) {
        in.unsignedExpGolomb();
      }
      boolean scalingListsEnabled = in.flag();
      if (scalingListsEnabled && in.flag()) {
        skipScalingLists();
      }
      in.skip(2);
      if (in.flag()) {
        in.skip(8);
        in.unsignedExpGolomb();
        in.unsignedExpGolomb();
        in.skip(1);
      }
      if (!skipReferenceSets()) {
        return VideoSignal.UNSTATED;
      }
      if (in.flag()) {
        int count = in.unsignedExpGolomb();
        in.skip(Math.min(count, 32) * (log2MaxPictureOrder + 1));
      }
      in.skip(2);
      if (!in.flag() || in.exhausted()) {
        return VideoSignal.UNSTATED;
      }
      VideoSignal signal = VideoSignal.read(in);
      in.skip(3);
      if (in.flag()) {
        for (int i = 0; i < 4; i++) {
          in.unsignedExpGolomb();
        }
      }
      if (in.flag()) {
        long units = in.bits(32) & 0xffffffffL;
        long scale = in.bits(32) & 0xffffffffL;
        unitsInTick = in.exhausted() ? 0 : units;
        timeScale = in.exhausted() ? 0 : scale;
      }
      return signal;
    }

    private void skipScalingLists() {
      for (int size = 0; size < 4; size++) {
        for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
          if (!in.flag()) {
            in.unsignedExpGolomb();
            continue;
          }
          int count = Math.min(64, 1 << (4 + (size << 1))) + (size > 1 ? 1 : 0);
          for (int i = 0; i < count; i++) {
            in.signedExpGolomb();
          }
        }
      }
    }

    /**
     * Skips the short-term reference picture sets (clause 7.3.7).
     *
     * @return false when they are impossible or cut short
     */
    private boolean skipReferenceSets() {
      int count = in.unsignedExpGolomb();
      int pictures = 0;
      for (int i = 0; i < count; i++) {
        pictures = i > 0 && in.flag() ? predictedSet(pictures) : explicitSet();
        if (in.exhausted() || count > MAXIMUM_SETS || pictures > MAXIMUM_PICTURES) {
          return false;
        }
      }
      return true;
    }

    private int predictedSet(int previous) {
      in.skip(1);
      in.unsignedExpGolomb();
      int pictures = 0;
      for (int i = 0; i <= previous; i++) {
        boolean used = in.flag();
        pictures += used || in.flag() ? 1 : 0;
      }
      return pictures;
    }

    private int explicitSet() {
      int negative = in.unsignedExpGolomb();
      int positive = in.unsignedExpGolomb();
      int pictures = Math.min(negative, 64) + Math.min(positive, 64);
      for (int i = 0; i < pictures; i++) {
        in.unsignedExpGolomb();
        in.skip(1);
      }
      return pictures;
    }
  }
}
