package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedRegistryTest {
  private final SharedRegistry registry = new SharedRegistry();
  private final List<String> closed = new ArrayList<>();

  private final class Below implements AutoCloseable {
    @Override
    public void close() {
      closed.add("below");
    }
  }

  private final class Above implements AutoCloseable {
    @Override
    public void close() throws IOException {
      closed.add("above");
      throw new IOException("cannot close");
    }
  }

  @Test
  void get_twice_sameResource() {
    Below below = registry.get(Below.class, Below::new);
    assertThat(registry.get(Below.class, Below::new)).isSameAs(below);
  }

  @Test
  void close_resourceOnResource_newestFirstAndFailuresDoNotStopIt() {
    registry.get(
        Above.class,
        () -> {
          registry.get(Below.class, Below::new);
          return new Above();
        });
    registry.close();
    registry.close();
    assertThat(closed).containsExactly("above", "below");
  }

  @Test
  void get_closed_refused() {
    registry.close();
    assertThatThrownBy(() -> registry.get(Below.class, Below::new))
        .isInstanceOf(IllegalStateException.class);
  }
}
