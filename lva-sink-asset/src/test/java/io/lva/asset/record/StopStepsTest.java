package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetGap;
import io.lva.asset.AssetReader;
import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.index.TimeRange;
import io.lva.media.GapCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What readers see between any two calls that a recorder makes to the disk while it stops: where
 * the end of the media is noted and there is media up to it, the last fragment is there.
 */
class StopStepsTest {
  private static final Instant END = Fixtures.START.plusMillis(36_840);

  private final MemoryFiles files = new MemoryFiles();
  private final RecorderRig rig =
      new RecorderRig(Path.of("/store"), files, RecorderOptions.defaults(), 1 << 20);

  /** Media up to somewhere, and the end as the index has it. */
  private record Seen(Instant reached, int fragments, Optional<Instant> end) {
    boolean isComplete() {
      return end.isPresent() && !end.get().isAfter(reached);
    }
  }

  private static Seen look(AssetReader reader) throws IOException {
    TimeRange span = reader.span().orElseThrow();
    List<AssetGap> gaps = reader.gaps(span.end(), END.plusSeconds(60));
    Optional<Instant> end =
        gaps.stream()
            .filter(gap -> gap.gap().end().isEmpty())
            .map(gap -> gap.gap().start())
            .findFirst();
    return new Seen(span.end(), reader.fragments(span.start(), END.plusSeconds(60), 1).size(), end);
  }

  private List<Seen> stop(AssetReader reader) {
    List<Seen> seen = new ArrayList<>();
    AtomicBoolean looks = new AtomicBoolean();
    files.fault(
        call -> {
          if (looks.compareAndSet(false, true)) {
            seen.add(lookLater(reader));
            looks.set(false);
          }
          return MemoryFiles.Outcome.ALL;
        });
    rig.end(GapCause.OPERATOR);
    seen.add(lookLater(reader));
    return seen;
  }

  private Seen lookLater(AssetReader reader) {
    rig.clock.advance(Duration.ofMillis(250));
    try {
      return look(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AssetReader record(boolean inThisProcess) {
    rig.camera.tracks();
    rig.record(Duration.between(Fixtures.START, END));
    if (!inThisProcess) {
      RecordingSession session = rig.sessions.get(0);
      rig.live
          .findByFolder(rig.store.root().toUri(), rig.view().folder())
          .ifPresent(live -> rig.live.remove(rig.store.root().toUri(), live));
      assertThat(session.finished()).isNotDone();
    }
    return AssetReader.openFolder(
        rig.store, rig.view().folder(), rig.live, Optional.empty(), rig.clock);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void reader_atEachStep_hasTheLastFragmentWhenTheEndIsReached(boolean inThisProcess)
      throws IOException {
    try (AssetReader reader = record(inThisProcess)) {
      Seen before = look(reader);
      List<Seen> seen = stop(reader);

      Seen last = seen.get(seen.size() - 1);
      assertThat(rig.isFinished()).isTrue();
      assertThat(last).isEqualTo(new Seen(END, before.fragments() + 1, Optional.of(END)));
      assertThat(seen).hasSizeGreaterThan(8).first().isEqualTo(before);
      assertThat(seen).allMatch(now -> !now.isComplete() || now.equals(last));
    }
  }
}
