package io.lva.decode.ffmpeg;

import io.lva.media.CodecParameters;
import io.lva.processor.PictureDecoder;
import io.lva.processor.PictureDecoderProvider;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The native decoder: H.264 and H.265, about 12 ms of one core for each 1080p key picture of 133
 * KB.
 *
 * <p>Thread-safe.
 */
public final class FfmpegDecoderProvider implements PictureDecoderProvider {
  private static final int PRIORITY = 100;

  /**
   * Loads the native library, which is unpacked to the folder that the system property {@code
   * org.bytedeco.javacpp.cachedir} names, by default {@code .javacpp/cache} in the user's home.
   *
   * @throws LinkageError when the library cannot be loaded on this platform
   */
  public FfmpegDecoderProvider() {
    // Its messages of damaged pictures go to standard error, without end.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  @Override
  public String name() {
    return "ffmpeg";
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public boolean supports(CodecParameters parameters) {
    return FfmpegDecoder.codecOf(parameters).isPresent();
  }

  @Override
  public PictureDecoder create() {
    return new FfmpegDecoder();
  }
}
