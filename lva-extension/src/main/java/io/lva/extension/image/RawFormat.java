package io.lva.extension.image;

import io.lva.graph.ImageFormat;
import io.lva.processor.Picture;
import java.util.Arrays;

/**
 * Raw samples without a file header, in one of the layouts of the contract.
 *
 * <p>Thread-safe.
 */
public final class RawFormat implements ImageEncoding {
  private final ImageFormat.PixelFormat layout;

  /**
   * Creates the format.
   *
   * @param layout order of the bytes
   */
  public RawFormat(ImageFormat.PixelFormat layout) {
    this.layout = layout;
  }

  /**
   * Returns the layout.
   *
   * @return the layout that was given
   */
  public ImageFormat.PixelFormat layout() {
    return layout;
  }

  @Override
  public String contentType() {
    return "image/x-raw";
  }

  @Override
  public int stride(int width) {
    return switch (layout) {
      case YUV420P -> width;
      case RGB565BE, RGB565LE, RGB555BE, RGB555LE -> 2 * width;
      case RGB24, BGR24 -> 3 * width;
      case ARGB, RGBA, ABGR, BGRA -> 4 * width;
    };
  }

  @Override
  public byte[] write(Picture picture, Placement placement) {
    return switch (layout) {
      case YUV420P -> planar(picture, placement);
      case RGB24 -> RgbImage.of(picture, placement).bytes();
      case BGR24 -> packed(RgbImage.of(picture, placement).bytes(), 2, 1, 0, -1);
      case ARGB -> packed(RgbImage.of(picture, placement).bytes(), -1, 0, 1, 2);
      case RGBA -> packed(RgbImage.of(picture, placement).bytes(), 0, 1, 2, -1);
      case ABGR -> packed(RgbImage.of(picture, placement).bytes(), -1, 2, 1, 0);
      case BGRA -> packed(RgbImage.of(picture, placement).bytes(), 2, 1, 0, -1);
      case RGB565BE -> small(RgbImage.of(picture, placement).bytes(), 6, true);
      case RGB565LE -> small(RgbImage.of(picture, placement).bytes(), 6, false);
      case RGB555BE -> small(RgbImage.of(picture, placement).bytes(), 5, true);
      case RGB555LE -> small(RgbImage.of(picture, placement).bytes(), 5, false);
    };
  }

  private static byte[] planar(Picture picture, Placement placement) {
    int chromaWidth = (placement.width() + 1) / 2;
    int luma = placement.width() * placement.height();
    int chroma = chromaWidth * ((placement.height() + 1) / 2);
    byte[] out = new byte[luma + 2 * chroma];
    Arrays.fill(out, 0, luma, (byte) (picture.fullRange() ? 0 : 16));
    Arrays.fill(out, luma, out.length, (byte) 128);
    Yuv yuv = Yuv.of(picture, placement.pictureWidth(), placement.pictureHeight());
    int at = placement.top() * placement.width() + placement.left();
    copy(yuv.luma(), yuv.width(), out, at, placement.width());
    at = luma + placement.top() / 2 * chromaWidth + placement.left() / 2;
    copy(yuv.blue(), yuv.chromaWidth(), out, at, chromaWidth);
    copy(yuv.red(), yuv.chromaWidth(), out, at + chroma, chromaWidth);
    return out;
  }

  private static void copy(byte[] plane, int width, byte[] out, int at, int stride) {
    for (int row = 0; row * width < plane.length; row++) {
      System.arraycopy(plane, row * width, out, at + row * stride, width);
    }
  }

  /**
   * Writes the bytes of each pixel in the given order: an index selects red, green or blue, and −1
   * stands for an opaque alpha.
   */
  private byte[] packed(byte[] rgb, int first, int second, int third, int fourth) {
    int[] order = {first, second, third, fourth};
    int size = stride(1);
    byte[] out = new byte[rgb.length / 3 * size];
    for (int from = 0, to = 0; from < rgb.length; from += 3, to += size) {
      for (int i = 0; i < size; i++) {
        out[to + i] = order[i] < 0 ? (byte) 0xff : rgb[from + order[i]];
      }
    }
    return out;
  }

  private static byte[] small(byte[] rgb, int greenBits, boolean bigEndian) {
    byte[] out = new byte[rgb.length / 3 * 2];
    for (int from = 0, to = 0; from < rgb.length; from += 3, to += 2) {
      int red = (rgb[from] & 0xff) >> 3;
      int green = (rgb[from + 1] & 0xff) >> (8 - greenBits);
      int blue = (rgb[from + 2] & 0xff) >> 3;
      int value = red << (5 + greenBits) | green << 5 | blue;
      out[to] = (byte) (bigEndian ? value >> 8 : value);
      out[to + 1] = (byte) (bigEndian ? value : value >> 8);
    }
    return out;
  }
}
