package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.RecorderOptions;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.ObjectAssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.event.GraphEvent;
import io.lva.playback.Playback;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import io.lva.runtime.ActivationException;
import io.lva.spi.Clock;
import io.lva.spi.Metrics;
import io.lva.testkit.store.MemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players elsewhere, while a segment is written that is published meanwhile. */
class GrowingSegmentTest {
  /** The first segment of a sink is as long as all others. */
  private static final int SEGMENT_SECONDS = 30;

  @TempDir private Path cache;

  /** What ended long ago is no recording that goes on. */
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private final Instant end = start.plusSeconds(3600);

  private final MemoryObjectStore store =
      MemoryObjectStore.extendable(Clock.system(), ObjectAssetStore.DEFAULT_LEASE);
  private final AssetStore elsewhere =
      store.elsewhere(Clock.system(), ObjectAssetStore.DEFAULT_LEASE);

  private Door door(AssetStore where) {
    RecorderOptions options = RecorderOptions.defaults().uploadInterval(Duration.ofSeconds(1));
    return new Door(where, cache, 100, start, Metrics.none(), options);
  }

  private List<TimeRange> play(AssetReader reader) throws IOException {
    for (Fragment fragment : reader.fragments(start, end, 1)) {
      reader.init(fragment);
      assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
    }
    return reader.ranges(start, end);
  }

  private static String get(Playback playback, String target) throws IOException {
    Response response =
        playback.handle(Request.of("GET", target, Map.of())).toCompletableFuture().join();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    response.body().writeTo(body);
    return body.toString(StandardCharsets.UTF_8);
  }

  @Test
  void record_segmentIsBeingWritten_playersElsewhereSeeItGrow() throws IOException {
    try (Door door = door(store).activate();
        Playback playback = Playback.open(elsewhere);
        AssetReader reader = AssetReader.open(elsewhere, "door")) {
      List<TimeRange> seen = new ArrayList<>();
      for (int second = 1; second < SEGMENT_SECONDS - 1 && seen.size() < 2; second++) {
        door.camera.seconds(1);
        LockSupport.parkNanos(400_000_000);
        List<TimeRange> now = play(reader);
        if (!now.isEmpty() && !seen.contains(now.get(0))) {
          seen.addAll(now);
          assertThat(AssetVerifier.verify(elsewhere, "door", hour -> {}).problems()).isEmpty();
        }
      }
      assertThat(seen).hasSize(2);
      assertThat(seen).extracting(TimeRange::start).containsOnly(start);
      assertThat(door.events(GraphEvent.RecordingAvailable.class)).hasSize(1);
      assertThat(get(playback, "/door/content.ism/video.m3u8"))
          .contains("#EXTINF:2.0")
          .doesNotContain("EXT-X-ENDLIST");
      // At the recorder, the line goes on to what is written now.
      try (AssetReader here = AssetReader.open(store, "door", door.recorders())) {
        TimeRange all = play(here).get(0);
        assertThat(all.end()).isAfterOrEqualTo(door.camera.now().minusSeconds(2));
        List<Fragment> fragments = here.fragments(start, end, 1);
        Fragment last = fragments.get(fragments.size() - 1);
        assertThat(last.end()).isEqualTo(all.end());
        assertThat(here.fragment(last.run(), last.sequence(), 1, last.number(), start))
            .map(Fragment::end)
            .contains(last.end());
      }

      door.camera.seconds(20);
      TimeRange everything = new TimeRange(start, door.camera.now());
      door.deactivate(Door.DEADLINE);
      try (AssetReader after = AssetReader.open(elsewhere, "door")) {
        assertThat(play(after)).containsExactly(everything);
      }
    }
    AssetReport report = AssetVerifier.verify(elsewhere, "door", hour -> {});
    assertThat(report.problems()).isEmpty();
    assertThat(report.runs()).hasSize(1);
  }

  @Test
  void activate_storeCannotExtendFiles_saysWhatToDo() {
    try (Door door = door(new MemoryObjectStore())) {
      assertThatThrownBy(door::activate)
          .isInstanceOf(ActivationException.class)
          .hasMessageContaining("memory:store cannot extend files")
          .hasMessageContaining("use shorter segments");
    }
  }
}
