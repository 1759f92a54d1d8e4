package io.lva.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.LockLostException;
import io.lva.asset.store.ObjectAssetStore;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The store in memory keeps the contract, and its locks are leases. */
class MemoryStoreContractTest extends AssetStoreContract {
  private static final Duration LEASE = ObjectAssetStore.DEFAULT_LEASE;

  private final MemoryObjectStore objects = new MemoryObjectStore();

  /** A clock that stands until it is moved. */
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

  @Override
  protected AssetStore open() {
    return objects.elsewhere(Clock.system(), LEASE);
  }

  private static ByteSource source(String text) {
    return ByteSource.of(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void lock_holderIsFrozen_isTakenOverAfterALeaseWithoutRenewal() throws IOException {
    ManualClock clock = new ManualClock();
    ManualClock frozen = new ManualClock();
    MemoryObjectStore loserStore = objects.elsewhere(frozen, LEASE);
    MemoryObjectStore winnerStore = objects.elsewhere(clock, LEASE);
    AssetWriter loser = loserStore.lock("door", "door", "loser");
    assertThatThrownBy(() -> winnerStore.lock("door", "door", "winner"))
        .isInstanceOf(AssetInUseException.class)
        .hasMessageContaining("loser");
    clock.pass(LEASE.minusMillis(1));
    assertThatThrownBy(() -> winnerStore.lock("door", "door", "winner"))
        .isInstanceOf(AssetInUseException.class);
    clock.pass(Duration.ofMillis(1));
    try (AssetWriter winner = winnerStore.lock("door", "door", "winner")) {
      assertThat(winner.epoch()).isEqualTo(loser.epoch() + 1);
      frozen.pass(LEASE.plusSeconds(1));
      assertThat(loser.held()).isFalse();
      assertThatThrownBy(() -> loser.put("late", source("x")))
          .isInstanceOf(LockLostException.class);
      assertThat(winner.put("a", source("x"))).isTrue();
    }
    loser.close();
    loserStore.close();
    winnerStore.close();
  }

  @Test
  void lock_sameOwner_takesOverAtOnce() throws IOException {
    MemoryObjectStore before = objects.elsewhere(Clock.system(), LEASE);
    AssetWriter killed = before.lock("door", "door", "spool 1");
    before.close();
    try (MemoryObjectStore after = objects.elsewhere(Clock.system(), LEASE);
        AssetWriter writer = after.lock("door", "door", "spool 1")) {
      assertThat(writer.epoch()).isEqualTo(killed.epoch() + 1);
      assertThat(writer.held()).isTrue();
    }
  }

  /** What others left is put in order again until that is noted, however a lock was taken. */
  @Test
  void lock_takenButAnswerLost_isResumedOnlyAfterSettling() throws IOException {
    try (MemoryObjectStore store = objects.elsewhere(Clock.system(), LEASE)) {
      store.lock("door", "door", "somebody else").close();
      store.fault(
          call ->
              call.startsWith("replace")
                  ? MemoryObjectStore.Outcome.ANSWER_LOST
                  : MemoryObjectStore.Outcome.DONE);
      assertThatThrownBy(() -> store.lock("door", "door", "me")).isInstanceOf(IOException.class);
      store.fault(call -> MemoryObjectStore.Outcome.DONE);
      for (boolean resumed : new boolean[] {false, false, true, true}) {
        try (AssetWriter writer = store.lock("door", "door", "me")) {
          assertThat(writer.resumed()).isEqualTo(resumed);
          if (writer.epoch() > 3) {
            writer.settle();
          }
        }
      }
      try (AssetWriter other = store.lock("door", "door", "somebody else")) {
        assertThat(other.resumed()).isFalse();
      }
    }
  }

  @Test
  void writer_leaseExpiredAndNobodyCame_goesOn() throws IOException {
    ManualClock clock = new ManualClock();
    try (MemoryObjectStore store = objects.elsewhere(clock, LEASE);
        AssetWriter writer = store.lock("door", "door", "me")) {
      clock.pass(LEASE.plusSeconds(1));
      assertThat(writer.held()).isFalse();
      assertThat(writer.put("a", source("x"))).isTrue();
      assertThat(writer.held()).isTrue();
    }
  }

  @Test
  void renewal_answerLost_keepsTheLock() throws IOException {
    ManualClock clock = new ManualClock();
    try (MemoryObjectStore store = objects.elsewhere(clock, LEASE);
        AssetWriter writer = store.lock("door", "door", "me")) {
      store.fault(
          call ->
              call.startsWith("replace")
                  ? MemoryObjectStore.Outcome.ANSWER_LOST
                  : MemoryObjectStore.Outcome.DONE);
      clock.pass(LEASE.plusSeconds(1));
      assertThatThrownBy(() -> writer.put("a", source("x"))).isInstanceOf(IOException.class);
      store.fault(call -> MemoryObjectStore.Outcome.DONE);
      assertThat(writer.put("a", source("x"))).isTrue();
    }
  }
}
