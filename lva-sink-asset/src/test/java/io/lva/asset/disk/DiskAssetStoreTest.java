package io.lva.asset.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.AssetSummary;
import io.lva.asset.Assets;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.ChildProcess;
import io.lva.asset.archive.IndexFiles;
import io.lva.asset.archive.LockHolder;
import io.lva.asset.archive.ScriptedRecorder;
import io.lva.asset.archive.StoreEdits;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.media.GapCause;
import io.lva.spi.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real disk. */
class DiskAssetStoreTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path folder;

  private DiskAssetStore store() {
    return new DiskAssetStore(folder.resolve("store"), FileOps.disk());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String read(AssetStore store, String name) throws IOException {
    return new String(IndexFiles.readAll(store, name, 1 << 20), UTF_8);
  }

  @Test
  void path_leadsOutOfTheStore_isRefused() throws IOException {
    try (DiskAssetStore store = store()) {
      for (String name : List.of("../x", "a/../../x", "/etc/passwd")) {
        assertThatThrownBy(() -> store.size(name)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void list_whatIsNoFile_countsAsAFolder() throws IOException {
    try (DiskAssetStore store = store()) {
      StoreEdits.append(store, "a/b", bytes("one"));
      Files.createDirectory(folder.resolve("store/a/dir"));
      Files.createSymbolicLink(folder.resolve("store/a/link"), Path.of("b"));
      Files.createSymbolicLink(folder.resolve("store/a/null"), Path.of("/dev/null"));
      assertThat(store.list("a"))
          .containsExactly(
              new AssetStore.Entry("b", false, 3),
              new AssetStore.Entry("dir", true, 0),
              new AssetStore.Entry("link", false, 3),
              new AssetStore.Entry("null", true, 0));
      assertThat(store.size("a/dir")).isEmpty();
      assertThat(store.size("a/link")).contains(3L);
    }
  }

  @Test
  void open_schemeNobodyKnows_saysSo() {
    assertThatThrownBy(() -> AssetStore.open(URI.create("gopher://x/")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gopher:");
    assertThatThrownBy(() -> AssetStore.open(URI.create("file://host/x")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void assets_recordedListedDeleted() throws IOException {
    DiskAssetStore store = new DiskAssetStore(folder, FileOps.disk());
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(AssetFolder.open(store, "front door", Clock.system()), START, true)) {
      recorder.segment(8);
      recorder.hole(START.plusSeconds(60), GapCause.NO_MEDIA);
      recorder.segment(8);
      assertThatThrownBy(() -> Assets.delete(store, "front door"))
          .isInstanceOf(AssetInUseException.class);
      assertThat(Assets.list(store)).extracting(AssetSummary::inUse).containsExactly(true);
      recorder.stop();
    }
    Files.createDirectories(folder.resolve("no asset"));
    List<AssetSummary> summaries = Assets.list(store);
    assertThat(summaries).hasSize(1);
    AssetSummary summary = summaries.get(0);
    assertThat(summary.name()).isEqualTo("front door");
    assertThat(summary.segments()).isEqualTo(2);
    assertThat(summary.recorded()).isEqualTo(Duration.ofSeconds(8));
    assertThat(summary.span()).contains(new TimeRange(START, START.plusSeconds(64)));
    assertThat(summary.inUse()).isFalse();
    Assets.delete(store, "front door");
    assertThat(Assets.list(store)).isEmpty();
    assertThat(folder.resolve("front%20door")).doesNotExist();
    assertThatThrownBy(() -> Assets.delete(store, "front door"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("front door");
  }

  @Test
  void isLocked_manyAskAtOnce_nobodyIsTakenForAWriter() throws Exception {
    try (DiskAssetStore store = store()) {
      StoreEdits.append(store, "door/asset.lock", bytes("1\n"));
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        Callable<Boolean> ask =
            () -> {
              boolean locked = false;
              for (int i = 0; i < 2000; i++) {
                locked |= store.isLocked("door");
              }
              return locked;
            };
        for (Future<Boolean> answer : threads.invokeAll(Collections.nCopies(4, ask))) {
          assertThat(answer.get()).isFalse();
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void isLocked_noWriter_leavesNoTrace() throws IOException {
    try (DiskAssetStore store = store()) {
      assertThat(store.isLocked("door")).isFalse();
      assertThat(folder.resolve("store/door")).doesNotExist();
      StoreEdits.append(store, "door/asset.json", bytes("{}"));
      assertThat(store.isLocked("door")).isFalse();
      assertThat(folder.resolve("store/door/asset.lock")).doesNotExist();
      try (AssetWriter lock = store.lock("door", "door", "test")) {
        String owner = read(store, "door/asset.lock");
        assertThat(store.isLocked("door")).isTrue();
        assertThat(lock.held()).isTrue();
        assertThat(read(store, "door/asset.lock")).isEqualTo(owner);
      }
      assertThat(store.isLocked("door")).isFalse();
    }
  }

  @Test
  void lock_heldByAnotherProcess_isRefusedUntilItEnds() throws Exception {
    DiskAssetStore store = new DiskAssetStore(folder, FileOps.disk());
    Process other = ChildProcess.start(LockHolder.class, folder.toString());
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(other.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).isEqualTo("locked");
      assertThat(store.isLocked("door")).isTrue();
      assertThatThrownBy(() -> store.lock("door", "door", "test"))
          .isInstanceOf(AssetInUseException.class)
          .hasMessage("asset door is in use by another recording process");
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(store.isLocked("door")).isFalse();
    try (AssetWriter lock = store.lock("door", "door", "test")) {
      assertThat(lock.held()).isTrue();
      assertThatThrownBy(() -> store.lock("door", "door", "test"))
          .isInstanceOf(AssetInUseException.class);
    }
  }

  @Test
  void close_lockAgain_leavesThatOfTheNextHolder() throws Exception {
    FileOps files = FileOps.disk();
    Path file = folder.resolve("door/asset.lock");
    files.makeDirectories(folder.resolve("door"));
    FileOps.Lock first = files.tryLock(file).orElseThrow();
    first.close();
    try (FileOps.Lock next = files.tryLock(file).orElseThrow()) {
      first.close();
      assertThat(files.isLocked(file)).isTrue();
      Process other = ChildProcess.start(LockHolder.class, folder.toString());
      try {
        assertThat(firstWord(other)).isEqualTo("refused");
      } finally {
        other.destroyForcibly().waitFor();
      }
      assertThat(next.renew()).isTrue();
    }
  }

  private static String firstWord(Process process) throws IOException {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      return out.readLine();
    }
  }

  @Test
  void confirm_folderWasRemoved_othersFindItLockedAgainAndTheNextEpochIsHigher() throws Exception {
    DiskAssetStore store = new DiskAssetStore(folder, FileOps.disk());
    try (AssetWriter lock = store.lock("door", "door", "test")) {
      Files.delete(folder.resolve("door/asset.lock"));
      Files.delete(folder.resolve("door/asset.epoch"));
      Files.delete(folder.resolve("door"));
      lock.confirm();

      Process other = ChildProcess.start(LockHolder.class, folder.toString());
      try {
        assertThat(firstWord(other)).isEqualTo("refused");
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
    try (AssetWriter next = store.lock("door", "door", "test")) {
      assertThat(next.epoch()).isEqualTo(2);
    }
  }

  @Test
  void confirm_epochIsDamaged_isWrittenAgain() throws Exception {
    DiskAssetStore store = new DiskAssetStore(folder, FileOps.disk());
    try (AssetWriter lock = store.lock("door", "door", "test")) {
      Files.writeString(folder.resolve("door/asset.epoch"), "no number");
      lock.confirm();
    }
    try (AssetWriter next = store.lock("door", "door", "test")) {
      assertThat(next.epoch()).isEqualTo(2);
    }
  }

  @Test
  void confirm_lockWasRemovedAndTakenByAnotherProcess_isRefused() throws Exception {
    DiskAssetStore store = new DiskAssetStore(folder, FileOps.disk());
    try (AssetWriter lock = store.lock("door", "door", "test")) {
      Files.delete(folder.resolve("door/asset.lock"));
      Process other = ChildProcess.start(LockHolder.class, folder.toString());
      try {
        assertThat(firstWord(other)).isEqualTo("locked");
        assertThatThrownBy(lock::confirm).isInstanceOf(AssetInUseException.class);
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
  }
}
