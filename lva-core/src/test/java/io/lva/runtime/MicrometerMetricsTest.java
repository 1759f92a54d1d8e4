package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MicrometerMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Metrics metrics =
      new TaggedMetrics(new MicrometerMetrics(registry), "graph_instance", "camera1");

  @Test
  void counter_askedTwice_oneCount() {
    metrics.counter(MetricNames.RECEIVED_BYTES).add(3);
    metrics.counter(MetricNames.RECEIVED_BYTES).add(4);
    double count =
        registry.get("lva.received.bytes").tag("graph_instance", "camera1").counter().count();
    assertThat(count).isEqualTo(7);
  }

  @Test
  void forget_throughTags_withdrawn() {
    metrics.counter(MetricNames.RECEIVED_BYTES).add(3);
    metrics.forget("graph_instance", "camera1");
    assertThat(registry.find("lva.received.bytes").counter()).isNull();
  }

  @Test
  void gauge_closed_withdrawn() {
    Metrics.Registration lag = metrics.gauge(MetricNames.RECORDING_LAG_SECONDS, () -> 2.5);
    assertThat(registry.get("lva.recording.lag.seconds").gauge().value()).isEqualTo(2.5);
    lag.close();
    assertThat(registry.find("lva.recording.lag.seconds").gauge()).isNull();
  }

  @Test
  void activeInstances_onePerTopology_gaugeFollows() {
    ActiveInstances active = new ActiveInstances(new MicrometerMetrics(registry));
    active.add("CVR", 1);
    active.add("CVR", 1);
    active.add("CVR", -1);
    double value =
        registry.get("lva.active.graph.instances").tag("graph_topology", "CVR").gauge().value();
    assertThat(value).isEqualTo(1);
  }

  @Test
  void gauge_publishedTwice_newestIsShownThenTheOther() {
    Metrics.Registration older = metrics.gauge(MetricNames.RECORDING_LAG_SECONDS, () -> 1);
    Metrics.Registration newer = metrics.gauge(MetricNames.RECORDING_LAG_SECONDS, () -> 2);
    assertThat(registry.get("lva.recording.lag.seconds").gauge().value()).isEqualTo(2);
    older.close();
    assertThat(registry.get("lva.recording.lag.seconds").gauge().value()).isEqualTo(2);
    newer.close();
    newer.close();
    assertThat(registry.find("lva.recording.lag.seconds").gauge()).isNull();
  }

  @Test
  void counter_ofMilliseconds_shownInSeconds() {
    metrics.counter(MetricNames.GAP_MILLISECONDS, "cause", "packet-loss").add(1500);
    metrics.counter(MetricNames.GAP_MILLISECONDS, "cause", "packet-loss").add(250);
    double seconds =
        registry.get("lva.recording.gap.seconds").tag("cause", "packet-loss").counter().count();
    assertThat(seconds).isEqualTo(1.75);
    assertThat(registry.find("lva.recording.gap.milliseconds").counter()).isNull();
  }
}
