package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.playback.MediaMemory.Reservation;
import io.lva.playback.address.PlaybackException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaMemoryTest {
  private static final int MOST_WAITING = 3;

  private final ManualTimer timer = new ManualTimer();
  private final MediaMemory memory = new MediaMemory(10, MOST_WAITING, timer, Runnable::run);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private CompletableFuture<Reservation> take(int bytes) {
    return memory.take(bytes).toCompletableFuture();
  }

  private static void assertRefused(CompletableFuture<Reservation> reservation) {
    assertThatThrownBy(reservation::join)
        .hasRootCauseInstanceOf(PlaybackException.class)
        .rootCause()
        .satisfies(e -> assertThat(((PlaybackException) e).status()).isEqualTo(503));
  }

  @Test
  void take_memoryIsFree_isAnsweredAtOnce() {
    assertThat(take(4)).isCompleted();
    assertThat(take(6)).isCompleted();
    assertThat(timer.scheduled()).isZero();
  }

  @Test
  void take_memoryIsTaken_isAnsweredInOrderWhenItIsGivenBack() {
    Reservation first = take(6).join();
    Reservation second = take(4).join();
    CompletableFuture<Reservation> large = take(8);
    CompletableFuture<Reservation> small = take(2);
    second.close();
    assertThat(large).isNotDone();
    assertThat(small).isNotDone(); // or the large one would never have its turn
    first.close();
    assertThat(large).isCompleted();
    assertThat(small).isCompleted();
    assertThat(timer.scheduled()).isZero();
  }

  @Test
  void take_nothing_neverWaits() {
    take(10).join();
    CompletableFuture<Reservation> waiting = take(1);
    assertThat(take(0)).isCompleted();
    assertThat(waiting).isNotDone();
  }

  @Test
  void take_moreThanThereIs_getsAllOfIt() {
    CompletableFuture<Reservation> all = take(1000);
    assertThat(all).isCompleted();
    CompletableFuture<Reservation> next = take(1);
    assertThat(next).isNotDone();
    all.join().close();
    assertThat(next).isCompleted();
  }

  @Test
  void takeSpare_halfRemainsFree_isAllOfIt() {
    Reservation spare = memory.takeSpare(5);
    assertThat(spare.bytes()).isEqualTo(5);
    assertThat(take(6)).isNotDone();
    spare.close();
    assertThat(memory.takeSpare(0).bytes()).isZero();
  }

  @Test
  void takeSpare_lessThanHalfWouldRemainFree_isNothingAndTakesNothing() {
    Reservation needed = take(1).join();
    memory.takeSpare(5).close();
    assertThat(take(9)).isCompleted();
    needed.close();
  }

  @Test
  void takeSpare_anotherWaits_isNothing() {
    Reservation first = take(2).join();
    CompletableFuture<Reservation> waiting = take(9);
    assertThat(memory.takeSpare(1).bytes()).isZero();
    first.close();
    assertThat(waiting).isCompleted();
  }

  @Test
  void close_twice_givesBackOnce() {
    Reservation first = take(10).join();
    first.close();
    first.close();
    assertThat(take(10)).isCompleted();
    assertThat(take(1)).isNotDone();
  }

  @Test
  void take_waitsTooLong_isRefusedAndLetsTheNextOnePass() {
    take(8).join();
    CompletableFuture<Reservation> large = take(5);
    CompletableFuture<Reservation> small = take(2);
    timer.expireShortest();
    assertRefused(large);
    assertThat(small).isCompleted();
    assertThat(timer.scheduled()).isZero();
  }

  @Test
  void take_tooManyWait_isRefused() {
    Reservation all = take(10).join();
    CompletableFuture<Reservation> last = take(1);
    for (int i = 1; i < MOST_WAITING; i++) {
      last = take(1);
    }
    assertRefused(take(1));
    all.close();
    assertThat(last).isCompleted();
  }

  @Test
  void take_timerHasStopped_isRefused() {
    take(10).join();
    timer.shutdownNow();
    assertRefused(take(1));
  }
}
