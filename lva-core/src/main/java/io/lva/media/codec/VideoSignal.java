package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.SampleDescription.Box;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How to show the pictures: the shape of their pixels and their colors, as the usability
 * information of H.264 and H.265 states them (ITU-T H.264 and H.265 clause E.2.1).
 *
 * <p>Immutable.
 *
 * @param sarWidth horizontal part of the sample aspect ratio, 0 when not stated
 * @param sarHeight vertical part of the sample aspect ratio, 0 when not stated
 * @param primaries {@code colour_primaries}, 2 when not stated
 * @param transfer {@code transfer_characteristics}, 2 when not stated
 * @param matrix {@code matrix_coefficients}, 2 when not stated
 * @param fullRange whether samples use all values
 */
public record VideoSignal(
    int sarWidth, int sarHeight, int primaries, int transfer, int matrix, boolean fullRange) {
  /** The stream states nothing. */
  static final VideoSignal UNSTATED = new VideoSignal(0, 0, 2, 2, 2, false);

  /** Square pixels, and nothing else: what most cameras state. */
  private static final VideoSignal SQUARE_PIXELS = new VideoSignal(1, 1, 2, 2, 2, false);

  private static final int EXTENDED_SAR = 255;
  private static final int UNSPECIFIED = 2;

  /** Widths and heights of table E-1, from {@code aspect_ratio_idc} 1. */
  private static final int[][] ASPECT_RATIOS = {
    {1, 1}, {12, 11}, {10, 11}, {16, 11}, {40, 33}, {24, 11}, {20, 11}, {32, 11},
    {80, 33}, {18, 11}, {15, 11}, {64, 33}, {160, 99}, {4, 3}, {3, 2}, {2, 1}
  };

  /** Reads the fields from {@code aspect_ratio_info_present_flag} up to the chroma location. */
  static VideoSignal read(BitReader in) {
    int sarWidth = 0;
    int sarHeight = 0;
    if (in.flag()) {
      int index = in.bits(8);
      if (index == EXTENDED_SAR) {
        sarWidth = in.bits(16);
        sarHeight = in.bits(16);
      } else if (index >= 1 && index <= ASPECT_RATIOS.length) {
        sarWidth = ASPECT_RATIOS[index - 1][0];
        sarHeight = ASPECT_RATIOS[index - 1][1];
      }
    }
    if (in.flag()) {
      in.skip(1);
    }
    int primaries = UNSPECIFIED;
    int transfer = UNSPECIFIED;
    int matrix = UNSPECIFIED;
    boolean fullRange = false;
    if (in.flag()) {
      in.skip(3);
      fullRange = in.flag();
      if (in.flag()) {
        primaries = in.bits(8);
        transfer = in.bits(8);
        matrix = in.bits(8);
      }
    }
    if (in.flag()) {
      in.unsignedExpGolomb();
      in.unsignedExpGolomb();
    }
    if (in.exhausted() || sarWidth == 0 || sarHeight == 0) {
      sarWidth = 0;
      sarHeight = 0;
    }
    boolean coloured =
        fullRange || primaries != UNSPECIFIED || transfer != UNSPECIFIED || matrix != UNSPECIFIED;
    if (!coloured && sarWidth == sarHeight && sarWidth <= 1) {
      return sarWidth == 1 ? SQUARE_PIXELS : UNSTATED;
    }
    return new VideoSignal(sarWidth, sarHeight, primaries, transfer, matrix, fullRange);
  }

  /** Returns the {@code pasp} and {@code colr} boxes (ISO/IEC 14496-12 clause 12.1), if stated. */
  List<Box> boxes() {
    List<Box> boxes = new ArrayList<>();
    if (sarWidth > 0) {
      ByteBuffer ratio = ByteBuffer.allocate(8).putInt(sarWidth).putInt(sarHeight).flip();
      boxes.add(new Box("pasp", Bytes.copyOf(ratio)));
    }
    if (fullRange || primaries != UNSPECIFIED || transfer != UNSPECIFIED || matrix != UNSPECIFIED) {
      ByteBuffer colours = ByteBuffer.allocate(11);
      colours.put("nclx".getBytes(StandardCharsets.ISO_8859_1));
      colours.putShort((short) primaries).putShort((short) transfer).putShort((short) matrix);
      colours.put((byte) (fullRange ? 0x80 : 0)).flip();
      boxes.add(new Box("colr", Bytes.copyOf(colours)));
    }
    return boxes;
  }
}
