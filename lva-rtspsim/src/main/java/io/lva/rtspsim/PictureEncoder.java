package io.lva.rtspsim;

import io.lva.media.Bytes;
import io.lva.media.codec.H264Parameters;
import java.util.List;

/**
 * Encodes pictures made of tiles as lossless H.264, Constrained Baseline.
 *
 * <p>A macroblock is skipped when it did not change, predicted without a residual when it continues
 * its neighbor (Intra_16x16, horizontal or vertical), and otherwise written as it is (I_PCM).
 * Drawings therefore cost little to encode, and decoding yields exactly the samples that were
 * drawn. Picture order follows decoding order ({@code pic_order_cnt_type} 2), and the deblocking
 * filter is off.
 *
 * <p>Confined to one thread.
 */
final class PictureEncoder {
  private static final int SPS_HEADER = 0x67;
  private static final int PPS_HEADER = 0x68;
  private static final int IDR_HEADER = 0x65;
  private static final int SLICE_HEADER = 0x41;
  private static final int FRAME_NUMBER_BITS = 8;
  private static final int INTRA_PCM = 25;
  private static final int INTRA_16X16_VERTICAL = 1;
  private static final int INTRA_16X16_HORIZONTAL = 2;
  private static final int CHROMA_HORIZONTAL = 1;
  private static final int CHROMA_VERTICAL = 2;

  private final int columns;
  private final int rows;
  private final H264Parameters parameters;
  private final BitWriter out = new BitWriter();

  /** Which macroblocks of the current picture count as having coefficients for their neighbors. */
  private final boolean[] pcm;

  PictureEncoder(int width, int height, int framesPerSecond) {
    columns = (width + 15) / 16;
    rows = (height + 15) / 16;
    pcm = new boolean[columns * rows];
    byte[] sps = sequenceParameterSet(width, height, framesPerSecond);
    parameters =
        H264Parameters.of(List.of(Bytes.copyOf(sps)), List.of(Bytes.copyOf(pictureParameterSet())));
  }

  H264Parameters parameters() {
    return parameters;
  }

  /**
   * Encodes a key frame; successive key frames must have different values of {@code idrPictureId}.
   */
  byte[] encodeIdr(Tile[] picture, int idrPictureId) {
    out.reset(IDR_HEADER).unsignedExpGolomb(0).unsignedExpGolomb(7).unsignedExpGolomb(0);
    out.bits(0, FRAME_NUMBER_BITS).unsignedExpGolomb(idrPictureId);
    out.flag(false).flag(false);
    out.signedExpGolomb(0).unsignedExpGolomb(1);
    for (int i = 0; i < picture.length; i++) {
      macroblock(picture, i, 0);
    }
    return out.finish();
  }

  /** Encodes what changed since the previous picture. */
  byte[] encodeChanges(Tile[] previous, Tile[] picture, int frameNumber) {
    out.reset(SLICE_HEADER).unsignedExpGolomb(0).unsignedExpGolomb(5).unsignedExpGolomb(0);
    out.bits(frameNumber & (1 << FRAME_NUMBER_BITS) - 1, FRAME_NUMBER_BITS);
    out.flag(false).flag(false).flag(false);
    out.signedExpGolomb(0).unsignedExpGolomb(1);
    int skipped = 0;
    for (int i = 0; i < picture.length; i++) {
      if (picture[i].equals(previous[i])) {
        pcm[i] = false;
        skipped++;
      } else {
        out.unsignedExpGolomb(skipped);
        skipped = 0;
        macroblock(picture, i, 5);
      }
    }
    if (skipped > 0) {
      out.unsignedExpGolomb(skipped);
    }
    return out.finish();
  }

  private void macroblock(Tile[] picture, int index, int typeOffset) {
    int lumaMode = lumaMode(picture, index);
    int chromaMode = chromaMode(picture, index);
    pcm[index] = lumaMode == 0 || chromaMode == 0;
    if (pcm[index]) {
      out.unsignedExpGolomb(typeOffset + INTRA_PCM).alignedBytes(picture[index].samples());
      return;
    }
    out.unsignedExpGolomb(typeOffset + lumaMode).unsignedExpGolomb(chromaMode);
    out.signedExpGolomb(0);
    noCoefficients(index);
  }

