package io.lva.media;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The content of a sample entry in an MP4 file (ISO/IEC 14496-12 clause 8.5.2).
 *
 * <p>A codec fills it in and reads it back; only the file format knows how it is laid out.
 *
 * <p>Immutable.
 *
 * @param type four-character code of the sample entry, such as {@code avc1}
 * @param width of a picture in pixels, 0 to 65535; 0 for other media
 * @param height of a picture in pixels, 0 to 65535; 0 for other media
 * @param sampleRate audio samples per second; 0 for other media
 * @param channels of audio, 0 to 65535; 0 for other media
 * @param boxes in order, such as {@code avcC}
 */
public record SampleDescription(
    String type, int width, int height, int sampleRate, int channels, List<Box> boxes) {
  private static final int MAXIMUM_16_BITS = 0xffff;

  /**
   * A box of the sample entry.
   *
   * <p>Immutable.
   *
   * @param type four-character code, such as {@code avcC}
   * @param content what follows the header of the box
   */
  public record Box(String type, Bytes content) {
    /**
     * Checks the type.
     *
     * @param type four characters of ISO 8859-1
     * @param content see above
     * @throws IllegalArgumentException when the type is not a four-character code
     */
    public Box {
      checkType(type);
    }
  }

  /**
   * Checks the values.
   *
   * @param type four characters of ISO 8859-1
   * @param width see above
   * @param height see above
   * @param sampleRate see above
   * @param channels see above
   * @param boxes see above
   * @throws IllegalArgumentException when a number is out of range, or the type is not a
   *     four-character code
   */
  public SampleDescription {
    checkType(type);
    boolean fits =
        (width | height | channels) >= 0
            && Math.max(width, Math.max(height, channels)) <= MAXIMUM_16_BITS
            && sampleRate >= 0;
    if (!fits) {
      throw new IllegalArgumentException("'" + type + "': a number is out of range");
    }
    boxes = List.copyOf(boxes);
  }

  /**
   * Describes video.
   *
   * @param type four-character code
   * @param width in pixels, 0 to 65535
   * @param height in pixels, 0 to 65535
   * @param boxes in order
   * @return the description
   * @throws IllegalArgumentException when a number is out of range, or the type is not a
   *     four-character code
   */
  public static SampleDescription video(String type, int width, int height, List<Box> boxes) {
    return new SampleDescription(type, width, height, 0, 0, boxes);
  }

  /**
   * Describes audio.
   *
   * @param type four-character code
   * @param sampleRate audio samples per second, 0 or more
   * @param channels 0 to 65535
   * @param boxes in order
   * @return the description
   * @throws IllegalArgumentException when a number is out of range, or the type is not a
   *     four-character code
   */
  public static SampleDescription audio(
      String type, int sampleRate, int channels, List<Box> boxes) {
    return new SampleDescription(type, 0, 0, sampleRate, channels, boxes);
  }

  /**
   * Finds a box.
   *
   * @param boxType four-character code
   * @return the content of the first box of that type; empty when there is none
   */
  public Optional<Bytes> box(String boxType) {
    return boxes.stream().filter(box -> box.type().equals(boxType)).map(Box::content).findFirst();
  }

  private static void checkType(String type) {
    if (type.length() != 4 || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(type)) {
      throw new IllegalArgumentException("'" + type + "' is no four-character code");
    }
  }
}
