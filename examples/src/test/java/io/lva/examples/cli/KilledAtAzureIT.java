package io.lva.examples.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.azure.AzureBlobStore;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.TimeRange;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.examples.judge.AzureRecorder;
import io.lva.examples.judge.AzureRecorder.Place;
import io.lva.examples.judge.BlobProxy;
import io.lva.examples.judge.BlobProxy.Fault;
import io.lva.examples.judge.Recorded;
import io.lva.media.GapCause;
import io.lva.testkit.Azurite;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorders are killed and frozen while Azure fails, each as a process of its own. Their camera is
 * faster than time, so that there are segments within seconds.
 */
@Timeout(300)
class KilledAtAzureIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  /** What becomes of the asset of the same name. */
  private static final Map<String, Fault> FAULTS =
      BlobProxy.FAILURES.stream().collect(toMap(KilledAtAzureIT::asset, Function.identity()));

  private static final Pattern OF_MEDIA =
      Pattern.compile("PUT /[^/]+/videos/([^/%]+)(?:%2F|/).*(?:\\.mp4|comp=appendblock).*");

  /** Two segments of 30 s and the beginning of one. */
  private static final Duration SHORT = Duration.ofSeconds(65);

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final int MDAT = 0x6d646174;

  @TempDir private Path folder;

  private final long began = System.nanoTime();

  @BeforeEach
  void requireEmulator() {
    Judges.requireNodePackages("azurite");
  }

  private static String asset(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Place place(int port, Duration lease) {
    return new Place("videos", port, lease);
  }

  private static int port(Azurite azurite) {
    return URI.create(azurite.endpoint()).getPort();
  }

  private AzureRecorder record(Place place, String cache, Duration length, List<String> assets)
      throws IOException {
    return AzureRecorder.start(place, folder.resolve(cache), now(), length, assets);
  }

  /** Returns the time of the world of fast cameras. */
  private Instant now() {
    return START.plusSeconds((System.nanoTime() - began) * AzureRecorder.SPEED / 1_000_000_000);
  }

  private static void awaitEach(AzureRecorder recorder, String event, int times)
      throws IOException {
    for (int i = 0; i < times; i++) {
      recorder.await(event);
    }
  }

  /** Returns the names of a cache's segments in the store, with the bytes that must be there. */
  private Map<String, Long> cached(String cache) throws IOException {
    Path spool = onlyFolder(folder.resolve(cache).resolve("cache"));
    Map<String, Long> sizes = new TreeMap<>();
    for (Path file : Recorded.files(spool, "")) {
      String name = spool.relativize(file).toString();
      if (name.endsWith(".mp4")) {
        sizes.put(name, Files.size(file));
      } else if (name.endsWith(".mp4.part") && wholeParts(file) > 0) {
        sizes.put(name.replace(SegmentName.PART_SUFFIX, ""), wholeParts(file));
      }
    }
    return sizes;
  }

  private static Path onlyFolder(Path cache) throws IOException {
    try (Stream<Path> spools = Files.list(cache)) {
      List<Path> found = spools.toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  /** Returns where the last whole part of a file ends. */
  private static long wholeParts(Path file) throws IOException {
    long end = 0;
    try (FileChannel boxes = FileChannel.open(file)) {
      ByteBuffer header = ByteBuffer.allocate(8);
      long position = 0;
      while (boxes.read(header.clear(), position) == header.capacity()
          && position + Integer.toUnsignedLong(header.getInt(0)) <= boxes.size()) {
        position += Integer.toUnsignedLong(header.getInt(0));
        end = header.getInt(4) == MDAT ? position : end;
      }
    }
    return end;
  }

  private void awaitCached(String cache, int segments) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (Recorded.files(folder.resolve(cache), ".mp4").size() < segments) {
      assertThat(System.nanoTime()).as("segments in the cache").isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void isStored(AzureBlobStore store, Map<String, Long> segments) throws IOException {
    assertThat(segments).isNotEmpty();
    for (Map.Entry<String, Long> segment : segments.entrySet()) {
      assertThat(store.size(segment.getKey())).as(segment.getKey()).contains(segment.getValue());
    }
  }

  /** Returns what there is to see of an asset that is right in itself and can be read. */
  private static List<TimeRange> ranges(AzureBlobStore store, String asset, GapCause... causes)
      throws IOException {
    AssetReport report = AssetVerifier.verify(store, asset, hour -> {});
    assertThat(report.problems()).as(asset).isEmpty();
    assertThat(report.gaps())
        .as(asset)
        .extracting(gap -> gap.causes().get(0))
        .containsExactly(causes);
    try (AssetReader reader = AssetReader.open(store, asset)) {
      for (Fragment fragment : reader.fragments(Instant.EPOCH, END, 1)) {
        assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
      }
      return reader.ranges(Instant.EPOCH, END);
    }
  }

  private void isEmpty(String cache) {
    assertThat(Recorded.files(folder.resolve(cache), ".mp4")).isEmpty();
    assertThat(Recorded.files(folder.resolve(cache), ".part")).isEmpty();
  }

  @Test
  void record_killedWhileUploadsFailInSomeWay_nothingIsLost() throws Exception {
    List<String> assets = List.copyOf(FAULTS.keySet());
    try (Azurite azurite = Azurite.start();
        BlobProxy proxy = BlobProxy.start(URI.create(azurite.endpoint()))) {
      Place place = place(proxy.port(), LEASE);
      proxy.plan(
          request -> {
            Matcher media = OF_MEDIA.matcher(request);
            return media.matches() ? FAULTS.getOrDefault(media.group(1), Fault.NONE) : Fault.NONE;
          });
      Map<String, Long> left;
      try (AzureRecorder recorder = record(place, "door", SHORT, assets)) {
        for (String asset : assets) {
          proxy.await("PUT /[^/]+/videos/" + asset + "(%2F|/).*\\.mp4", 1, PATIENCE);
        }
        recorder.kill();
        left = cached("door");
      }
      proxy.plan(request -> Fault.NONE);
      try (AzureRecorder recorder = record(place, "door", SHORT, assets)) {
        awaitEach(recorder, "RecordingStarted", assets.size());
        recorder.stop();
      }
      isEmpty("door");
      try (AzureBlobStore store = place.open()) {
        isStored(store, left);
        for (String asset : assets) {
          assertThat(left.keySet()).anyMatch(name -> name.startsWith(asset + '/'));
          assertThat(ranges(store, asset, GapCause.PROCESS_STOPPED, GapCause.OPERATOR)).hasSize(2);
        }
      }
    }
  }

  @Test
  void record_killedWhileAzureIsDownThenFrozen_nothingIsLost() throws Exception {
    Place place = place(Azurite.freePort(), LEASE);
    List<String> door = List.of("door");
    Map<String, Long> left = new TreeMap<>();
    try (AzureRecorder recorder = record(place, "door", LONG, door)) {
      recorder.await("RecordingStarted");
      awaitCached("door", 2);
      recorder.kill();
      left.putAll(cached("door"));
    }
    try (Azurite azurite = Azurite.start(place.port())) {
      try (AzureRecorder recorder = record(place, "door", LONG, door)) {
        recorder.await("RecordingAvailable");
        Judges.accept("kill", "-STOP", Long.toString(azurite.pid()));
        awaitCached("door", 3);
        recorder.kill();
        left.putAll(cached("door"));
        Judges.accept("kill", "-CONT", Long.toString(azurite.pid()));
      }
      try (AzureRecorder recorder = record(place, "door", LONG, door)) {
        recorder.await("RecordingStarted");
        recorder.stop();
      }
      isEmpty("door");
      try (AzureBlobStore store = place.open()) {
        isStored(store, left);
        assertThat(
                ranges(
                    store,
                    "door",
                    GapCause.PROCESS_STOPPED,
                    GapCause.PROCESS_STOPPED,
                    GapCause.OPERATOR))
            .hasSize(3);
      }
    }
  }

  /** Its last segment even arrives when the winner has recorded for a while. */
  @Test
  void record_frozenPastItsLease_notOneByteOfItIsBehindTheWinners() throws Exception {
    List<String> door = List.of("door");
    try (Azurite azurite = Azurite.start();
        BlobProxy proxy = BlobProxy.start(URI.create(azurite.endpoint()));
        AzureRecorder loser = record(place(proxy.port(), LEASE), "loser", LONG, door)) {
      loser.await("RecordingAvailable");
      List<String> late = new CopyOnWriteArrayList<>();
      proxy.plan(
          request -> {
            boolean media = OF_MEDIA.matcher(request).matches();
            if (media) {
              late.add(request);
            }
            return media ? Fault.LATE : Fault.NONE;
          });
      await(() -> !late.isEmpty());
      loser.freeze();
      Place direct = place(port(azurite), LEASE);
      try (AzureRecorder winner = record(direct, "winner", LONG, door)) {
        winner.await("RecordingAvailable");
        proxy.release();
        loser.thaw();
        loser.await("StorageError");
        awaitCached("loser", 2);
        loser.stop();
        winner.stop();
      }
      try (AzureBlobStore store = direct.open()) {
        String file = late.get(0).replaceAll("PUT /[^/]+/videos/|\\?.*", "").replace("%2F", "/");
        assertThat(store.size(file)).as("the late segment").isPresent();
        AssetReport report = AssetVerifier.verify(store, "door", hour -> {});
        assertThat(report.problems()).isEmpty();
        try (AssetReader reader = AssetReader.open(store, "door")) {
          List<Fragment> fragments = reader.fragments(Instant.EPOCH, END, 1);
          assertThat(fragments).extracting(each -> each.segment().epoch()).isSorted();
          assertThat(fragments)
              .extracting(each -> each.segment().epoch())
              .contains(1L, 2L)
              .doesNotContain(3L);
          assertThat(fragments).extracting(Fragment::file).doesNotContain(file);
          assertThat(reader.ranges(Instant.EPOCH, END)).hasSize(2);
        }
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
