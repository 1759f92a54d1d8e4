package io.lva.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlabPoolTest {
  @Test
  void acquire_atTheLimit_isEmpty() {
    SlabPool pool = new SlabPool(10, 25);
    Slab first = pool.acquire().orElseThrow();
    assertThat(pool.acquire()).isPresent();
    assertThat(pool.acquire()).isEmpty();
    assertThat(pool.usedBytes()).isEqualTo(20);
    assertThat(pool.maximumBytes()).isEqualTo(25);
    first.release();
    assertThat(pool.acquire().orElseThrow()).isSameAs(first);
  }

  @Test
  void recycle_afterABurst_keepsOnlyAReserve() {
    SlabPool pool = new SlabPool(10, 100_000);
    List<Slab> burst = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      burst.add(pool.acquire().orElseThrow());
    }
    burst.forEach(Slab::release);
    assertThat(pool.usedBytes()).isZero();
    int reused = 0;
    for (int i = 0; i < 1000; i++) {
      reused += burst.contains(pool.acquire().orElseThrow()) ? 1 : 0;
    }
    assertThat(reused).isEqualTo(64);
  }

  @Test
  void constructor_limitBelowOneBlock_isRefused() {
    assertThatThrownBy(() -> new SlabPool(10, 9)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlabPool(0, 9)).isInstanceOf(IllegalArgumentException.class);
    assertThat(SlabPool.ofBytes(1 << 20).maximumBytes()).isEqualTo(1 << 20);
  }

  @Test
  void release_tooOften_isAnError() {
    Slab slab = new SlabPool(10, 100).acquire().orElseThrow();
    slab.release();
    assertThatThrownBy(slab::release).isInstanceOf(IllegalStateException.class);
  }
}
