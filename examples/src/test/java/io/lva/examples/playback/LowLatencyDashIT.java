package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** dash.js plays the fragment that is being recorded. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class LowLatencyDashIT {
  private static final String PAGE =
      "<!doctype html><meta charset=utf-8><title>dash.js</title><body>"
          + "<video muted width=640></video><script src=/dash.js></script>";
  private static final String PLAY =
      """
      (() => {
        const player = dashjs.MediaPlayer().create();
        window.errors = [];
        window.loaded = [];
        player.on("error", (event) => errors.push(event.error?.message ?? String(event.error)));
        player.on("fragmentLoadingCompleted", ({ request }) => loaded.push(request.availabilityTimeComplete));
        player.initialize(document.querySelector("video"), "%s", true);
        window.archive = { player: { wallClock: () => 1000 * player.timeAsUTC() } };
      })()
      """;

  /** The manifest asks for 2.5 s; the machine may be busy. */
  private static final Duration BEHIND = Duration.ofMillis(3500);

  private static final Duration CLOCK_ERROR = Duration.ofMillis(300);

  @TempDir private Path folder;

  @Test
  void live_withLowLatency_isCloseBehindTheCamera() throws Exception {
    Path script =
        Judges.requireNodePackages("dashjs").resolve("dashjs/dist/legacy/umd/dash.all.min.js");
    try (StaticFiles files =
            new StaticFiles(Map.of("/", PAGE, "/dash.js", Files.readString(script)));
        PlayerPage page = new PlayerPage();
        PlayerRig rig = new PlayerRig(folder)) {
      String manifest =
          rig.url() + "camera/content.ism/manifest(format=mpd-time-cmaf,latency=low).mpd";
      rig.awaitPlayable(manifest);
      page.open(files.url("/"));
      page.browser().evaluate(PLAY.formatted(manifest));
      page.awaitPictures(25);
      page.awaitBehind(BEHIND);

      List<PlayerPage.View> views = page.watch(50);
      assertThat(views).extracting(PlayerPage.View::picture).isSorted();
      assertThat(views)
          .extracting(PlayerPage.View::error)
          .allMatch(error -> error.compareTo(CLOCK_ERROR) <= 0);
      page.await("loaded.includes(false)");
      assertThat(page.browser().evaluate("errors")).isEmpty();
    }
  }
}
