package io.lva.media.codec;

import io.lva.media.Bytes;

/**
 * A sequence parameter set (ITU-T H.264 clauses 7.3.2.1.1 and E.1.1), as far as a recorder needs
 * it.
 *
 * <p>Immutable.
 *
 * @param profileIdc profile
 * @param constraintFlags the byte after the profile
 * @param levelIdc ten times the number of the level
 * @param id number of this set, 0 to 31
 * @param chromaFormatIdc 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
 * @param bitDepthLuma bits per luma sample, 8 to 14
 * @param bitDepthChroma bits per chroma sample, 8 to 14
 * @param separateColourPlanes whether the three planes are coded apart
 * @param log2MaxFrameNum bits of {@code frame_num} in slice headers
 * @param picOrderCntType how output order is coded, 0 to 2
 * @param log2MaxPicOrderCntLsb bits of {@code pic_order_cnt_lsb}, when the type is 0
 * @param frameMbsOnly whether there are no fields
 * @param maxReorderFrames pictures that may precede another in decode order and follow it in output
 *     order, 0 to 16: as stated, or else the most that profile, order type and number of reference
 *     frames allow
 * @param reorderStated whether the camera stated {@code maxReorderFrames} itself
 * @param width luma samples per row after cropping
 * @param height luma rows after cropping
 * @param unitsInTick duration of a clock tick in units of {@code 1/timeScale} second, nominally
 *     half a frame; 0 when not stated
 * @param timeScale time units per second, 0 when not stated
 * @param signal how to show the pictures
 */
