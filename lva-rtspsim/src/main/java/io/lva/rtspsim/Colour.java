package io.lva.rtspsim;

/**
 * A color in limited range (ITU-R BT.709: luma 16 to 235, chroma 16 to 240), so that a picture
 * never holds a zero byte.
 *
 * <p>Immutable.
 */
@com.google.errorprone.annotations.Immutable
record Colour(int luma, int cb, int cr) {
  static Colour rgb(int rgb) {
    double red = (rgb >> 16 & 0xff) / 255.0;
    double green = (rgb >> 8 & 0xff) / 255.0;
    double blue = (rgb & 0xff) / 255.0;
    double y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return new Colour(
        (int) Math.round(16 + 219 * y),
        (int) Math.round(128 + 224 * (blue - y) / 1.8556),
        (int) Math.round(128 + 224 * (red - y) / 1.5748));
  }

  /** Returns a color between this one ({@code part} 0) and another ({@code part} 1). */
  Colour mix(Colour other, double part) {
    return new Colour(
        mix(luma, other.luma, part), mix(cb, other.cb, part), mix(cr, other.cr, part));
  }

  private static int mix(int from, int to, double part) {
    return (int) Math.round(from + (to - from) * part);
  }
}
