package io.lva.rtspsim;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.media.codec.H264Parameters;

/**
 * The built-in pattern as H.264: a clock that shows, as text and as a {@link ClockBarcode}, when
 * the picture was taken.
 *
 * <p>Pictures are numbered from the Unix epoch: picture {@code n} shows the time {@code n} times
 * {@value #FRAME_MILLIS} ms after it. A picture depends only on its number and the size, so that it
 * comes out the same whenever and wherever it is made. Every {@value #GROUP_FRAMES}th picture is a
 * key frame, unless another distance is asked for.
 *
 * <p>Thread-safe.
 */
public final class PatternEncoder {
  /** Pictures per second. */
  public static final int FRAMES_PER_SECOND = 25;

  /** Milliseconds from picture to picture. */
  public static final int FRAME_MILLIS = 1000 / FRAMES_PER_SECOND;

  /** Pictures from one key frame to the next: two seconds. */
  public static final int GROUP_FRAMES = 50;

  private static final int LARGEST_SCALE = 3;

  private final int groupFrames;

  @GuardedBy("this")
  private final ClockPattern pattern;

  @GuardedBy("this")
  private final PictureEncoder encoder;

  private final H264Parameters parameters;

  /**
   * Creates an encoder.
   *
   * @param scale 1 for 640 x 360 pixels, 2 for 1280 x 720, 3 for 1920 x 1080
   * @throws IllegalArgumentException when the scale is none of these
   */
  public PatternEncoder(int scale) {
    this(scale, GROUP_FRAMES);
  }

  /**
   * Creates an encoder.
   *
   * @param scale 1 for 640 x 360 pixels, 2 for 1280 x 720, 3 for 1920 x 1080
   * @param groupFrames pictures from one key frame to the next, 1 or more
   * @throws IllegalArgumentException when an argument is out of range
   */
  public PatternEncoder(int scale, int groupFrames) {
    if (groupFrames < 1) {
      throw new IllegalArgumentException("a group of " + groupFrames + " pictures");
    }
    if (scale < 1 || scale > LARGEST_SCALE) {
      throw new IllegalArgumentException("scale " + scale + " is not 1, 2 or 3");
    }
    this.groupFrames = groupFrames;
    pattern = new ClockPattern(scale);
    encoder =
        new PictureEncoder(
            ClockBarcode.REFERENCE_WIDTH * scale,
            ClockBarcode.REFERENCE_HEIGHT * scale,
            FRAMES_PER_SECOND);
    parameters = encoder.parameters();
  }

  /**
   * Returns what a decoder must know first.
   *
   * @return the parameter sets, the same for every picture
   */
  public H264Parameters parameters() {
    return parameters;
  }

  /**
   * Returns whether a picture is a key frame.
   *
   * @param frame number of the picture
   * @return true for an instantaneous decoding refresh
   */
  public boolean isSync(long frame) {
    return Math.floorMod(frame, (long) groupFrames) == 0;
  }

  /**
   * Encodes a picture as one slice.
   *
   * @param frame number of the picture, not negative
   * @return the NAL unit without a start code; the caller owns it
   */
  public synchronized byte[] slice(long frame) {
    Tile[] picture = pattern.picture(frame * FRAME_MILLIS);
    if (isSync(frame)) {
      return encoder.encodeIdr(picture, (int) (frame / groupFrames & 1));
    }
    Tile[] previous = pattern.picture((frame - 1) * FRAME_MILLIS);
    return encoder.encodeChanges(previous, picture, (int) (frame % groupFrames));
  }
}
