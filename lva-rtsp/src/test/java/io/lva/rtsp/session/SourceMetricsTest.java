package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.spi.Metrics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class SourceMetricsTest {
  private final Map<String, Long> counts = new TreeMap<>();
  private final Deviations deviations = new Deviations();

  private final SourceMetrics metrics =
      new SourceMetrics(
          new Metrics() {
            @Override
            public Counter counter(String name, String... tags) {
              return amount -> counts.merge(name + List.of(tags), amount, Long::sum);
            }

            @Override
            public Registration gauge(String name, DoubleSupplier value, String... tags) {
              throw new IllegalStateException("no gauge of a source");
            }
          });

  @Test
  void updateDeviations_again_addsWhatIsNew() {
    deviations.note(Deviation.OTHER, "one thing");
    deviations.note(Deviation.OTHER, "another thing");
    deviations.note(Deviation.SSRC_CHANGES, "to {0}", 5);
    metrics.updateDeviations(deviations.seen());
    deviations.note(Deviation.SSRC_CHANGES, "to {0}", 6);
    metrics.updateDeviations(deviations.seen());
    metrics.updateDeviations(deviations.seen());

    assertThat(counts)
        .isEqualTo(
            Map.of(
                "lva.source.deviations[deviation, other]", 2L,
                "lva.source.deviations[deviation, ssrc-changes]", 2L));
  }
}
