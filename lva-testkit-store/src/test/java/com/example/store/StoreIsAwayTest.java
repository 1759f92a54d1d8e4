package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.archive.StoredAsset;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Fences;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.verify.AssetVerifier;
import io.lva.event.GraphEvent;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.playback.Playback;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import io.lva.runtime.ActivationException;
import io.lva.spi.Clock;
import io.lva.spi.Metrics;
import io.lva.testkit.store.MemoryObjectStore;
import io.lva.testkit.store.MemoryObjectStore.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator meets while the store is away, refuses the login, or is taken over. */
class StoreIsAwayTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant END = START.plusSeconds(3600);

  @TempDir private Path cache;
  @TempDir private Path otherCache;
  @TempDir private Path thirdCache;

  /** A clock that a test moves. */
  private static final class ManualClock implements Clock {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000_000_000L);

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public long utcNanos() {
      return nanos.get();
    }

    void pass(Duration time) {
      nanos.addAndGet(time.toNanos());
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    await(condition, () -> "what was awaited");
  }

  private static void await(Condition condition, Supplier<String> seen) throws IOException {
    long end = System.nanoTime() + Door.DEADLINE.toNanos();
    while (!condition.holds() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(condition.holds()).as(seen).isTrue();
  }

  private static TimeRange range(int startSecond, int endSecond) {
    return new TimeRange(START.plusSeconds(startSecond), START.plusSeconds(endSecond));
  }

  private static List<String> codes(Door door) {
    return door.events(GraphEvent.StorageError.class).stream()
        .map(GraphEvent.StorageError::errorCode)
        .toList();
  }

  private static void check(MemoryObjectStore store, TimeRange... ranges) throws IOException {
    assertThat(AssetVerifier.verify(store, "door", hour -> {}).problems()).isEmpty();
    try (AssetReader reader =
        AssetReader.open(store.elsewhere(Clock.system(), Duration.ofSeconds(30)), "door")) {
      assertThat(reader.ranges(START, END)).containsExactly(ranges);
      for (Fragment fragment : reader.fragments(START, END, 1)) {
        assertThat(fragment.segment().epoch()).isPositive();
        assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
      }
    }
  }

  @Test
  void record_firstStartWhileStoreIsAway_isSeenHereAndPublishedLater() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    store.fault(call -> Outcome.REFUSED);
    try (Door door = new Door(store, cache, START).activate();
        AssetReader reader = AssetReader.open(store, "door", door.recorders());
        Playback playback = Playback.open(store, door.recorders())) {
      door.camera.seconds(65);
      await(() -> reader.ranges(START, END).equals(List.of(range(0, 64))));
      assertThat(get(playback, "/assets")).contains("door");
      assertThat(get(playback, "/door/content.ism/video.m3u8")).contains("m/20261122/");
      assertThat(codes(door)).containsOnly("ioError");
      assertThat(door.events(GraphEvent.RecordingAvailable.class)).isEmpty();

      store.fault(call -> Outcome.DONE);
      await(() -> !door.events(GraphEvent.RecordingAvailable.class).isEmpty());
      try (AssetReader elsewhere =
          AssetReader.open(store.elsewhere(Clock.system(), Duration.ofSeconds(30)), "door")) {
        assertThat(elsewhere.ranges(START, END)).isNotEmpty();
      }
      door.deactivate(Door.DEADLINE);
    }
    check(store, range(0, 65));
  }

  private static String get(Playback playback, String target) throws IOException {
    Response response =
        playback.handle(Request.of("GET", target, Map.of())).toCompletableFuture().join();
    assertThat(response.status()).as(target).isEqualTo(200);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    response.body().writeTo(body);
    return body.toString(StandardCharsets.UTF_8);
  }

  /** The cache is new and knows nothing of what another machine recorded to the asset before. */
  @Test
  void record_newCacheWhileStoreIsAway_goesAfterWhatTheStoreHas() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    for (int i = 0; i < 2; i++) {
      try (Door door = new Door(store, otherCache, START.plusSeconds(100L * i)).activate()) {
        door.camera.seconds(32);
        door.deactivate(Door.DEADLINE);
      }
    }
    store.fault(call -> Outcome.REFUSED);
    try (Door door = new Door(store, cache, START.plusSeconds(200)).activate()) {
      door.camera.seconds(65);
      store.fault(call -> Outcome.DONE);
      door.camera.seconds(1);
      door.deactivate(Door.DEADLINE);
    }
    check(store, range(0, 32), range(100, 132), range(200, 266));
    try (AssetReader reader = AssetReader.open(store, "door")) {
      assertThat(reader.sections(START, END).stream().map(run -> run.master().fragments().get(0)))
          .extracting(fragment -> fragment.segment().runNumber())
          .isSorted();
    }
  }

  /** Its last media, if it has any, lies before that of another recorder. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void record_tookOverWithoutMediaAndStartsAgain_goesOnAfterTheRecorderBefore(boolean newCache)
      throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Path first = newCache ? thirdCache : cache;
    record(new Door(store, first, START), 10);
    record(new Door(store, otherCache, START.plusSeconds(100)), 10);
    record(new Door(store, cache, START.plusSeconds(200)), 0);
    record(new Door(store, cache, START.plusSeconds(300)), 10);

    check(store, range(0, 10), range(100, 110), range(300, 310));
    try (AssetReader reader = AssetReader.open(store, "door")) {
      assertThat(reader.gaps(START, START.plusSeconds(305)))
          .extracting(gap -> gap.gap().end())
          .containsExactly(
              Optional.of(START.plusSeconds(100)), Optional.of(START.plusSeconds(300)));
    }
  }

  private static void record(Door door, int seconds) {
    try (door) {
      door.activate();
      door.camera.seconds(seconds);
      door.deactivate(Door.DEADLINE);
    }
  }

  /** Whoever takes an asset over fences off the writer before, even when that is interrupted. */
  @ParameterizedTest
  @ValueSource(strings = {AssetLayout.LOCK, AssetLayout.EPOCHS})
  void record_takeOverIsInterrupted_writerBeforeIsFencedOff(String step) throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    try (Door door = new Door(store, otherCache, START).activate()) {
      door.camera.seconds(32);
      door.deactivate(Door.DEADLINE);
    }
    AtomicBoolean interrupted = new AtomicBoolean();
    store.fault(
        call ->
            call.equals("replace door/" + step) && !interrupted.getAndSet(true)
                ? Outcome.ANSWER_LOST
                : Outcome.DONE);
    try (Door door = new Door(store, cache, START.plusSeconds(100)).activate()) {
      door.camera.seconds(10);
      door.deactivate(Door.DEADLINE);
    }
    assertThat(interrupted).isTrue();
    Fences fences = fences(store);
    assertThat(fences.accepts(1, 0, 0)).isTrue();
    assertThat(fences.accepts(1, 0, 99)).isFalse();
    check(store, range(0, 32), range(100, 110));
  }

  /** A recorder goes on after a repair as if there had been none: its backlog still counts. */
  @Test
  void record_repairedWhileStoppedWithBacklog_backlogIsPublished() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    try (Door door = new Door(store, cache, START).activate()) {
      door.camera.seconds(32);
      await(() -> !door.events(GraphEvent.RecordingAvailable.class).isEmpty());
      store.fault(call -> Outcome.REFUSED);
      door.camera.seconds(33);
      door.deactivate(Duration.ofMillis(300));
    }
    MemoryObjectStore elsewhere = store.elsewhere(Clock.system(), Duration.ofSeconds(1));
    await(() -> repaired(elsewhere));
    store.fault(call -> Outcome.DONE);
    try (Door door = new Door(store, cache, START.plusSeconds(100)).activate()) {
      door.camera.seconds(10);
      door.deactivate(Door.DEADLINE);
    }
    check(store, range(0, 65), range(100, 110));
  }

  private static boolean repaired(MemoryObjectStore store) throws IOException {
    try {
      AssetVerifier.repair(store, "door", hour -> {});
      return true;
    } catch (AssetInUseException e) {
      return false; // its lease has not expired yet
    }
  }

  /** There is no segment yet behind which the first recorder could be fenced off. */
  @Test
  void record_takenOverBeforeItsFirstSegment_itsLateSegmentIsIgnored() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    try (StoredAsset late = StoredAsset.open(store, "door", "late", Clock.system())) {
      assertThat(late.epoch()).isEqualTo(1);
    }
    try (Door door = new Door(store, cache, START).activate()) {
      door.camera.seconds(10);
      door.deactivate(Door.DEADLINE);
    }
    Fences fences = fences(store);
    assertThat(fences.accepts(1, 0, 0)).isFalse();
    assertThat(fences.accepts(2, 0, 0)).isTrue();
    check(store, range(0, 10));
  }

  /** The camera was off for days, of which the index tells of a gap alone. */
  @Test
  void record_newestDaysHaveGapsAlone_olderSegmentsStillCount() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    try (Door door = new Door(store, cache, START).activate()) {
      door.camera.seconds(32);
      door.deactivate(Door.DEADLINE);
    }
    try (StoredAsset asset = StoredAsset.open(store, "door", "another", Clock.system())) {
      for (int day = 1; day < 4; day++) {
        Instant start = START.plus(Duration.ofDays(day));
        Gap gap = Gap.open("off" + day, start, GapOrigin.SOURCE, GapCause.CAMERA_UNREACHABLE);
        asset.append(List.of(new GapCloseRow(gap.closedAt(start.plusSeconds(60)), false)));
      }
    }
    StoredAsset.open(store, "door", "a third one", Clock.system()).close();
    assertThat(fences(store).accepts(1, 0, 1)).isTrue();
    assertThat(fences(store).accepts(1, 0, 2)).isFalse();
    check(store, range(0, 32));
  }

  private static Fences fences(MemoryObjectStore store) throws IOException {
    return Fences.parse(store.read("door/" + AssetLayout.EPOCHS, Fences.LARGEST_BYTES).content());
  }

  @Test
  void activate_firstStartWithWrongCredentials_isRefused() {
    MemoryObjectStore store = new MemoryObjectStore();
    store.fault(call -> Outcome.DENIED);
    try (Door door = new Door(store, cache, START)) {
      assertThatThrownBy(door::activate)
          .isInstanceOf(ActivationException.class)
          .hasMessageContaining("the credentials are refused");
    }
  }

  @Test
  void record_credentialsExpireMeanwhile_isToldApartFromAnOutage() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    try (Door door = new Door(store, cache, START).activate()) {
      store.fault(call -> call.startsWith("put") ? Outcome.REFUSED : Outcome.DONE);
      door.camera.seconds(35);
      await(() -> codes(door).equals(List.of("ioError")));
      store.fault(call -> call.startsWith("put") ? Outcome.DENIED : Outcome.DONE);
      await(() -> codes(door).equals(List.of("ioError", "accessDenied")));
      store.fault(call -> Outcome.DONE);
      door.deactivate(Door.DEADLINE);
    }
    check(store, range(0, 35));
  }

  @Test
  void record_backlogGrows_isMeasuredAndReportedUntilTheStoreIsBack() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Gauges gauges = new Gauges();
    try (Door door = new Door(store, cache, 10, START, gauges).activate()) {
      door.camera.seconds(32);
      await(() -> !door.events(GraphEvent.RecordingAvailable.class).isEmpty());
      assertThat(gauges.of("lva.upload.backlog.bytes")).isZero();
      assertThat(gauges.of("lva.upload.state")).isZero();
      store.fault(call -> Outcome.REFUSED);
      door.camera.seconds(65);
      await(() -> codes(door).contains("uploadBacklog"));
      assertThat(gauges.of("lva.upload.backlog.bytes")).isBetween(5.0 * (1 << 20), 10e6);
      assertThat(gauges.of("lva.upload.backlog.seconds")).isPositive();
      await(() -> gauges.of("lva.upload.state") == 2);
      store.fault(call -> Outcome.DENIED);
      await(() -> gauges.of("lva.upload.state") == 3);

      store.fault(call -> Outcome.DONE);
      await(() -> gauges.of("lva.upload.backlog.bytes") == 0);
      assertThat(gauges.of("lva.upload.backlog.seconds")).isZero();
      await(() -> gauges.of("lva.upload.state") == 0);
      door.deactivate(Door.DEADLINE);
      assertThat(codes(door)).containsOnlyOnce("uploadBacklog");
    }
    check(store, range(0, 97));
  }

  /** The drain is waited for while the store fails, not only while it answers. */
  @Test
  void deactivate_storeComesBackMeanwhile_everythingIsPublished() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    try (Door door = new Door(store, cache, START).activate()) {
      store.fault(call -> Outcome.REFUSED);
      door.camera.seconds(65);
      await(() -> !codes(door).isEmpty());
      Thread repair =
          new Thread(
              () -> {
                LockSupport.parkNanos(1_500_000_000L);
                store.fault(call -> Outcome.DONE);
              });
      repair.start();
      door.deactivate(Door.DEADLINE);
    }
    check(store, range(0, 65));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void record_anotherRecorderTakesOver_endsWithAnEventAndItsLaterMediaIsIgnored(boolean awayAtFirst)
      throws IOException {
    Duration lease = Duration.ofMillis(1500);
    MemoryObjectStore store = new MemoryObjectStore(Clock.system(), lease);
    store.fault(call -> awayAtFirst ? Outcome.REFUSED : Outcome.DONE);
    try (Door door = new Door(store, cache, START).activate();
        AssetReader here = AssetReader.open(store, "door", door.recorders())) {
      store.fault(call -> Outcome.DONE);
      door.camera.seconds(35);
      await(() -> !door.events(GraphEvent.RecordingAvailable.class).isEmpty());
      // The process is frozen as far as its renewals go: another one finds the lock abandoned.
      store.fault(
          call -> call.startsWith("replace door/asset.lock") ? Outcome.REFUSED : Outcome.DONE);
      ManualClock clock = new ManualClock();
      MemoryObjectStore elsewhere = store.elsewhere(clock, lease);
      try (Door other = new Door(elsewhere, otherCache, START.plusSeconds(40))) {
        assertThatThrownBy(other::activate).hasMessageContaining("in use");
        clock.pass(lease);
        other.activate();
        other.camera.seconds(20);
        store.fault(call -> Outcome.DONE);
        door.camera.seconds(60);
        await(() -> codes(door).contains("takenOver"), () -> "errors " + door.events());
        door.camera.away(Duration.ofSeconds(20));
        door.camera.seconds(10);
        other.deactivate(Door.DEADLINE);
        // The cache of the loser still has what counts no more.
        await(() -> here.ranges(START, END).equals(List.of(range(0, 30), range(40, 60))));
        assertThat(causes(here)).doesNotContain(GapCause.CAMERA_UNREACHABLE);
      }
      long began = System.nanoTime();
      door.deactivate(Door.DEADLINE);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
      assertThat(codes(door).stream().filter("takenOver"::equals)).hasSize(1);
    }
    check(store, range(0, 30), range(40, 60));

    try (Door door = new Door(store, cache, START.plusSeconds(200)).activate()) {
      door.camera.seconds(10);
      door.deactivate(Door.DEADLINE);
    }
    check(store, range(0, 30), range(40, 60), range(200, 210));
    try (AssetReader reader = AssetReader.open(store, "door")) {
      assertThat(causes(reader)).doesNotContain(GapCause.CAMERA_UNREACHABLE);
    }
    assertThat(superseded()).isNotEmpty();
    try (Door door = new Door(store, cache, 8, START.plusSeconds(300), Metrics.none()).activate()) {
      store.fault(call -> call.startsWith("put") ? Outcome.REFUSED : Outcome.DONE);
      door.camera.seconds(65);
      await(() -> superseded().isEmpty());
      store.fault(call -> Outcome.DONE);
      door.deactivate(Door.DEADLINE);
    }
    check(store, range(0, 30), range(40, 60), range(200, 210), range(300, 365));
  }

  /** The cache still has the gaps of a recording that was superseded when the next one begins. */
  @Test
  void record_offlineAfterATakeOver_gapsOfTheSupersededRecordingAreNotPublished()
      throws IOException {
    Duration lease = Duration.ofMillis(1500);
    MemoryObjectStore store = new MemoryObjectStore(Clock.system(), lease);
    try (Door door = new Door(store, cache, START).activate()) {
      door.camera.seconds(35);
      await(() -> !door.events(GraphEvent.RecordingAvailable.class).isEmpty());
      store.fault(
          call -> call.startsWith("replace door/asset.lock") ? Outcome.REFUSED : Outcome.DONE);
      ManualClock clock = new ManualClock();
      try (Door other =
          new Door(store.elsewhere(clock, lease), otherCache, START.plusSeconds(40))) {
        assertThatThrownBy(other::activate).hasMessageContaining("in use");
        clock.pass(lease);
        other.activate();
        other.camera.seconds(20);
        store.fault(call -> Outcome.DONE);
        door.camera.seconds(30);
        await(() -> codes(door).contains("takenOver"), () -> "errors " + door.events());
        door.camera.away(Duration.ofSeconds(20));
        door.camera.seconds(10);
        other.deactivate(Door.DEADLINE);
      }
      door.deactivate(Door.DEADLINE);
    }
    store.fault(call -> Outcome.REFUSED);
    try (Door door = new Door(store, cache, START.plusSeconds(200)).activate()) {
      door.camera.seconds(40);
      store.fault(call -> Outcome.DONE);
      door.camera.seconds(10);
      door.deactivate(Door.DEADLINE);
    }
    check(store, range(0, 30), range(40, 60), range(200, 250));
    try (AssetReader reader = AssetReader.open(store, "door")) {
      assertThat(causes(reader)).doesNotContain(GapCause.CAMERA_UNREACHABLE);
    }
  }

  private static List<GapCause> causes(AssetReader reader) throws IOException {
    return reader.gaps(START, END).stream().flatMap(gap -> gap.gap().causes().stream()).toList();
  }

  private List<Path> superseded() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(file -> file.toString().endsWith(".superseded")).toList();
    } catch (UncheckedIOException e) {
      return List.of(cache); // a file was deleted meanwhile: look again
    }
  }
}
