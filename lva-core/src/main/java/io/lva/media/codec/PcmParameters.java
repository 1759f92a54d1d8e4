package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.ParameterSetPlace;
import io.lva.media.SampleDescription;
import io.lva.media.SampleDescription.Box;
import java.util.List;
import java.util.Optional;

/**
 * Parameters of audio whose samples are independent of each other: G.711, and linear samples.
 *
 * <p>Immutable.
 *
 * @param encoding how a sample is encoded
 * @param sampleRate audio samples per second, positive
 * @param channels 1 or more
 */
public record PcmParameters(Encoding encoding, int sampleRate, int channels)
    implements CodecParameters {
  /** How a sample is encoded. */
  public enum Encoding {
    /** G.711 µ-law, 8 bits. */
    MU_LAW("ulaw", "audio/PCMU", 1),
    /** G.711 A-law, 8 bits. */
    A_LAW("alaw", "audio/PCMA", 1),
    /** Linear, 16 bits, big-endian (ISO/IEC 23003-5). */
    LINEAR_16("ipcm", "audio/L16", 2);

    private final String sampleEntry;
    private final String mimeType;
    private final int bytes;

    Encoding(String sampleEntry, String mimeType, int bytes) {
      this.sampleEntry = sampleEntry;
      this.mimeType = mimeType;
      this.bytes = bytes;
    }

    /**
     * Returns the size of a sample of one channel.
     *
     * @return 1 or 2 bytes
     */
    public int bytes() {
      return bytes;
    }

    String sampleEntry() {
      return sampleEntry;
    }
  }

  /**
   * Checks the numbers.
   *
   * @param encoding see above
   * @param sampleRate positive
   * @param channels 1 or more
   * @throws IllegalArgumentException when a number is out of range
   */
  public PcmParameters {
    if (sampleRate < 1 || channels < 1) {
      throw new IllegalArgumentException(sampleRate + " Hz and " + channels + " channels");
    }
  }

  @Override
  public MediaType mediaType() {
    return MediaType.AUDIO;
  }

  @Override
  public String codec() {
    return encoding.sampleEntry;
  }

  @Override
  public List<String> mimeTypes() {
    return List.of(encoding.mimeType);
  }

  @Override
  public Optional<SampleDescription> sampleDescription(ParameterSetPlace place) {
    List<Box> boxes =
        encoding == Encoding.LINEAR_16
            ? List.of(new Box("pcmC", Bytes.ofHex("00000000 00 10")))
            : List.of();
    return Optional.of(SampleDescription.audio(encoding.sampleEntry, sampleRate, channels, boxes));
  }
}
