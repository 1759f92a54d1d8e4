package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.SampleDescription;
import java.util.Optional;
import java.util.Set;

/**
 * Opus in files: {@code Opus} with {@code dOps} (Encapsulation of Opus in ISO Base Media File
 * Format, section 4.3).
 *
 * <p>Immutable.
 */
final class OpusFormat implements CodecFormat {
  @Override
  public Set<String> sampleEntries() {
    return Set.of("Opus");
  }

  /** Leaves streams of more than two channels to the fallback, which does not look into them. */
  @Override
  public Optional<CodecParameters> parameters(SampleDescription description) {
    Bytes box =
        description
            .box("dOps")
            .filter(content -> content.size() >= 11)
            .orElseThrow(() -> new IllegalArgumentException("'Opus' without 'dOps'"));
    int channels = box.get(1);
    boolean plain = box.get(10) == 0 && channels >= 1 && channels <= 2;
    return plain
        ? Optional.of(new OpusParameters(channels, box.get(2) << 8 | box.get(3)))
        : Optional.empty();
  }
}
