package io.lva.processor.jcodec;

import io.lva.media.CodecParameters;
import io.lva.media.codec.H264Parameters;
import io.lva.processor.PictureDecoder;
import io.lva.processor.PictureDecoderProvider;
import org.jcodec.common.logging.LogLevel;
import org.jcodec.common.logging.Logger;

/**
 * Provides the decoder that needs no native library: jcodec, in pure Java, for H.264.
 *
 * <p>Thread-safe.
 */
public final class JcodecDecoderProvider implements PictureDecoderProvider {
  /** Creates the provider, for use by {@link java.util.ServiceLoader}. */
  public JcodecDecoderProvider() {
    Logger.setLevel(LogLevel.ERROR); // it prints warnings on standard output
  }

  @Override
  public String name() {
    return "jcodec";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public boolean supports(CodecParameters parameters) {
    return parameters instanceof H264Parameters h264 && H264Features.areSupported(h264);
  }

  @Override
  public PictureDecoder create() {
    return new JcodecDecoder();
  }
}
