package io.lva.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.LockLostException;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of what every {@link AssetStore} must do. A subclass opens the store to be tested. */
public abstract class AssetStoreContract {
  private static final String FOLDER = "door";
  private static final int RACERS = 20;

  private AssetStore store = new MemoryObjectStore();

  /** For subclasses. */
  protected AssetStoreContract() {}

  /**
   * Opens the store that is tested.
   *
   * @return a store that is empty when a test begins; all calls within one test return stores with
   *     the same content
   * @throws IOException when it cannot be opened
   */
  protected abstract AssetStore open() throws IOException;

  @BeforeEach
  final void openStore() throws IOException {
    store = open();
  }

  @AfterEach
  final void closeStore() throws IOException {
    store.close();
  }

  private AssetWriter lock() throws IOException {
    return store.lock(FOLDER, FOLDER, "contract");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static ByteSource source(String text) {
    return ByteSource.of(bytes(text));
  }

  private String content(String name) throws IOException {
    return new String(store.read(FOLDER + '/' + name, 1 << 20).content(), UTF_8);
  }

  @Test
  void uri_hasAScheme_andNoCredentials() {
    assertThat(store.uri().getScheme()).isNotBlank();
    assertThat(store.uri().getUserInfo()).isNull();
  }

  @Test
  void reading_nothingThere_isEmpty() throws IOException {
    assertThat(store.list("")).isEmpty();
    assertThat(store.list(FOLDER)).isEmpty();
    assertThat(store.size("door/x")).isEmpty();
    assertThat(store.read("door/x", 10)).isEqualTo(StoredDocument.ABSENT);
    assertThat(store.isLocked(FOLDER)).isFalse();
    assertThatThrownBy(
            () -> {
              try (StoredFile file = store.open("door/x")) {
                file.read(0, ByteBuffer.allocate(1));
              }
            })
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void put_thenRead_anyRange() throws IOException {
    try (AssetWriter writer = lock()) {
      assertThat(writer.put("2026/01/02/03/a.mp4", source("0123456789"))).isTrue();
    }
    try (StoredFile file = store.open("door/2026/01/02/03/a.mp4")) {
      assertThat(file.size()).isEqualTo(10);
      ByteBuffer some = ByteBuffer.allocate(4);
      file.readFully(3, some);
      assertThat(some.array()).isEqualTo("3456".getBytes(UTF_8));
      assertThat(file.read(10, ByteBuffer.allocate(1))).isEqualTo(-1);
      ByteBuffer tail = ByteBuffer.allocate(100);
      assertThat(file.read(8, tail)).isEqualTo(2);
    }
    assertThat(store.size("door/2026/01/02/03/a.mp4")).contains(10L);
    assertThat(store.size("door/2026")).isEmpty();
  }

  @Test
  void list_filesAndFolders_byName() throws IOException {
    try (AssetWriter writer = lock()) {
      writer.put("b", source("bb"));
      writer.put("c/d", source("d"));
      writer.put("a", source("a"));
    }
    assertThat(store.list(FOLDER).stream().filter(entry -> !entry.name().startsWith("asset.")))
        .containsExactly(
            new AssetStore.Entry("a", false, 1),
            new AssetStore.Entry("b", false, 2),
            new AssetStore.Entry("c", true, 0));
    assertThat(store.list("")).containsExactly(new AssetStore.Entry(FOLDER, true, 0));
    assertThat(store.list("door/b")).isEmpty();
  }

  @Test
  void put_nameIsTaken_leavesTheFirst() throws IOException {
    try (AssetWriter writer = lock()) {
      assertThat(writer.put("a", source("first"))).isTrue();
      assertThat(writer.put("a", source("second"))).isFalse();
    }
    assertThat(content("a")).isEqualTo("first");
  }

  @Test
  void put_emptyFile_isThere() throws IOException {
    try (AssetWriter writer = lock()) {
      assertThat(writer.put("a", source(""))).isTrue();
      assertThat(writer.put("a", source("x"))).isFalse();
    }
    assertThat(store.size("door/a")).contains(0L);
    assertThat(store.read("door/a", 1).exists()).isTrue();
  }

  @Test
  void replace_chainOfVersions_eachOnce() throws IOException {
    try (AssetWriter writer = lock()) {
      Version first = writer.replace("i", bytes("one"), Version.ABSENT).orElseThrow();
      assertThat(writer.replace("i", bytes("again"), Version.ABSENT)).isEmpty();
      assertThat(store.read("door/i", 10).version()).isEqualTo(first);
      Version second = writer.replace("i", bytes("two"), first).orElseThrow();
      assertThat(writer.replace("i", bytes("stale"), first)).isEmpty();
      assertThat(content("i")).isEqualTo("two");
      assertThat(writer.replace("i", bytes("three"), second)).isPresent();
      assertThat(writer.replace("none", bytes("x"), second)).isEmpty();
    }
    assertThat(content("i")).isEqualTo("three");
    assertThat(store.size("door/none")).isEmpty();
  }

  @Test
  void read_largerThanAllowed_isRefused() throws IOException {
    try (AssetWriter writer = lock()) {
      writer.put("a", source("12345"));
    }
    assertThat(store.read("door/a", 5).content()).hasSize(5);
    assertThatThrownBy(() -> store.read("door/a", 4)).isInstanceOf(IOException.class);
  }

  @Test
  void append_sizeAsExpected_orNotAtAll() throws IOException {
    try (AssetWriter writer = lock()) {
      if (!store.features().contains(StoreFeature.APPEND)) {
        assertThatThrownBy(() -> writer.append("i", bytes("x"), 0))
            .isInstanceOf(UnsupportedOperationException.class);
        return;
      }
      assertThat(writer.append("i", bytes("one "), 0)).isTrue();
      assertThat(writer.append("i", bytes("late"), 0)).isFalse();
      assertThat(writer.append("i", bytes("two"), 4)).isTrue();
      assertThat(writer.append("i", bytes("x"), 99)).isFalse();
    }
    assertThat(content("i")).isEqualTo("one two");
  }

  @Test
  void rename_cutsAndReplaces() throws IOException {
    try (AssetWriter writer = lock()) {
      writer.put("h/a.part", source("0123456789"));
      if (!store.features().contains(StoreFeature.IN_PLACE)) {
        assertThatThrownBy(() -> writer.rename("h/a.part", 4, "h/a"))
            .isInstanceOf(UnsupportedOperationException.class);
        return;
      }
      writer.rename("h/a.part", 4, "h/a");
      writer.rename("h/a.part", 4, "h/a"); // as after a failure that came too late
      assertThatThrownBy(() -> writer.rename("h/none", 4, "h/b"))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(store.size("door/h/b")).isEmpty();
    }
    assertThat(content("h/a")).isEqualTo("0123");
    assertThat(store.size("door/h/a.part")).isEmpty();
  }

  @Test
  void delete_repeated_isNoError() throws IOException {
    try (AssetWriter writer = lock()) {
      writer.put("a", source("a"));
      writer.delete("a");
      writer.delete("a");
      assertThat(writer.put("a", source("b"))).isTrue();
    }
    assertThat(content("a")).isEqualTo("b");
  }

  @Test
  void lock_heldByAnother_isRefused() throws IOException {
    try (AssetStore other = open();
        AssetWriter writer = lock()) {
      assertThat(writer.held()).isTrue();
      assertThat(other.isLocked(FOLDER)).isTrue();
      assertThatThrownBy(() -> other.lock(FOLDER, "front door", "somebody else"))
          .isInstanceOf(AssetInUseException.class)
          .hasMessageContaining("front door");
      assertThat(other.isLocked("window")).isFalse();
      other.lock("window", "window", "somebody else").close();
    }
    assertThat(store.isLocked(FOLDER)).isFalse();
  }

  @Test
  void lock_eachTime_hasAHigherEpoch() throws IOException {
    long last = 0;
    for (int i = 0; i < 3; i++) {
      try (AssetStore other = open();
          AssetWriter writer = other.lock(FOLDER, FOLDER, "owner " + i)) {
        assertThat(writer.epoch()).isGreaterThan(last);
        last = writer.epoch();
      }
    }
  }

  @Test
  void writer_closed_writesNothing() throws IOException {
    AssetWriter writer = lock();
    writer.close();
    writer.close();
    assertThat(writer.held()).isFalse();
    assertThatThrownBy(() -> writer.put("a", source("a"))).isInstanceOf(LockLostException.class);
    assertThatThrownBy(() -> writer.replace("a", bytes("a"), Version.ABSENT))
        .isInstanceOf(LockLostException.class);
    assertThatThrownBy(() -> writer.delete("a")).isInstanceOf(LockLostException.class);
    assertThat(store.size("door/a")).isEmpty();
  }

  @Test
  void closeAndRemove_nothingLeft_assetCanBeMadeAnew() throws IOException {
    try (AssetWriter writer = lock()) {
      writer.closeAndRemove();
    }
    try (AssetWriter writer = lock()) {
      assertThat(writer.put("a", source("a"))).isTrue();
    }
  }

  @Test
  void put_manyRace_oneWins() throws Exception {
    try (AssetWriter writer = lock()) {
      List<Boolean> stored = race(() -> writer.put("a", source("x")));
      assertThat(stored).containsOnlyOnce(true).hasSize(RACERS);
    }
  }

  @Test
  void replace_manyRace_oneWins() throws Exception {
    try (AssetWriter writer = lock()) {
      Version before = writer.replace("i", bytes("0"), Version.ABSENT).orElseThrow();
      List<Optional<Version>> replaced =
          race(() -> writer.replace("i", bytes(Thread.currentThread().getName()), before));
      assertThat(replaced.stream().filter(Optional::isPresent)).hasSize(1);
    }
  }

  @Test
  void lock_manyRace_oneWins() throws Exception {
    List<Optional<AssetWriter>> writers =
        race(
            () -> {
              try {
                return Optional.of(store.lock(FOLDER, FOLDER, Thread.currentThread().getName()));
              } catch (AssetInUseException e) {
                return Optional.empty();
              }
            });
    List<AssetWriter> winners = writers.stream().flatMap(Optional::stream).toList();
    assertThat(winners).hasSize(1);
    winners.get(0).close();
  }

  @Test
  void isLocked_askedAllTheTime_neverHindersAWriter() throws Exception {
    lock().close();
    Callable<Boolean> ask =
        () -> {
          boolean locked = false;
          for (int i = 0; i < 50; i++) {
            locked |= store.isLocked(FOLDER);
          }
          return locked;
        };
    assertThat(race(ask)).containsOnly(false);
    ExecutorService asking = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(asking.submit(ask));
      }
      for (int i = 0; i < 10; i++) {
        lock().close();
      }
      for (Future<Boolean> answer : answers) {
        answer.get();
      }
    } finally {
      asking.shutdownNow();
    }
  }

  private static <T> List<T> race(Callable<T> call) throws Exception {
    ExecutorService racers = Executors.newFixedThreadPool(RACERS);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < RACERS; i++) {
        calls.add(call);
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : racers.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      racers.shutdownNow();
    }
  }
}
