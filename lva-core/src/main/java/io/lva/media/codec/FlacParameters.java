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
 * Parameters of a FLAC track of 16 bits (RFC 9639), the form in which browsers play what cameras
 * send as G.711.
 *
 * <p>Immutable.
 *
 * @param sampleRate audio samples per second, 1 to 655350
 * @param channels 1 to 8
 */
public record FlacParameters(int sampleRate, int channels) implements CodecParameters {
  /** Bits of a sample of one channel. */
  public static final int SAMPLE_BITS = 16;

  /** The smallest number of samples in a block that is not the last (RFC 9639 section 8.2). */
  private static final int SHORTEST_BLOCK = 16;

  private static final int LAST_BLOCK_STREAM_INFORMATION = 0x80;
  private static final int STREAM_INFORMATION_BYTES = 34;

  /**
   * Checks the numbers.
   *
   * @param sampleRate see above
   * @param channels see above
   * @throws IllegalArgumentException when a number is out of range
   */
  public FlacParameters {
    if (sampleRate < 1 || sampleRate > 655_350 || channels < 1 || channels > 8) {
      throw new IllegalArgumentException(sampleRate + " Hz and " + channels + " channels");
    }
  }

  @Override
  public MediaType mediaType() {
    return MediaType.AUDIO;
  }

  @Override
  public String codec() {
    return "fLaC";
  }

  @Override
  public List<String> mimeTypes() {
    return List.of("audio/FLAC");
  }

  /**
   * Describes blocks of any length. The number of samples and their checksum are not known
   * beforehand and are left at 0.
   */
  @Override
  public Optional<SampleDescription> sampleDescription(ParameterSetPlace place) {
    ByteBuffer out = ByteBuffer.allocate(8 + STREAM_INFORMATION_BYTES).putInt(0);
    out.putInt((LAST_BLOCK_STREAM_INFORMATION << 24) | STREAM_INFORMATION_BYTES);
    out.putShort((short) SHORTEST_BLOCK).putShort((short) FlacFrames.LONGEST_BLOCK);
    out.put(new byte[6]);
    out.putLong(((long) sampleRate << 44) | ((channels - 1L) << 41) | ((SAMPLE_BITS - 1L) << 36));
    out.put(new byte[16]).flip();
    Box box = new Box("dfLa", Bytes.copyOf(out));
    return Optional.of(SampleDescription.audio("fLaC", sampleRate, channels, List.of(box)));
  }
}
