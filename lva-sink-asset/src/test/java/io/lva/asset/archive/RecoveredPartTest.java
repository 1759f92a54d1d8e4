package io.lva.asset.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.MemoryFiles.Outcome;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.AssetStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody changes a file that is recorded: what is left of it is completed meanwhile. */
class RecoveredPartTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String HOUR = "2026/11/22/10";
  private static final long SECONDS = 10;

  private final MemoryFiles files = new MemoryFiles();

  /** Replaces listings, as others see them. */
  @FunctionalInterface
  private interface Listing {
    Object list(Object entries) throws Exception;
  }

  private volatile Listing listing = entries -> entries;

  /** What becomes of the file, and where what is left of it lies. */
  private enum Change {
    CUT,
    DAMAGED;

    List<Instant> left() {
      return this == CUT
          ? List.of(START, START.plusMillis(15_500))
          : List.of(START, START.plusMillis(4500), START.plusSeconds(6), START.plusSeconds(16));
    }

    int damagedFiles() {
      return this == CUT ? 0 : 1;
    }

    byte[] of(byte[] content) {
      if (this == CUT) {
        return Arrays.copyOf(content, content.length - 1);
      }
      byte[] damaged = content.clone();
      String text = new String(content, StandardCharsets.ISO_8859_1);
      int moof = -1;
      for (int i = 0; i <= 9; i++) {
        moof = text.indexOf("moof", moof + 1);
      }
      Arrays.fill(damaged, moof - 4, moof + 16, (byte) 0);
      return damaged;
    }
  }

  /** Sixteen seconds in a file that is being recorded; a sync sample every 2 s. */
  private final class Recording implements AutoCloseable {
    private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), listed());
    private final AssetFolder folder = AssetFolder.open(store, "door", new FixedClock(START));
    private final ScriptedRecorder recorder = new ScriptedRecorder(folder, START, false);
    private final String name = SegmentName.completePath(START, recorder.run(), 0);

    Recording() throws IOException {
      for (int i = 0; i < 32; i++) {
        recorder.part(i % 4 == 0, Optional.empty());
      }
    }

    void change(Change change) throws IOException {
      String part = folder.view().path(name + SegmentName.PART_SUFFIX);
      byte[] content = IndexFiles.readAll(store, part, 1 << 20);
      StoreEdits.write(store, part, ByteBuffer.wrap(change.of(content)));
    }

    List<Instant> recover() throws IOException {
      return times(folder.recover(name));
    }

    List<String> files(String suffix) throws IOException {
      return store.list(folder.view().path(HOUR)).stream()
          .map(AssetStore.Entry::name)
          .filter(file -> file.endsWith(suffix))
          .toList();
    }

    @Override
    public void close() throws IOException {
      folder.close();
    }
  }

  private static List<Instant> times(List<IndexRow> rows) {
    return rows.stream()
        .filter(SegmentRow.class::isInstance)
        .map(SegmentRow.class::cast)
        .flatMap(row -> Stream.of(row.start(), row.end()))
        .toList();
  }

  private FileOps listed() {
    return (FileOps)
        Proxy.newProxyInstance(
            FileOps.class.getClassLoader(),
            new Class<?>[] {FileOps.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(files, arguments);
                return method.getName().equals("list") ? listing.list(result) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void recover_anyCallFails_findsTheSameWhenItIsRepeated(Change change) throws IOException {
    int failed = 0;
    boolean whole = false;
    while (!whole) {
      RecoveredPartTest fresh = new RecoveredPartTest();
      try (Recording recording = fresh.new Recording()) {
        recording.change(change);
        int last = failed;
        fresh.files.fault(
            call -> call.number() == last ? Outcome.fail(0, "Input/output error") : Outcome.ALL);
        List<Instant> left = List.of();
        try {
          left = recording.recover();
          whole = fresh.files.calls().size() <= last;
        } catch (IOException e) {
          fresh.files.fault(call -> Outcome.ALL);
          recording.folder.checkRest();
          left = recording.recover();
        }
        fresh.files.fault(call -> Outcome.ALL);
        assertThat(left).as("call %s fails", failed).isEqualTo(change.left());
        assertThat(recording.files(".damaged")).hasSize(change.damagedFiles());
        assertThat(recording.files(".part")).isEmpty();
        failed++;
      }
    }
    assertThat(failed).isGreaterThan(20);
  }

  @Test
  void checkRest_partIsBeingRecovered_isLeftAlone() throws IOException {
    try (Recording recording = new Recording()) {
      recording.change(Change.CUT);
      recording.folder.checkRest();
      assertThat(recording.files(".part")).hasSize(1);
      assertThat(recording.recover()).isEqualTo(Change.CUT.left());
      assertThat(recording.folder.isOpen(recording.name + SegmentName.PART_SUFFIX)).isFalse();
    }
  }

  /** All cameras of a volume are waiting for what is recovered. */
  @Test
  void recover_whileALargeArchiveIsChecked_doesNotWaitForIt() throws Exception {
    try (Recording recording = new Recording()) {
      recording.change(Change.CUT);
      CountDownLatch checking = new CountDownLatch(1);
      CountDownLatch released = new CountDownLatch(1);
      AtomicReference<Thread> check = new AtomicReference<>();
      listing =
          entries -> {
            if (Thread.currentThread().equals(check.get())) {
              checking.countDown();
              released.await();
            }
            return entries;
          };
      FutureTask<Integer> checked = new FutureTask<>(recording.folder::checkRest);
      check.set(new Thread(checked));
      check.get().start();
      FutureTask<List<Instant>> recovered = new FutureTask<>(recording::recover);
      try {
        assertThat(checking.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        new Thread(recovered).start();
        assertThat(recovered.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(Change.CUT.left());
      } finally {
        released.countDown();
      }
      assertThat(checked.get(SECONDS, TimeUnit.SECONDS)).as("what is complete by now").isEqualTo(1);
    }
  }

  /** Segments are completed while the hours are listed. */
  @Test
  void checkRest_partIsCompletedSinceItWasListed_keepsNothingOfIt() throws IOException {
    try (Recording recording = new Recording()) {
      listing =
          entries -> {
            if (entries.toString().contains(SegmentName.PART_SUFFIX)) {
              listing = same -> same;
              recording.recorder.closeSegment();
            }
            return entries;
          };
      recording.folder.checkRest();
      assertThat(recording.files(".mp4")).hasSize(1);
      assertThat(recording.files(".damaged")).isEmpty();
    }
  }
}
