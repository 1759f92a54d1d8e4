package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.Firefox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in Firefox: live, an instant of the past, and live again. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class FirefoxIT {
  private static final Duration LATENCY = Duration.ofSeconds(4);

  @TempDir private Path folder;

  @Test
  void page_inFirefox_playsLiveAndWhatWasRecorded() throws IOException {
    try (Firefox firefox = Firefox.start(folder.resolve("profile"));
        PlayerRig rig = new PlayerRig(folder.resolve("store"))) {
      firefox.open(rig.url());
      firefox.await("document.getElementById('live').classList.contains('at-edge')");
      firefox.await("page.archive.player.wallClock() > Date.now() - " + LATENCY.toMillis());
      firefox.await(
          "page.archive.strip.ranges.length"
              + " && page.archive.player.wallClock() - page.archive.strip.ranges[0].start > 8000");

      Instant start = Instant.ofEpochMilli(number(firefox, "page.archive.strip.ranges[0].start"));
      Instant wanted = start.plusSeconds(2);
      firefox.evaluate("page.location.hash = '#camera@" + wanted + "'");
      firefox.await(
          "Math.abs(page.archive.player.wallClock() - " + wanted.toEpochMilli() + ") < 1500");
      long shown = number(firefox, "page.archive.player.wallClock()");
      firefox.await("page.archive.player.wallClock() > " + (shown + 1000));

      firefox.evaluate("document.getElementById('live').click()");
      firefox.await("page.archive.player.wallClock() > Date.now() - " + LATENCY.toMillis());
      assertThat(firefox.evaluate("document.getElementById('message').hidden").asBoolean())
          .isTrue();
    }
  }

  private static long number(Firefox firefox, String expression) {
    return firefox.evaluate("Math.round(" + expression + ")").asLong();
  }
}
