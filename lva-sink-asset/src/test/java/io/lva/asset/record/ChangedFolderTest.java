package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.AssetReader;
import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.media.GapCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody removes, moves or replaces what a recorder has on a real disk, while media comes on. */
class ChangedFolderTest {
  private static final String YEAR = "2026";
  private static final Duration BEFORE = Duration.ofSeconds(8);
  private static final Duration LENGTH = Duration.ofSeconds(20);

  /** From one sync to the next, and what a file takes to be made again. */
  private static final Duration MOST_LOST_AFTERWARDS = Duration.ofMillis(2500);

  @TempDir private Path root;
  private RecorderRig rig;
  private Path asset;
  private Predicate<Path> unreadable = file -> false;

  @BeforeEach
  void recordForAWhile() {
    rig =
        new RecorderRig(
            root.resolve("store"),
            disk(),
            RecorderOptions.defaults().segmentLength(Duration.ofSeconds(3)),
            1 << 20);
    asset = rig.store.path(AssetLayout.folderName(RecorderRig.ASSET));
    rig.camera.tracks();
    rig.record(BEFORE);
  }

  private FileOps disk() {
    return (FileOps)
        Proxy.newProxyInstance(
            FileOps.class.getClassLoader(),
            new Class<?>[] {FileOps.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("openForRead") && unreadable.test((Path) arguments[0])) {
                throw new IOException(arguments[0] + ": Input/output error");
              }
              try {
                return method.invoke(FileOps.disk(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private List<Path> tree(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(Path path) throws IOException {
    for (Path file : Files.exists(path) ? tree(path) : List.<Path>of()) {
      Files.delete(file);
    }
  }

  private Path find(Predicate<String> name) {
    return tree(asset).stream()
        .filter(path -> name.test(path.getFileName().toString()))
        .findFirst()
        .orElseThrow();
  }

  private Path part() {
    return find(name -> name.endsWith(".part"));
  }

  private Path hour() {
    return Objects.requireNonNull(part().getParent());
  }

  /** Records the rest: what comes now is in the asset, and its index says what is lost. */
  private AssetReport recordTheRest() throws IOException {
    rig.record(Duration.ofSeconds(3));
    assertThat(Files.size(part())).as("recorded at once").isPositive();
    rig.record(LENGTH.minus(BEFORE).minusSeconds(3));
    assertThatThrownBy(this::openAgain).isInstanceOf(AssetInUseException.class);
    Instant end = rig.camera.now();
    rig.end(GapCause.OPERATOR);

    assertThat(rig.isFinished()).as("stopped at once").isTrue();
    AssetReport report = rig.verify();
    assertThat(report.problems()).isEmpty();
    assertThat(report.runs().get(report.runs().size() - 1).end()).isEqualTo(end);
    return report;
  }

  private void openAgain() throws IOException {
    AssetFolder.open(
            new DiskAssetStore(rig.store.root(), FileOps.disk()), RecorderRig.ASSET, rig.clock)
        .close();
  }

  private void assertLost(AssetReport report, Duration atLeast) {
    assertThat(report.gaps())
        .filteredOn(gap -> gap.causes().contains(GapCause.STORAGE_ERROR))
        .isNotEmpty()
        .allSatisfy(
            gap ->
                assertThat(gap.end().orElseThrow())
                    .isBeforeOrEqualTo(Fixtures.START.plus(BEFORE).plus(MOST_LOST_AFTERWARDS)));
    Duration lost =
        report.gaps().stream()
            .filter(gap -> gap.causes().contains(GapCause.STORAGE_ERROR))
            .map(gap -> Duration.between(gap.start(), gap.end().orElseThrow()))
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(lost).isGreaterThanOrEqualTo(atLeast);
  }

  @Test
  void record_partIsRemoved_goesOnInAnotherFile() throws IOException {
    Files.delete(part());

    assertLost(recordTheRest(), Duration.ofMillis(500));
  }

  @Test
  void record_partIsCut_goesOnInAnotherFile() throws IOException {
    try (FileChannel file = FileChannel.open(part(), StandardOpenOption.WRITE)) {
      file.truncate(2000);
    }

    recordTheRest();
  }

  /** What is in front of the cut can be played, and is no gap. */
  @Test
  void record_partIsCut_gapIsOverWhatIsMissing() throws IOException {
    rig.record(Duration.ofMillis(1600));
    Path cut = part();
    Instant start = SegmentName.parse(asset.relativize(cut).toString()).orElseThrow().start();
    cutOneByte(cut);
    rig.record(LENGTH.minus(BEFORE));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    List<AssetReport.GapReport> lost = lost(report);
    assertThat(lost).isNotEmpty();
    assertThat(lost.get(0).start()).isAfter(start);
    try (AssetReader reader = AssetReader.open(rig.store, RecorderRig.ASSET)) {
      assertThat(reader.ranges(start, lost.get(0).start()))
          .containsExactly(new TimeRange(start, lost.get(0).start()));
      assertNoMediaIn(lost, reader);
    }
  }

  /** The step is repeated when the part has its name already. */
  @Test
  void record_partIsCutAndCannotBeReadForAWhile_gapIsOverWhatIsMissing() throws IOException {
    rig.record(Duration.ofMillis(1600));
    Path cut = part();
    cutOneByte(cut);
    Path complete = completeName(cut);
    unreadable = complete::equals;
    rig.record(Duration.ofSeconds(4));
    assertThat(complete).exists();
    unreadable = file -> false;
    rig.record(LENGTH.minus(BEFORE));
    rig.end(GapCause.OPERATOR);

    assertThat(lost(rig.verified())).isNotEmpty();
  }

  /** What the asset held before is looked through at the same time. */
  @Test
  void record_partIsCutAndTheArchiveIsChecked_gapIsOverWhatIsMissing() throws IOException {
    rig.end(GapCause.OPERATOR);
    rig.pause(Duration.ofSeconds(60));
    rig.lane.holdBackground();
    rig.camera.tracks(Fixtures.VIDEO);
    rig.record(Duration.ofMillis(1600));
    Path cut = part();
    cutOneByte(cut);
    unreadable = cut::equals;
    rig.record(Duration.ofSeconds(4));
    unreadable = file -> false;
    rig.lane.doBackground();
    rig.record(LENGTH);
    rig.end(GapCause.OPERATOR);

    assertThat(completeName(cut)).exists();
    assertThat(lost(rig.verified())).isNotEmpty();
  }

  private static Path completeName(Path part) {
    String name = part.getFileName().toString();
    return part.resolveSibling(name.substring(0, name.length() - SegmentName.PART_SUFFIX.length()));
  }

  private static void cutOneByte(Path part) throws IOException {
    try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 1);
    }
  }

  private static List<AssetReport.GapReport> lost(AssetReport report) {
    return report.gaps().stream()
        .filter(gap -> gap.causes().contains(GapCause.STORAGE_ERROR))
        .toList();
  }

  private static void assertNoMediaIn(List<AssetReport.GapReport> gaps, AssetReader reader)
      throws IOException {
    for (AssetReport.GapReport gap : gaps) {
      assertThat(reader.ranges(gap.start(), gap.end().orElseThrow())).as("in %s", gap).isEmpty();
    }
  }

  /** However large, it is another file: what was recorded is lost, as when the part is removed. */
  @Test
  void record_partIsReplacedByALargerFile_goesOnInAnotherFile() throws IOException {
    Path other = root.resolve("other");
    Files.write(other, new byte[8 << 20]);
    Files.move(other, part(), StandardCopyOption.REPLACE_EXISTING);

    assertLost(recordTheRest(), Duration.ofMillis(500));
  }

  @Test
  void record_hourIsRemoved_goesOnInANewFolder() throws IOException {
    remove(hour());

    assertLost(recordTheRest(), BEFORE);
  }

  @Test
  void record_everyNewFolderIsRemovedForAWhile_goesOnAfterwards() throws IOException {
    for (int i = 0; i < 5; i++) {
      remove(asset.resolve(YEAR));
      rig.record(Duration.ofMillis(200));
    }
    AssetReport report = recordTheRest();

    assertThat(report.gaps())
        .anySatisfy(gap -> assertThat(gap.causes()).contains(GapCause.STORAGE_ERROR));
  }

  @Test
  void record_assetIsRemoved_goesOnInANewFolderUnderItsLock() throws IOException {
    remove(asset);

    AssetReport report = recordTheRest();
    assertThat(report.runs().get(0).start())
        .isBeforeOrEqualTo(Fixtures.START.plus(BEFORE).plus(MOST_LOST_AFTERWARDS));
  }

  @Test
  void record_storeIsRemoved_goesOnInANewFolder() throws IOException {
    remove(rig.store.root());

    recordTheRest();
  }

  @Test
  void record_hourIsReplacedByAFile_goesOnAndTheFileIsKept() throws IOException {
    Path hour = hour();
    remove(hour);
    Files.writeString(hour, "not a folder");

    assertLost(recordTheRest(), BEFORE);
    assertThat(tree(Objects.requireNonNull(hour.getParent())))
        .filteredOn(Files::isRegularFile)
        .anySatisfy(file -> assertThat(file).hasSize("not a folder".length()));
  }

  @Test
  void record_dayIsReplacedByAFile_goesOnAndTheFileIsKept() throws IOException {
    Path day = Objects.requireNonNull(hour().getParent());
    remove(day);
    Files.writeString(day, "not a folder");

    assertLost(recordTheRest(), BEFORE);
  }

  @Test
  void record_indexIsRemoved_isRebuilt() throws IOException {
    remove(asset.resolve(AssetLayout.INDEX_FOLDER));

    AssetReport report = recordTheRest();
    assertThat(report.runs().get(0).start()).isEqualTo(Fixtures.START);
    assertThat(report.segments()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void record_indexIsReplacedByAFile_isRebuilt() throws IOException {
    remove(asset.resolve(AssetLayout.INDEX_FOLDER));
    Files.writeString(asset.resolve(AssetLayout.INDEX_FOLDER), "not a folder");

    recordTheRest();
  }

  @Test
  void record_lockIsRemoved_isMadeAgain() throws IOException {
    Files.delete(asset.resolve(AssetLayout.LOCK));

    AssetReport report = recordTheRest();
    assertThat(report.gaps()).noneMatch(gap -> gap.end().isPresent());
  }

  @Test
  void record_epochIsRemoved_nextEpochIsHigher() throws IOException {
    Files.delete(asset.resolve(AssetLayout.EPOCH));

    recordTheRest();
    try (AssetFolder next = AssetFolder.open(rig.store, RecorderRig.ASSET, rig.clock)) {
      assertThat(next.epoch()).isEqualTo(2);
    }
  }

  @Test
  void record_descriptionIsRemoved_isWrittenAgain() throws IOException {
    Files.delete(asset.resolve(AssetLayout.ASSET_JSON));

    recordTheRest();
  }

  @Test
  void record_folderIsMovedAwayAndBack_goesOn() throws IOException {
    Path away = root.resolve("away");
    Files.move(hour(), away);
    rig.record(Duration.ofSeconds(4));
    Path hour = hour();
    for (Path file : tree(away)) {
      if (Files.isRegularFile(file)) {
        Files.move(file, hour.resolve(file.getFileName()));
      }
    }
    AssetReport report = recordTheRest();
    assertThat(report.runs().get(0).start()).isEqualTo(Fixtures.START);
    try (AssetReader reader = AssetReader.open(rig.store, RecorderRig.ASSET)) {
      assertNoMediaIn(lost(report), reader);
    }
  }

  /** Repairs book it as lost, too, and find it when it is back. */
  @Test
  void repair_fileIsMovedBackAfterItWasBookedAsLost_isNoGapAnyMore() throws IOException {
    recordTheRest();
    AssetReport before = rig.verify();
    Path file = find(name -> name.endsWith(".mp4"));
    Path away = root.resolve("away");
    Files.move(file, away);
    AssetReport booked = AssetVerifier.repair(rig.store, RecorderRig.ASSET, hour -> {});
    assertThat(lost(booked)).hasSize(1);
    Files.move(away, file);
    AssetReport back = AssetVerifier.repair(rig.store, RecorderRig.ASSET, hour -> {});
    assertThat(back.problems()).isEmpty();
    assertThat(back.gaps()).isEqualTo(before.gaps());
    try (AssetReader reader = AssetReader.open(rig.store, RecorderRig.ASSET)) {
      assertThat(reader.gaps(Fixtures.START, Fixtures.START.plus(LENGTH)))
          .extracting(gap -> gap.gap().causes())
          .doesNotContain(List.of(GapCause.STORAGE_ERROR));
    }
  }

  @Test
  void record_completeFileIsRemoved_recordingIsNotDisturbed() throws IOException {
    Path complete = find(name -> name.endsWith(".mp4"));
    Files.delete(complete);
    assertThatThrownBy(() -> AssetVerifier.repair(rig.store, RecorderRig.ASSET, hour -> {}))
        .isInstanceOf(AssetInUseException.class);

    rig.record(LENGTH.minus(BEFORE));
    rig.end(GapCause.OPERATOR);
    assertThat(rig.isFinished()).isTrue();
    AssetReport report = rig.verify();
    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().get(0).what()).contains("missing");
    assertThat(report.runs()).hasSize(1);
    assertThat(report.runs().get(0).end()).isEqualTo(Fixtures.START.plus(LENGTH));
    assertThat(AssetVerifier.repair(rig.store, RecorderRig.ASSET, hour -> {}).problems()).isEmpty();
  }
}
