package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.SessionHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final long SECOND = 1_000_000_000L;

  private final Deviations deviations = new Deviations();
  private final KeepAlive keepAlive = new KeepAlive(deviations);
  private final List<String> sent = new ArrayList<>();

  private void begin(int timeoutSeconds) {
    keepAlive.offered(RtspResponse.of(200, "OK").with("Public", "OPTIONS, GET_PARAMETER"));
    keepAlive.begin(Optional.of(new SessionHeader("1", OptionalInt.of(timeoutSeconds))), 0);
  }

  private void tick(int fromSecond, int toSecond) {
    for (int second = fromSecond; second <= toSecond; second++) {
      int now = second;
      keepAlive.due(now * SECOND).ifPresent(method -> sent.add(now + " " + method));
    }
  }

  @Test
  void due_firstMethodIgnored_sendsTheNextBeforeTheSessionExpires() {
    begin(60);
    tick(1, 36);
    assertThat(sent).containsExactly("30 GET_PARAMETER", "35 OPTIONS");
    keepAlive.answered("OPTIONS", RtspResponse.of(200, "OK"), 36 * SECOND);
    tick(37, 70);
    assertThat(sent).containsExactly("30 GET_PARAMETER", "35 OPTIONS", "66 OPTIONS");
    assertThat(deviations.seen())
        .extracting(SeenDeviation::deviation)
        .containsExactly(Deviation.KEEP_ALIVE_NOT_ANSWERED);
  }

  @Test
  void due_shortTimeoutAndFirstIgnored_isInTime() {
    begin(10);
    tick(1, 9);
    assertThat(sent).startsWith("5 GET_PARAMETER", "7 OPTIONS");
  }

  @Test
  void due_allMethodsIgnored_goesOnAtLeisure() {
    begin(60);
    tick(1, 100);
    assertThat(sent).startsWith("30 GET_PARAMETER", "35 OPTIONS", "65 GET_PARAMETER");
    assertThat(sent.size()).isLessThanOrEqualTo(5);
  }

  @Test
  void answered_allMethodsRefused_leavesTheReportsAlone() {
    begin(60);
    tick(1, 30);
    keepAlive.answered("GET_PARAMETER", RtspResponse.of(451, "No"), 30 * SECOND);
    tick(31, 31);
    keepAlive.answered("OPTIONS", RtspResponse.of(405, "No"), 31 * SECOND);
    tick(32, 200);
    assertThat(sent).containsExactly("30 GET_PARAMETER", "31 OPTIONS");
  }
}
