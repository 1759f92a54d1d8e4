package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.examples.judge.Clips;
import io.lva.examples.judge.Recorded;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordOnMotionTest {
  @TempDir private Path folder;
  @TempDir private Path clips;

  @Test
  void main_withAPictureThatMoves_recordsWhatPlaysAndVerifies() throws Exception {
    // Not the built-in pattern: it is I_PCM, which jcodec, the decoder on board, does not decode.
    Path clip = Clips.mp4(clips, 20, 0);
    Recorded recorded = new Recorded(List.of());
    try (CameraSimulator camera = CameraSimulator.builder().media(clips).burst(true).start()) {
      // A busy machine may need longer for three key pictures and their analysis.
      for (int seconds = 12; recorded.segments().isEmpty() && seconds < 100; seconds *= 2) {
        RecordOnMotion.main(
            new String[] {
              camera.uri("/media/" + clip.getFileName()).toString(), folder.toString(), "" + seconds
            });
        if (Files.exists(folder.resolve("front-door"))) {
          recorded = Recorded.of(folder, "front-door");
        }
      }
    }

    assertThat(recorded.segments()).isNotEmpty();
    recorded.segments().forEach(segment -> Judges.decodes(segment.toString()));
    try (AssetStore store = AssetStore.open(folder.toUri())) {
      AssetReport report = AssetVerifier.verify(store, "front-door", progress -> {});
      assertThat(report.problems()).isEmpty();
    }
  }
}
