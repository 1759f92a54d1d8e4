package io.lva.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RtspSourceOptionsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void defaults_unchanged_areThoseOfAConnection() {
    RtspOptions connection = RtspOptions.of(RtspUrl.parse("rtsp://camera/"));
    RtspSourceOptions options = RtspSourceOptions.defaults();
    assertThat(options.connectTimeout()).isEqualTo(connection.connectTimeout());
    assertThat(options.mediaTimeout()).isEqualTo(connection.mediaTimeout());
    assertThat(options.minimumDelay()).isEqualTo(connection.minimumDelay());
    assertThat(options.maximumDelay()).isEqualTo(connection.maximumDelay());
  }

  @Test
  void with_eachValue_changesThatAlone() {
    RtspSourceOptions options =
        RtspSourceOptions.defaults()
            .withTimeouts(SECOND, SECOND.multipliedBy(2))
            .withReconnectDelay(SECOND.multipliedBy(3), SECOND.multipliedBy(4))
            .withMaximumAccessUnit(5);
    assertThat(options.connectTimeout()).isEqualTo(SECOND);
    assertThat(options.mediaTimeout()).isEqualTo(SECOND.multipliedBy(2));
    assertThat(options.minimumDelay()).isEqualTo(SECOND.multipliedBy(3));
    assertThat(options.maximumDelay()).isEqualTo(SECOND.multipliedBy(4));
    assertThat(options.maximumAccessUnitBytes()).isEqualTo(5);
  }

  @Test
  void with_valuesOutOfRange_refused() {
    RtspSourceOptions options = RtspSourceOptions.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withTimeouts(Duration.ZERO, SECOND));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withReconnectDelay(SECOND.multipliedBy(2), SECOND));
    assertThatIllegalArgumentException().isThrownBy(() -> options.withMaximumAccessUnit(0));
  }
}
