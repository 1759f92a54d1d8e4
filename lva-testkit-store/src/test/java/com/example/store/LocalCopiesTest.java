package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.Assets;
import io.lva.asset.Fragment;
import io.lva.asset.RecorderOptions;
import io.lva.spi.Clock;
import io.lva.testkit.store.MemoryObjectStore;
import io.lva.testkit.store.MemoryObjectStore.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players at a recorder that keeps copies of what it has published. */
class LocalCopiesTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant END = START.plusSeconds(3600);
  private static final int SECONDS = 95;

  @TempDir private Path cache;

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Gauges gauges = new Gauges();

  private Door door(Instant start) {
    RecorderOptions options = RecorderOptions.defaults().localCopiesMiB(1000);
    return new Door(store, cache, 100, start, gauges, options);
  }

  private void record(Door door) {
    door.activate();
    door.camera.seconds(SECONDS);
    door.deactivate(Door.DEADLINE);
  }

  private long cached(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }

  /** Reads everything; returns how much media there is. */
  private static Duration play(AssetReader reader) throws IOException {
    Duration played = Duration.ZERO;
    for (Fragment fragment : reader.fragments(START, END, 1)) {
      reader.init(fragment);
      assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
      played = played.plus(Duration.between(fragment.start(), fragment.end()));
    }
    return played;
  }

  @Test
  void read_publishedSegments_storeIsNotAskedForMedia() throws IOException {
    try (Door door = door(START)) {
      record(door);
      assertThat(cached(".mp4")).isZero();
      assertThat(cached(".published")).isGreaterThanOrEqualTo(3);
      Set<String> gets = ConcurrentHashMap.newKeySet();
      store.fault(
          call -> {
            if (call.startsWith("get ") && call.endsWith(".mp4")) {
              gets.add(call);
            }
            return Outcome.DONE;
          });
      try (AssetReader reader = AssetReader.open(store, "door", door.recorders())) {
        assertThat(play(reader)).isEqualTo(Duration.ofSeconds(SECONDS));
      }
      assertThat(gets).isEmpty();
      try (AssetReader elsewhere =
          AssetReader.open(store.elsewhere(Clock.system(), Duration.ofSeconds(30)), "door")) {
        assertThat(play(elsewhere)).isEqualTo(Duration.ofSeconds(SECONDS));
      }
    }
  }

  @Test
  void read_restartedWhileStoreIsAway_copiesArePlayed() throws IOException {
    try (Door door = door(START)) {
      record(door);
    }
    store.fault(call -> Outcome.REFUSED);
    try (Door door = door(START.plusSeconds(200)).activate()) {
      door.camera.seconds(5);
      assertThat(gauges.of("lva.upload.copies.bytes")).isPositive();
      try (AssetReader reader = AssetReader.open(store, "door", door.recorders())) {
        assertThat(reader.sections(START, START.plusSeconds(199))).hasSize(1);
        assertThat(play(reader)).isGreaterThanOrEqualTo(Duration.ofSeconds(SECONDS));
      }
      store.fault(call -> Outcome.DONE);
      door.deactivate(Door.DEADLINE);
    }
  }

  @Test
  void read_assetWasDeletedInTheStore_copiesAreNotShown() throws IOException {
    try (Door door = door(START)) {
      record(door);
      Assets.delete(store, "door");
      try (AssetReader reader = AssetReader.open(store, "door", door.recorders())) {
        assertThat(reader.sections(START, END)).isEqualTo(List.of());
      }
    }
  }
}
