package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.GraphEvent;
import io.lva.graph.Transport;
import io.lva.rtspsim.CameraSimulator;
import io.lva.runtime.MediaRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CameraFleetTest {
  @TempDir private Path folder;
  private final List<String> faults = new ArrayList<>();
  private final BlockingQueue<String> recorded = new LinkedBlockingQueue<>();

  private static UpConfig.Camera camera(String name, String url) {
    return new UpConfig.Camera(
        name,
        url,
        name,
        Optional.empty(),
        Optional.empty(),
        Transport.TCP,
        CameraTrust.OF_MACHINE,
        true);
  }

  private String nextRecorded() throws InterruptedException {
    String name = recorded.poll(60, TimeUnit.SECONDS);
    assertThat(name).isNotNull();
    return name;
  }

  @Test
  void apply_changes_touchOnlyWhatChangedAndReportABadCameraOnce() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().burst(true).start();
        MediaRuntime runtime =
            MediaRuntime.builder()
                .assetStore(folder.toUri())
                .onEvent(
                    event -> {
                      if (event.event() instanceof GraphEvent.RecordingAvailable) {
                        recorded.add(event.instance());
                      }
                    })
                .start();
        CameraFleet fleet =
            new CameraFleet(runtime, (name, why) -> faults.add(name + ": " + why))) {
      UpConfig.Camera door = camera("door", simulator.uri("/pattern").toString());
      UpConfig.Camera yard = camera("yard", simulator.uri("/pattern").toString());
      UpConfig.Camera bad = camera("bad", "rtsp://h/${x}");
      fleet.apply(List.of(door, bad), false);
      fleet.apply(List.of(door, bad), false);
      assertThat(fleet.size()).isEqualTo(1);
      assertThat(faults).hasSize(1);
      assertThat(faults.get(0)).startsWith("bad: ").contains("'x'").doesNotContain("$.");
      assertThat(nextRecorded()).isEqualTo("door");

      fleet.apply(List.of(door, yard), false);
      assertThat(nextRecorded()).isEqualTo("yard");
      assertThat(fleet.size()).isEqualTo(2);

      fleet.apply(List.of(yard), true);
      assertThat(fleet.size()).isEqualTo(2);

      UpConfig.Camera changed = camera("door", simulator.uri("/pattern").toString() + "?x");
      fleet.apply(List.of(yard, changed), true);
      assertThat(faults).hasSize(1);
      assertThat(fleet.size()).isEqualTo(2);

      fleet.apply(List.of(yard), false);
      assertThat(runtime.instance("door")).isEmpty();
      assertThat(recorded).isEmpty();
    }
  }
}
