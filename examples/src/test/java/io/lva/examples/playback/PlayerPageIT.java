package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lva.examples.judge.ClockFrames;
import io.lva.examples.judge.LvaProcess;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of {@code lva demo} in a browser: each picture carries the time at which it was taken.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PlayerPageIT {
  /** A picture is read a moment after the player was asked. */
  private static final Duration CLOCK_ERROR = Duration.ofMillis(200);

  private static final Duration LATENCY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String STATES =
      "[...document.querySelectorAll('#assets small')].map((each) => each.textContent).join()";

  @TempDir private static Path folder;
  private static PlayerPage page;
  private static LvaProcess demo;
  private static String url;

  @BeforeAll
  static void start() {
    page = new PlayerPage();
    demo = LvaProcess.start(folder, "demo", "--port", "0");
    demo.awaitOutput("Ctrl-C", PATIENCE);
    url = demo.output().lines().filter(line -> line.startsWith("page")).findFirst().orElseThrow();
    url = url.substring(url.indexOf("http"));
  }

  @AfterEach
  void consoleIsQuiet() {
    assertThat(page.browser().messages()).isEmpty();
  }

  @AfterAll
  static void stop() {
    if (demo != null) {
      demo.close();
    }
    if (page != null) {
      page.close();
    }
  }

  @Test
  void open_whileTheCameraIsRecorded_showsItLiveAndTellsTheTime() {
    page.open(url);
    page.awaitLive();

    List<PlayerPage.View> views = page.watch(50);
    assertThat(views).hasSizeGreaterThan(40);
    assertThat(views).extracting(PlayerPage.View::error).allMatch(PlayerPageIT::isSmall);
    assertThat(views).extracting(PlayerPage.View::picture).isSorted();
    page.awaitBehind(LATENCY);
  }

  @Test
  void click_onTheStrip_showsThatInstant() {
    page.open(url);
    page.awaitLive();
    Instant wanted = recorded(Duration.ofSeconds(8));

    Instant clicked = Instant.now();
    page.clickOnStrip(wanted);
    awaitNear(wanted);

    List<PlayerPage.View> views = page.watch(25);
    assertThat(views).hasSizeGreaterThan(20);
    assertThat(views).extracting(PlayerPage.View::error).allMatch(PlayerPageIT::isSmall);
    assertThat(views.get(0).picture())
        .isAfter(wanted.minusSeconds(4))
        .isBefore(wanted.plusSeconds(4).plus(Duration.between(clicked, views.get(0).now())));
  }

  @Test
  void keys_pauseStepBackAndReturnToLive() {
    page.open(url);
    page.awaitLive();
    recorded(Duration.ofSeconds(12));

    page.browser().press(" ");
    page.await("document.querySelector('video').paused");
    Instant paused = page.wallClock();
    page.browser().press("ArrowLeft");
    awaitNear(paused.minusSeconds(10));
    page.awaitPictures(5);
    page.browser().press("l");
    page.awaitLive();
    assertThat(page.wallClock()).isAfter(paused);
  }

  @Test
  void liveButton_behindTheEdge_returnsToTheNewestPicture() {
    page.open(url);
    page.awaitLive();
    page.clickOnStrip(recorded(Duration.ofSeconds(10)));
    page.await("!document.getElementById('live').classList.contains('at-edge')");

    page.browser().click("#live");

    page.awaitLive();
    page.awaitBehind(LATENCY);
  }

  @Test
  void server_givesNoAnswer_nothingReadsLiveUntilItDoes() {
    page.open(url);
    page.awaitLive();
    page.browser()
        .evaluate(
            "window.answering = window.fetch;"
                + " window.fetch = () => Promise.reject(new TypeError('no answer')); null");

    page.await(STATES + " === 'unknown'");
    page.await("!document.getElementById('live').classList.contains('at-edge')");
    assertThat(page.browser().evaluate("document.getElementById('badge').hidden").asBoolean())
        .isTrue();
    assertThat(
            page.browser()
                .evaluate(
                    "getComputedStyle(document.querySelector('#assets .state')).backgroundColor")
                .asText())
        .isEqualTo("rgba(0, 0, 0, 0)");

    page.browser().evaluate("window.fetch = window.answering; null");
    page.await(STATES + " === 'live'");
    page.awaitLive();
  }

  @Test
  void export_ofTheMarkedRange_downloadsItAsOneFile() {
    page.open(url);
    page.awaitLive();
    page.clickOnStrip(recorded(Duration.ofSeconds(10)));
    page.await("!document.getElementById('live').classList.contains('at-edge')");
    page.awaitPictures(5);
    Instant start = page.clickAndTellTime("#mark-in");
    page.awaitPictures(50);
    Instant end = page.clickAndTellTime("#mark-out");

    Path file = folder.resolve("export.mp4");
    page.browser().download("#export", file);

    Judges.require("ffmpeg");
    Judges.decodes(file.toString());
    ClockFrames frames = ClockFrames.of(folder, file);
    assertThat(frames.first()).isCloseTo(start, within(CLOCK_ERROR.plusMillis(100)));
    assertThat(frames.last()).isCloseTo(end, within(CLOCK_ERROR.plusMillis(100)));
  }

  @Test
  void outage_isAGapWithItsCause_andPlayGoesOnBehindIt() throws IOException {
    try (PlayerRig rig = new PlayerRig(folder.resolve("outage"))) {
      page.open(rig.url());
      page.awaitLive();
      page.awaitPictures(75);
      Instant away = Instant.now();
      rig.camera().outage(Duration.ofSeconds(11));

      page.await("archive.player.wallClock() > " + away.plusSeconds(11).toEpochMilli());
      page.awaitLive();
      assertThat(page.watch(25)).extracting(PlayerPage.View::error).allMatch(PlayerPageIT::isSmall);
      page.await("archive.strip.gaps.some((gap) => !gap.open)");
      assertThat(page.hoverOnStrip(away.plusSeconds(6)))
          .contains("missing")
          .contains("camera unreachable");

      page.clickOnStrip(away.minusSeconds(1));
      awaitNear(away.minusSeconds(1));
      page.await("archive.player.wallClock() > " + away.plusSeconds(11).toEpochMilli());
      assertThat(page.watch(25)).extracting(PlayerPage.View::error).allMatch(PlayerPageIT::isSmall);
      consoleIsQuiet();
      page.leave();
    }
  }

  /** Waits until so much lies behind the picture; returns when that began. */
  private static Instant recorded(Duration length) {
    page.await(
        "archive.strip.ranges.length && archive.player.wallClock() - archive.strip.ranges[0].start"
            + " > "
            + length.toMillis());
    return page.wallClock().minus(length).plusMillis(500);
  }

  private static void awaitNear(Instant time) {
    page.await("Math.abs(archive.player.wallClock() - " + time.toEpochMilli() + ") < 3000");
  }

  private static boolean isSmall(Duration error) {
    return error.compareTo(CLOCK_ERROR) <= 0;
  }
}
