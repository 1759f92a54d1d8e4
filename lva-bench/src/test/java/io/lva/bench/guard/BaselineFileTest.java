package io.lva.bench.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BaselineFileTest {
  @Test
  void with_otherVersion_keepsIt() throws IOException {
    Baseline baseline = Baseline.of(List.of(new Measurement("Some.small", 312, 2.5)));

    byte[] both = BaselineFile.with("{\"11\":{}}".getBytes(UTF_8), 17, baseline);

    assertThat(BaselineFile.read(both, 17)).contains(baseline);
    assertThat(BaselineFile.read(both, 11)).contains(Baseline.of(List.of()));
    assertThat(BaselineFile.read(both, 25)).isEmpty();
  }

  @Test
  void with_measuredFigures_roundsThem() throws IOException {
    Baseline baseline = Baseline.of(List.of(new Measurement("Some.small", 54.39, 0.084321)));

    byte[] document = BaselineFile.with(new byte[0], 17, baseline);

    assertThat(BaselineFile.read(document, 17))
        .contains(Baseline.of(List.of(new Measurement("Some.small", 56, 0.0843))));
  }

  @Test
  void committed_eachVersionGuarded_hasTheSameBenchmarks() throws IOException {
    for (int version : Guard.JAVA_VERSIONS) {
      assertThat(committed(version).measurements().keySet())
          .isEqualTo(committed(17).measurements().keySet())
          .isNotEmpty();
    }
  }

  @Test
  void committed_64BytesMore_everyBenchmarkFails() throws IOException {
    for (int version : Guard.JAVA_VERSIONS) {
      Baseline baseline = committed(version);
      Collection<Measurement> known = baseline.measurements().values();
      assertThat(baseline.violations(known)).isEmpty();
      assertThat(
              known.stream()
                  .map(each -> more(each, 64))
                  .collect(Collectors.collectingAndThen(Collectors.toList(), baseline::violations)))
          .hasSameSizeAs(known);
    }
  }

  private static Measurement more(Measurement from, int bytes) {
    return new Measurement(from.benchmark(), from.bytesPerOperation() + bytes, from.timeRatio());
  }

  private static Baseline committed(int version) throws IOException {
    return BaselineFile.read(BaselineFile.committed(), version).orElseThrow();
  }
}
