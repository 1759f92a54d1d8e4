package io.lva.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingSampleConsumerTest {
  private final List<String> calls = new ArrayList<>();
  private final InvocationHandler record =
      (proxy, method, arguments) -> {
        calls.add(method.getName());
        return method.getReturnType() == boolean.class ? false : null;
      };
  private final SampleConsumer target =
      (SampleConsumer)
          Proxy.newProxyInstance(
              getClass().getClassLoader(), new Class<?>[] {SampleConsumer.class}, record);

  @Test
  void calls_nothingOverridden_allArePassedOn() {
    SampleConsumer forwarding = new ForwardingSampleConsumer(target) {};
    Gap gap = Gap.open("g", Instant.EPOCH, GapOrigin.SOURCE, GapCause.PACKET_LOSS);
    forwarding.tracks(TrackSet.of());
    forwarding.utcSource(UtcSource.ARRIVAL, 1);
    forwarding.gapOpened(gap);
    forwarding.gapClosed(gap);
    forwarding.end(GapCause.OPERATOR);
    assertThat(forwarding.hasRoom()).isFalse();
    assertThat(calls)
        .containsExactly("tracks", "utcSource", "gapOpened", "gapClosed", "end", "hasRoom");
  }

  /** A method with a default in the interface would silently not be passed on. */
  @Test
  void methods_ofAConsumer_areAllImplemented() {
    List<String> implemented = new ArrayList<>();
    for (Method method : ForwardingSampleConsumer.class.getDeclaredMethods()) {
      implemented.add(method.getName());
    }
    for (Method method : SampleConsumer.class.getMethods()) {
      assertThat(implemented).contains(method.getName());
    }
  }
}
