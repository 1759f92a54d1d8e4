package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.ParameterSetPlace;
import io.lva.media.SampleDescription;
import io.lva.media.SampleDescription.Box;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Parameters of an Opus track (RFC 6716); its clock is 48 kHz whatever the sample rate of the
 * encoder's input.
 *
 * <p>Immutable.
 *
 * @param channels 1 or 2
 * @param preSkip audio samples to be dropped at the start, 0 to 65535
 */
public record OpusParameters(int channels, int preSkip) implements CodecParameters {
  /** Audio samples per second of every Opus stream. */
  public static final int SAMPLE_RATE = 48_000;

  /**
   * Checks the numbers.
   *
   * @param channels 1 or 2
   * @param preSkip 0 to 65535
   * @throws IllegalArgumentException when a number is out of range
   */
  public OpusParameters {
    if (channels < 1 || channels > 2 || preSkip < 0 || preSkip > 0xffff) {
      throw new IllegalArgumentException(channels + " channels and a pre-skip of " + preSkip);
    }
  }

  @Override
  public MediaType mediaType() {
    return MediaType.AUDIO;
  }

  @Override
  public String codec() {
    return "Opus";
  }

  @Override
  public List<String> mimeTypes() {
    return List.of("audio/OPUS");
  }

  @Override
  public int sampleRate() {
    return SAMPLE_RATE;
  }

  @Override
  public Optional<SampleDescription> sampleDescription(ParameterSetPlace place) {
    ByteBuffer out = ByteBuffer.allocate(11).put((byte) 0).put((byte) channels);
    out.putShort((short) preSkip).putInt(SAMPLE_RATE).putShort((short) 0).put((byte) 0).flip();
    Box box = new Box("dOps", Bytes.copyOf(out));
    return Optional.of(SampleDescription.audio("Opus", SAMPLE_RATE, channels, List.of(box)));
  }
}
