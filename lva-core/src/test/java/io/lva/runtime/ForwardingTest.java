package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.SampleConsumer;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between nodes passes every call on, also those with a default. */
class ForwardingTest {
  @ParameterizedTest
  @ValueSource(classes = {MediaFanOut.class, SelectedTracks.class})
  void methods_ofAConsumer_areAllPassedOn(Class<?> type) {
    for (Method method : SampleConsumer.class.getMethods()) {
      assertThat(Arrays.stream(type.getDeclaredMethods()).map(Method::getName))
          .contains(method.getName());
    }
  }
}