public record H264Sps(
    int profileIdc,
    int constraintFlags,
    int levelIdc,
    int id,
    int chromaFormatIdc,
    int bitDepthLuma,
    int bitDepthChroma,
    boolean separateColourPlanes,
    int log2MaxFrameNum,
    int picOrderCntType,
    int log2MaxPicOrderCntLsb,
    boolean frameMbsOnly,
    int maxReorderFrames,
    boolean reorderStated,
    int width,
    int height,
    long unitsInTick,
    long timeScale,
    VideoSignal signal) {
  private static final int MAXIMUM_DIMENSION = 16384;

  /**
   * Parses a NAL unit.
   *
   * <p>Tolerates bytes after the set, and a set that is cut short within its usability information.
   *
   * @param nalUnit with its header byte, without start code
   * @return the fields
   * @throws IllegalArgumentException when it is not a sequence parameter set or states something
   *     impossible
   */
  public static H264Sps parse(Bytes nalUnit) {
    if (nalUnit.size() < 4 || (nalUnit.get(0) & 0x1f) != 7) {
      throw new IllegalArgumentException("not a sequence parameter set");
    }
    return new Parser(nalUnit).parse();
  }

  /**
   * Returns the name of the codec that players expect (RFC 6381 section 3.3).
   *
   * @return {@code avc1.} and six hexadecimal digits
   */
  public String codec() {
    return String.format("avc1.%02X%02X%02X", profileIdc, constraintFlags, levelIdc);
  }

  /**
   * Returns the nominal duration of a picture: two ticks of the frame clock (clause E.2.1).
   *
   * @param ticksPerSecond of the result
   * @return ticks, at most one second; 0 when the set states none or a longer one
   */
  public long frameTicks(int ticksPerSecond) {
    if (unitsInTick <= 0 || timeScale <= 0) {
      return 0;
    }
    long ticks = 2 * unitsInTick * ticksPerSecond / timeScale;
    return ticks <= ticksPerSecond ? ticks : 0;
  }

  /** One pass over the bits; the fields are filled in the order of the syntax table. */
  private static final class Parser {
    private final BitReader in;
    private int profileIdc;
    private int constraintFlags;
    private int chromaFormatIdc = 1;
    private int bitDepthLuma = 8;
    private int bitDepthChroma = 8;
    private boolean separateColourPlanes;
    private int picOrderCntType;
    private int log2MaxPicOrderCntLsb;
    private boolean frameMbsOnly;
    private int width;
    private int height;
    private int maxReorderFrames;
    private boolean reorderStated;
    private long unitsInTick;
    private long timeScale;
    private VideoSignal signal = VideoSignal.UNSTATED;

    Parser(Bytes nalUnit) {
      in = new BitReader(nalUnit, 1);
    }

    H264Sps parse() {
      profileIdc = in.bits(8);
      constraintFlags = in.bits(8);
      int levelIdc = in.bits(8);
      int id = in.unsignedExpGolomb();
      if (hasChromaInformation()) {
        chromaInformation();
      }
      int log2MaxFrameNum = in.unsignedExpGolomb() + 4;
      pictureOrder();
      int referenceFrames = in.unsignedExpGolomb();
      in.skip(1);
      dimensions();
      if (in.exhausted() || id > 31 || log2MaxFrameNum > 16 || picOrderCntType > 2) {
        throw new IllegalArgumentException("sequence parameter set is cut short or impossible");
      }
      maxReorderFrames = picOrderCntType == 2 || isIntraOnly() ? 0 : referenceFrames;
      usability();
      return new H264Sps(
          profileIdc,
          constraintFlags,
          levelIdc,
          id,
          chromaFormatIdc,
          bitDepthLuma,
          bitDepthChroma,
          separateColourPlanes,
          log2MaxFrameNum,
          picOrderCntType,
          log2MaxPicOrderCntLsb,
          frameMbsOnly,
          Math.min(16, maxReorderFrames),
          reorderStated,
          width,
          height,
          unitsInTick,
          timeScale,
          signal);
    }

    /** Baseline has no B pictures, and constraint_set3 marks the intra profiles. */
    private boolean isIntraOnly() {
      return profileIdc == 66 || (profileIdc >= 100 && (constraintFlags & 0x10) != 0);
    }

    private boolean hasChromaInformation() {
      return switch (profileIdc) {
        case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
        default -> false;
      };
    }

    private void chromaInformation() {
      chromaFormatIdc = in.unsignedExpGolomb();
      if (chromaFormatIdc == 3) {
        separateColourPlanes = in.flag();
      }
      bitDepthLuma = in.unsignedExpGolomb() + 8;
      bitDepthChroma = in.unsignedExpGolomb() + 8;
      if (chromaFormatIdc > 3 || bitDepthLuma > 14 || bitDepthChroma > 14) {
        throw new IllegalArgumentException("impossible chroma format or bit depth");
      }
      in.skip(1);
      if (in.flag()) {
        for (int i = 0; i < (chromaFormatIdc == 3 ? 12 : 8); i++) {
          if (in.flag()) {
            skipScalingList(i < 6 ? 16 : 64);
          }
        }
      }
    }

    private void skipScalingList(int size) {
      int last = 8;
      int next = 8;
      for (int i = 0; i < size && next != 0; i++) {
        next = (last + in.signedExpGolomb()) & 0xff;
        last = next == 0 ? last : next;
      }
    }

    private void pictureOrder() {
      picOrderCntType = in.unsignedExpGolomb();
      if (picOrderCntType == 0) {
        log2MaxPicOrderCntLsb = in.unsignedExpGolomb() + 4;
        if (log2MaxPicOrderCntLsb > 16) {
          throw new IllegalArgumentException("impossible picture order count");
        }
      } else if (picOrderCntType == 1) {
        in.skip(1);
        in.signedExpGolomb();
        in.signedExpGolomb();
        int cycle = in.unsignedExpGolomb();
        for (int i = 0; i < Math.min(cycle, 255); i++) {
          in.signedExpGolomb();
        }
      }
    }

    private void dimensions() {
      long columns = in.unsignedExpGolomb() + 1L;
      long rows = in.unsignedExpGolomb() + 1L;
      frameMbsOnly = in.flag();
      if (!frameMbsOnly) {
        in.skip(1);
      }
      in.skip(1);
      long codedWidth = columns * 16;
      long codedHeight = rows * 16 * (frameMbsOnly ? 1 : 2);
      long cropX = 0;
      long cropY = 0;
      if (in.flag()) {
        boolean subsampled = chromaFormatIdc != 0 && !separateColourPlanes;
        int unitX = subsampled && chromaFormatIdc != 3 ? 2 : 1;
        int unitY = (subsampled && chromaFormatIdc == 1 ? 2 : 1) * (frameMbsOnly ? 1 : 2);
        cropX = unitX * ((long) in.unsignedExpGolomb() + in.unsignedExpGolomb());
        cropY = unitY * ((long) in.unsignedExpGolomb() + in.unsignedExpGolomb());
      }
      long visibleWidth = codedWidth - cropX;
      long visibleHeight = codedHeight - cropY;
      if (visibleWidth < 1
          || visibleHeight < 1
          || codedWidth > MAXIMUM_DIMENSION
          || codedHeight > MAXIMUM_DIMENSION) {
        throw new IllegalArgumentException(
            "impossible picture size " + visibleWidth + "x" + visibleHeight);
      }
      width = (int) visibleWidth;
      height = (int) visibleHeight;
    }

    private void usability() {
      if (!in.flag()) {
        return;
      }
      signal = VideoSignal.read(in);
      if (in.flag()) {
        long units = in.bits(32) & 0xffffffffL;
        long scale = in.bits(32) & 0xffffffffL;
        unitsInTick = in.exhausted() ? 0 : units;
        timeScale = in.exhausted() ? 0 : scale;
        in.skip(1);
      }
      boolean nalHrd = in.flag();
      if (nalHrd) {
        skipHypotheticalReferenceDecoder();
      }
      boolean vclHrd = in.flag();
      if (vclHrd) {
        skipHypotheticalReferenceDecoder();
      }
      if (nalHrd || vclHrd) {
        in.skip(1);
      }
      in.skip(1);
      if (in.flag()) {
        bitstreamRestriction();
      }
    }

    private void skipHypotheticalReferenceDecoder() {
      int count = in.unsignedExpGolomb() + 1;
      in.skip(8);
      for (int i = 0; i < Math.min(count, 32); i++) {
        in.unsignedExpGolomb();
        in.unsignedExpGolomb();
        in.skip(1);
      }
      in.skip(20);
    }

    private void bitstreamRestriction() {
      in.skip(1);
      for (int i = 0; i < 4; i++) {
        in.unsignedExpGolomb();
      }
      int stated = in.unsignedExpGolomb();
      if (!in.exhausted() && stated <= 16) {
        maxReorderFrames = stated;
        reorderStated = true;
      }
    }
  }
}
