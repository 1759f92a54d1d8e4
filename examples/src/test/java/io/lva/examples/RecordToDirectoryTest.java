package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.examples.judge.Recorded;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordToDirectoryTest {
  @TempDir private Path folder;

  @Test
  void main_withACamera_recordsWhatPlaysAndVerifies() throws Exception {
    Recorded recorded = new Recorded(List.of());
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start()) {
      // A busy machine may need longer than that for the first picture.
      for (int seconds = 2; recorded.segments().isEmpty() && seconds < 100; seconds *= 4) {
        RecordToDirectory.main(
            new String[] {camera.uri("/pattern").toString(), folder.toString(), "" + seconds});
        recorded = Recorded.of(folder, "front-door");
      }
    }

    assertThat(recorded.segments()).isNotEmpty();
    if (Judges.isInstalled("ffmpeg")) {
      recorded.segments().forEach(segment -> Judges.decodes(segment.toString()));
    }
    try (AssetStore store = AssetStore.open(folder.toUri())) {
      AssetReport report = AssetVerifier.verify(store, "front-door", progress -> {});
      assertThat(report.problems()).isEmpty();
      assertThat(report.runs()).hasSize(1);
    }
  }
}