  private int lumaMode(Tile[] picture, int index) {
    if (index >= columns && picture[index].lumaContinues(picture[index - columns])) {
      return INTRA_16X16_VERTICAL;
    }
    boolean fromLeft =
        index % columns > 0 && picture[index].lumaContinuesFromLeft(picture[index - 1]);
    return fromLeft ? INTRA_16X16_HORIZONTAL : 0;
  }

  private int chromaMode(Tile[] picture, int index) {
    if (index >= columns && picture[index].chromaContinues(picture[index - columns])) {
      return CHROMA_VERTICAL;
    }
    boolean fromLeft =
        index % columns > 0 && picture[index].chromaContinuesFromLeft(picture[index - 1]);
    return fromLeft ? CHROMA_HORIZONTAL : 0;
  }

  /**
   * Writes the {@code coeff_token} for no coefficients; each I_PCM neighbor counts as 16 (section
   * 9.2.1).
   */
  private void noCoefficients(int index) {
    boolean left = index % columns > 0 && pcm[index - 1];
    boolean above = index >= columns && pcm[index - columns];
    if (left || above) {
      out.bits(0b000011, 6);
    } else {
      out.bits(1, 1);
    }
  }

  private byte[] sequenceParameterSet(int width, int height, int framesPerSecond) {
    out.reset(SPS_HEADER).bits(66, 8).bits(0xc0, 8).bits(level(framesPerSecond), 8);
    out.unsignedExpGolomb(0);
    out.unsignedExpGolomb(FRAME_NUMBER_BITS - 4).unsignedExpGolomb(2);
    out.unsignedExpGolomb(1).flag(false);
    out.unsignedExpGolomb(columns - 1).unsignedExpGolomb(rows - 1);
    out.flag(true).flag(true);
    int cropRight = (columns * 16 - width) / 2;
    int cropBottom = (rows * 16 - height) / 2;
    out.flag(cropRight + cropBottom > 0);
    if (cropRight + cropBottom > 0) {
      out.unsignedExpGolomb(0).unsignedExpGolomb(cropRight);
      out.unsignedExpGolomb(0).unsignedExpGolomb(cropBottom);
    }
    usability(framesPerSecond);
    return out.finish();
  }

  /**
   * Writes the usability information: BT.709 colors, a fixed frame rate, no reordering (annex E).
   */
  private void usability(int framesPerSecond) {
    out.flag(true).flag(true).bits(1, 8).flag(false);
    out.flag(true).bits(5, 3).flag(false).flag(true).bits(0x010101, 24);
    out.flag(false);
    out.flag(true).bits(1, 32).bits(2 * framesPerSecond, 32).flag(true);
    out.flag(false).flag(false).flag(false);
    out.flag(true).flag(true);
    out.unsignedExpGolomb(0).unsignedExpGolomb(0);
    out.unsignedExpGolomb(10).unsignedExpGolomb(10);
    out.unsignedExpGolomb(0).unsignedExpGolomb(1);
  }

  /** Returns the lowest level whose macroblock rate suffices (annex A, table A-1). */
  private int level(int framesPerSecond) {
    int rate = columns * rows * framesPerSecond;
    if (rate <= 40_500) {
      return 30;
    }
    return rate <= 108_000 ? 31 : 40;
  }

  private byte[] pictureParameterSet() {
    out.reset(PPS_HEADER).unsignedExpGolomb(0).unsignedExpGolomb(0);
    out.flag(false).flag(false).unsignedExpGolomb(0);
    out.unsignedExpGolomb(0).unsignedExpGolomb(0);
    out.flag(false).bits(0, 2);
    out.signedExpGolomb(0).signedExpGolomb(0).signedExpGolomb(0);
    out.flag(true).flag(false).flag(false);
    return out.finish();
  }
}
