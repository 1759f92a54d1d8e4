package io.lva.media.codec;

import io.lva.media.CodecParameters;
import io.lva.media.NalUnitFormat;
import io.lva.media.SampleDescription;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the parameters of one codec back from a file.
 *
 * <p>An implementation is registered as a service (see {@link CodecFormats}). Without one, a track
 * of that codec can still be written, read and played: its sample entry is kept as it is.
 *
 * <p>Implementations are immutable.
 */
public interface CodecFormat {
  /**
   * Returns the types of the sample entries that this codec uses.
   *
   * @return four-character codes, at least one
   */
  Set<String> sampleEntries();

  /**
   * Reads parameters.
   *
   * @param description of one of the types of {@link #sampleEntries}
   * @return the parameters; empty when they are only in the samples, or when the entry is of a
   *     codec or variant that this implementation does not handle
   * @throws IllegalArgumentException when the description is malformed; the message says why
   */
  Optional<CodecParameters> parameters(SampleDescription description);

  /**
   * Returns the form of the NAL units of the samples.
   *
   * @return the form; empty when the samples are not made of NAL units
   */
  default Optional<NalUnitFormat> nalUnits() {
    return Optional.empty();
  }
}
