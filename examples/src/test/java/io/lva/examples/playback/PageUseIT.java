package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.lva.asset.Assets;
import io.lva.asset.store.AssetStore;
import io.lva.examples.judge.Browser;
import io.lva.examples.judge.FlatClip;
import io.lva.examples.judge.MadeAsset;
import io.lva.playback.Playback;
import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people do with the page: without a mouse, on a phone, in an old browser, over gaps. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PageUseIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant EARLY = Instant.parse("2026-10-11T09:00:00Z");
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant AFTER_GAP = START.plusSeconds(66);

  /** In Berlin on 25 October, which has 25 hours, over its end to the 26th, and on 1 November. */
  private static final List<Instant> ACROSS_A_CLOCK_CHANGE =
      Stream.of("2026-10-24T22:30:00Z", "2026-10-25T22:59:55Z", "2026-10-31T23:30:00Z")
          .map(Instant::parse)
          .toList();

  private static final String WITHOUT_MEDIA_SOURCE =
      "delete window.MediaSource; delete window.ManagedMediaSource;";
  private static final String WITHOUT_HLS = "HTMLMediaElement.prototype.canPlayType = () => '';";
  private static final String MESSAGE = "document.getElementById('message').textContent";
  private static final String DATE_PROBLEM = "document.getElementById('date-problem').textContent";
  private static final String RANGE_TEXT = "document.getElementById('range').textContent";

  @TempDir private static Path folder;
  private static Browser browser;
  private static Path store;
  private static Playback playback;
  private static HttpPlaybackServer server;
  private static FlatClip clip;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    store = Files.createDirectories(folder.resolve("store"));
    clip = FlatClip.encode(folder, "320x180", 25, 12);
    FlatClip slow = FlatClip.encode(folder, "320x180", 5, 12);
    new MadeAsset(store, "door", EARLY).run(EARLY, clip).close();
    new MadeAsset(store, "door", START).run(START, clip).run(AFTER_GAP, clip).close();
    for (Instant start : ACROSS_A_CLOCK_CHANGE) {
      new MadeAsset(store, "berlin", start).run(start, clip).close();
    }
    new MadeAsset(store, "slow", START).run(START, slow).close();
    playback = Playback.open(store.toUri());
    server = HttpPlaybackServer.start(playback, HttpOptions.loopback(0));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
      playback.close();
    }
  }

  private static String url(String fragment) {
    return "http://127.0.0.1:" + server.address().getPort() + "/" + fragment;
  }

  private static void await(String expression) {
    browser.await(expression, PATIENCE);
  }

  private static String text(String expression) {
    return browser.evaluate(expression).asText();
  }

  private static void openPaused(String fragment) {
    browser.open(url(fragment));
    await("archive.player.wallClock() !== null && document.querySelector('video').readyState > 2");
    browser.press(" ");
    await("document.querySelector('video').paused");
  }

  private static String near(Instant time) {
    return "Math.abs(archive.player.wallClock() - " + time.toEpochMilli() + ") < 2000";
  }

  @Test
  void open_browserWithoutMediaSourceAndHls_saysSoInsteadOfWaiting() {
    browser.openAfter(WITHOUT_MEDIA_SOURCE + WITHOUT_HLS, url(""));
    await("!document.getElementById('message').hidden");
    assertThat(text(MESSAGE)).contains("cannot play").contains("Firefox");
    assertThat(browser.evaluate("document.getElementById('waiting').hidden").asBoolean()).isTrue();
  }

  @Test
  void open_browserWithHlsOfItsOwn_playsByIt() {
    browser.openAfter(WITHOUT_MEDIA_SOURCE, url("#door@" + START));
    if (text("document.querySelector('video').canPlayType('application/vnd.apple.mpegurl')")
        .isEmpty()) {
      await("!document.getElementById('message').hidden"); // an older Chromium
    } else {
      await("document.querySelector('video').currentTime > 1");
      assertThat(browser.evaluate("document.getElementById('message').hidden").asBoolean())
          .isTrue();
    }
  }

  @Test
  void asset_deletedWhileItIsShown_saysSoAndOffersNothing() throws IOException {
    new MadeAsset(store, "shed", START).run(START, clip).close();
    browser.open(url("#shed"));
    await("document.querySelector('video').readyState > 2");
    try (AssetStore opened = AssetStore.open(store.toUri())) {
      Assets.delete(opened, "shed");
    }
    await(MESSAGE + " === 'shed was deleted.'");
    for (String id : List.of("play", "back", "forward", "snapshot", "mark-in", "live")) {
      assertThat(browser.evaluate("document.getElementById('" + id + "').disabled").asBoolean())
          .as(id)
          .isTrue();
    }
    browser.evaluate("[...document.querySelectorAll('#assets button')][0].click()");
    await("document.getElementById('message').hidden");
  }

  @Test
  void pictureKey_cameraOfFivePicturesPerSecond_movesByOnePicture() {
    browser.open(url("#slow@" + START));
    await("archive.player.wallClock() > " + START.plusMillis(1500).toEpochMilli());
    browser.press(" ");
    await("document.querySelector('video').paused");
    double before = browser.evaluate("document.querySelector('video').currentTime").asDouble();
    for (int i = 0; i < 3; i++) {
      browser.press(".");
    }
    double after = browser.evaluate("document.querySelector('video').currentTime").asDouble();
    assertThat(after - before).isCloseTo(0.6, within(0.02));
  }

  @Test
  void range_typedWithItsEndFirst_saysSoAndKeepsBoth() {
    openPaused("#door@" + START);
    setRange("10:00:08", "10:00:04");
    await(RANGE_TEXT + " === 'The end must be after the start'");
    assertThat(text("document.getElementById('range-start').value")).isEqualTo("10:00:08");
    assertThat(text("document.getElementById('export').ariaDisabled")).isEqualTo("true");
    setRange("10:00:02", "10:00:04");
    await(RANGE_TEXT + " === '2.0 s'");
    assertThat(text("document.getElementById('export').ariaDisabled")).isEqualTo("false");
  }

  @Test
  void range_typedWithATimeThatIsNone_saysWhatIsExpectedUntilItIsMended() {
    openPaused("#door@" + START);
    setRange("10:00:02", "10:61");
    await(RANGE_TEXT + " === 'No such time: type one as hh:mm:ss'");
    assertThat(text("document.getElementById('range-end').ariaInvalid")).isEqualTo("true");
    assertThat(text("document.getElementById('range-end').value")).isEqualTo("10:61");
    assertThat(text("document.getElementById('range-start').ariaInvalid")).isEqualTo("false");
    assertThat(text("document.getElementById('export').ariaDisabled")).isEqualTo("true");
    setRange("10:00:03", "10:00:05");
    await(RANGE_TEXT + " === '2.0 s'");
    assertThat(text("document.getElementById('range-end').ariaInvalid")).isEqualTo("false");
    setRange("noon", "10:00:05");
    await("document.getElementById('range-start').ariaInvalid === 'true'");
    browser.press("Escape");
    assertThat(text("document.getElementById('range-start').ariaInvalid")).isEqualTo("false");
    assertThat(text("document.getElementById('range-start').value")).isEmpty();
    setRange("", "10:00:05");
    await(RANGE_TEXT + " === 'Until 10:00:05'");
  }

  private static void setRange(String start, String end) {
    for (String[] field : new String[][] {{"range-start", start}, {"range-end", end}}) {
      browser.evaluate(
          "(() => { const field = document.getElementById('%s'); field.value = '%s';"
                  .formatted(field[0], field[1])
              + " field.dispatchEvent(new Event('change')); })()");
    }
  }

  @Test
  void range_overAGap_saysHowMuchOfItIsRecorded() {
    openPaused("#door@" + START);
    setRange("10:00:02", "10:01:10");
    await(RANGE_TEXT + " === '14 s of 1 min 8 s recorded, 54 s missing in 1 gap'");
    setRange("10:00:20", "10:00:50");
    await(RANGE_TEXT + " === 'Nothing is recorded in this range'");
  }

  @Test
  void range_draggedOnTheStrip_isMarked() {
    openPaused("#door@" + START);
    await("archive.strip.ranges.length === 2");
    JsonNode strip =
        browser.evaluate(
            "(() => { const box = document.getElementById('strip').getBoundingClientRect(); return"
                + " [box.x + archive.strip.xOf("
                + START.plusSeconds(1).toEpochMilli()
                + "), box.x + archive.strip.xOf("
                + START.plusSeconds(9).toEpochMilli()
                + "), box.y + 30]; })()");
    browser.drag(strip.get(0).asDouble(), strip.get(1).asDouble(), strip.get(2).asDouble());
    await("document.getElementById('export').ariaDisabled === 'false'");
    assertThat(text("document.getElementById('range-start').value")).startsWith("10:00:0");
  }

  @Test
  void strip_withKeysAndWithoutSight_isASliderThatTellsTheTime() {
    openPaused("#door@" + START);
    await("archive.strip.ranges.length === 2");
    browser.evaluate("document.getElementById('strip').focus()");
    browser.press("End");
    await(near(AFTER_GAP.plusSeconds(9)));
    browser.press("Home");
    await(near(START));
    await("document.getElementById('strip').ariaValueText === '10:00:03'");
    assertThat(text("document.getElementById('clock').ariaLive")).isEqualTo("off");
    assertThat(text("document.getElementById('play').ariaLabel")).isEqualTo("Pause");
    browser.press(" ");
    await("document.getElementById('play').ariaLabel === 'Play'");
  }

  @Test
  void page_inBothThemesAndOnAPhone_isAccessible() {
    Judges.requireNodePackages("axe-core");
    List<Runnable> openings =
        List.of(
            () -> browser.open(url("#door")),
            () -> browser.openInTheDark(url("#door")),
            () -> browser.openOnPhone(url("#door"), 390, 844));
    for (Runnable opening : openings) {
      opening.run();
      await("archive.strip.ranges.length > 0 && !document.getElementById('gaps').hidden");
      browser.evaluate("document.getElementById('gaps').click()");
      browser.evaluate("document.getElementById('calendar-open').click()");
      await("document.querySelector('#days .has-media')");
      assertThat(browser.accessibilityFaults()).isEmpty();
    }
  }

  @Test
  void date_typedDigitByDigit_showsThatDayAndAsksForNoOther() {
    browser.open(url("#door"));
    await("archive.strip.ranges.length === 2");
    browser.evaluate("document.getElementById('date').select()");
    browser.type("#date", "2026-10-11");
    browser.press("Enter");
    await("archive.strip.ranges.length === 1");
    for (String wrong : List.of("2026-13-40", "2026-02-30", "tomorrow")) {
      browser.evaluate("document.getElementById('date').select()");
      browser.type("#date", wrong);
      browser.press("Enter");
      await("document.getElementById('date').ariaInvalid === 'true'");
      assertThat(text(DATE_PROBLEM)).contains("yyyy-mm-dd");
      assertThat(text("document.getElementById('date').value")).isEqualTo(wrong);
    }
    assertThat(browser.evaluate("archive.strip.ranges.length").asInt()).isEqualTo(1);
    browser.evaluate("document.getElementById('date').select()");
    browser.type("#date", "2026-11-20");
    browser.press("Enter");
    await("archive.strip.ranges.length === 2");
    assertThat(text("document.getElementById('date').ariaInvalid")).isEqualTo("false");
    assertThat(text(DATE_PROBLEM)).isEmpty();
    assertThat(browser.messages()).isEmpty();
  }

  @Test
  void days_withoutRecordings_areSkippedAndUnmarked() {
    browser.open(url("#door"));
    await("document.getElementById('date').value === '2026-11-20'");
    browser.evaluate("document.getElementById('previous-day').click()");
    await("document.getElementById('date').value === '2026-10-11'");
    browser.evaluate("document.getElementById('next-day').click()");
    await("document.getElementById('date').value === '2026-11-20'");
    browser.press("d");
    await("document.querySelectorAll('#days .has-media').length === 1");
    assertThat(text("document.querySelector('#days .has-media').textContent")).isEqualTo("20");
    browser.evaluate("document.getElementById('previous-month').click()");
    await("document.querySelector('#days .has-media')?.textContent === '11'");
    browser.evaluate("document.querySelector('#days .has-media').click()");
    await("document.getElementById('date').value === '2026-10-11'");
    assertThat(browser.evaluate("document.getElementById('calendar').hidden").asBoolean()).isTrue();
  }

  @Test
  void days_localAcrossTheEndOfSummerTime_areThoseOfTheClockOnTheWall() {
    browser.openIn(ZoneId.of("Europe/Berlin"), url("#berlin@" + ACROSS_A_CLOCK_CHANGE.get(0)));
    await("document.getElementById('date').value === '2026-10-25'");
    browser.press("d");
    await("document.querySelectorAll('#days .has-media').length > 0");
    assertThat(recordedDays()).isEqualTo("25 26");
    for (String next : List.of("2026-10-26", "2026-11-01")) {
      browser.press("PageDown");
      await("document.getElementById('date').value === '%s'".formatted(next));
    }
    browser.press("PageUp");
    await("document.getElementById('date').value === '2026-10-26'");
    browser.press("u");
    await("document.querySelectorAll('#days .has-media').length === 3");
    assertThat(recordedDays()).isEqualTo("24 25 31");
  }

  private static String recordedDays() {
    return text(
        "[...document.querySelectorAll('#days .has-media')].map(day => day.textContent).join(' ')");
  }

  @Test
  void address_withAssetAndTime_leadsThereAndFollowsThePicture() {
    Instant wanted = AFTER_GAP.plusSeconds(5);
    openPaused("#door@" + wanted);
    await("Math.abs(archive.player.wallClock() - " + wanted.toEpochMilli() + ") < 6000");
    await("location.hash.startsWith('#door@2026-11-20T10:01:1')");
    browser.evaluate("location.hash = '#door@" + EARLY.plusSeconds(3) + "'");
    await(near(EARLY.plusSeconds(4)));
    await("document.getElementById('date').value === '2026-10-11'");
    browser.evaluate("location.hash = '#slow'");
    await("document.title.startsWith('slow')");
  }

  @Test
  void address_ofAnAssetThatDoesNotExist_saysSoAndOpensNoOther() {
    browser.open(url("#nowhere"));
    await(MESSAGE + ".includes('no asset of the name “nowhere”')");
    assertThat(text("document.title")).isEqualTo("Recordings");
    browser.evaluate("location.hash = '#door'");
    await("document.title.startsWith('door') && archive.player.wallClock() !== null");
    browser.evaluate("location.hash = '#d%or'");
    await(MESSAGE + ".includes('“d%or”')");
    await("archive.player.wallClock() === null && document.getElementById('play').disabled");
    assertThat(browser.evaluate("document.querySelector('#assets [aria-current=\"true\"]')"))
        .isEqualTo(NullNode.instance);
    browser.evaluate("[...document.querySelectorAll('#assets button')][0].click()");
    await("document.getElementById('message').hidden && archive.player.wallClock() !== null");
    assertThat(browser.messages()).isEmpty();
  }

  @Test
  void address_withATimeThatIsNone_saysHowATimeIsWritten() {
    browser.open(url("#door@yesterday"));
    await(MESSAGE + ".includes('“yesterday” in the address is no time')");
    browser.evaluate("location.hash = '#door@" + EARLY.plusSeconds(3) + "'");
    await(near(EARLY.plusSeconds(4)));
    browser.evaluate("location.hash = '#door@tuesday 5'");
    await(MESSAGE + ".includes('2026-11-20T10:15:30Z')");
    assertThat(browser.evaluate("archive.player.wallClock()")).isEqualTo(NullNode.instance);
  }

  @Test
  void address_whoseTimeIsTakenAway_leadsToTheNewestPictures() {
    openPaused("#door@" + EARLY.plusSeconds(3));
    await("document.getElementById('date').value === '2026-10-11'");
    browser.evaluate("location.hash = '#door'");
    await("document.getElementById('date').value === '2026-11-20'");
    await("archive.player.wallClock() >= " + AFTER_GAP.toEpochMilli());
  }

  @Test
  void phone_upright_fitsAndHasTargetsForFingers() {
    browser.openOnPhone(url("#door"), 390, 844);
    await("archive.strip.ranges.length === 2");
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
    String small =
        "[...document.querySelectorAll('button, select, input, a.button')]"
            + ".filter((each) => each.offsetParent && each.id !== 'gaps')"
            + ".filter((each) => each.getBoundingClientRect().height < 43.5)"
            + ".map((each) => each.id)";
    assertThat(browser.evaluate(small)).isEmpty();
    assertThat(browser.evaluate("document.getElementById('overview').clientHeight").asInt())
        .isGreaterThanOrEqualTo(24);
  }

  @Test
  void window_ofAnyWidth_hasButtonsOfOneLineAndNothingBesideIt() {
    browser.openOnPhone(url("#door"), 390, 844);
    await("archive.strip.ranges.length === 2");
    setRange("10:00:02", "10:01:10");
    await(RANGE_TEXT + ".includes('missing')");
    for (int width : List.of(360, 390, 500, 640, 700, 844, 960, 980, 1100, 1280)) {
      for (int height : List.of(390, 844)) {
        browser.resize(width, height);
        assertThat(browser.evaluate(faultsOfLayout())).as(width + " by " + height).isEmpty();
      }
    }
  }

  /** What lies beside the window, buttons whose text has two lines, and a picture that is small. */
  private static String faultsOfLayout() {
    return "[...document.querySelectorAll('#controls button, #day button, #day .button')]"
        + ".filter((each) => each.offsetParent && each.offsetHeight > 45).map((each) => each.id)"
        + ".concat(document.documentElement.scrollWidth > innerWidth ? ['scrolls'] : [])"
        + ".concat(document.getElementById('stage').clientWidth < innerWidth / 2 ? ['stage'] : [])";
  }

  @Test
  void phone_calendar_opensInSightWithTheFocusAndClosesByEscape() {
    String place = "document.getElementById('calendar').getBoundingClientRect()";
    browser.openOnPhone(url("#door"), 390, 844);
    await("archive.strip.ranges.length === 2");
    for (int[] size : new int[][] {{390, 844}, {844, 390}}) {
      browser.resize(size[0], size[1]);
      browser.evaluate("document.getElementById('calendar-open').click()");
      await("document.querySelector('#days .has-media')");
      assertThat(browser.evaluate("scrollY").asInt()).isZero();
      assertThat(browser.evaluate(place + ".top").asDouble()).isNotNegative();
      assertThat(browser.evaluate(place + ".bottom").asDouble()).isLessThanOrEqualTo(size[1]);
      assertThat(text("document.activeElement.ariaLabel")).isEqualTo("20 November 2026, recorded");
      browser.press("Escape");
      assertThat(browser.evaluate("document.getElementById('calendar').hidden").asBoolean())
          .isTrue();
      assertThat(text("document.activeElement.id")).isEqualTo("calendar-open");
    }
  }

  @Test
  void phone_fingersOnTheStrip_panAndZoom() {
    browser.openOnPhone(url("#door"), 390, 844);
    await("archive.strip.ranges.length === 2");
    browser.evaluate("document.querySelector('#zoom [data-minutes=\"60\"]').click()");
    browser.evaluate("document.getElementById('strip').scrollIntoView()");
    double y =
        browser.evaluate("document.getElementById('strip').getBoundingClientRect().y").asDouble()
            + 30;
    String place = "archive.strip.xOf(" + START.toEpochMilli() + ")";
    double before = browser.evaluate(place).asDouble();
    browser.touch(List.of(at(y, 200), at(y, 190), at(y, 170), at(y, 150)));
    assertThat(browser.evaluate(place).asDouble()).isCloseTo(before - 50, within(15.0));

    double length = browser.evaluate("archive.strip.viewLength").asDouble();
    browser.touch(List.of(at(y, 150, 200), at(y, 130, 220), at(y, 100, 250)));
    assertThat(browser.evaluate("archive.strip.viewLength").asDouble()).isLessThan(length / 2);
  }

  private static List<List<Double>> at(double y, double... xs) {
    return Arrays.stream(xs).mapToObj(x -> List.of(x, y)).toList();
  }

  @Test
  void phone_onItsSideAndInFullScreen_hasControlsAndClockInSight() {
    browser.openOnPhone(url("#door"), 844, 390);
    await("archive.player.wallClock() !== null");
    assertThat(browser.evaluate(outOfSight())).isEmpty();
    assertThat(browser.evaluate("document.getElementById('stage').clientWidth").asInt())
        .isGreaterThan(800);
    browser.evaluate("document.getElementById('fullscreen').click()");
    await("document.fullscreenElement !== null");
    await("document.getElementById('stage').clientHeight === innerHeight");
    assertThat(browser.evaluate(outOfSight())).isEmpty();
    assertThat(text("getComputedStyle(document.getElementById('controls')).opacity"))
        .isEqualTo("1");
    browser.evaluate("document.exitFullscreen()");
  }

  @Test
  void fullScreen_lightTheme_controlsStandOutFromTheBarOverAnyPicture() {
    browser.open(url("#door"));
    await("archive.player.wallClock() !== null");
    browser.evaluate("document.getElementById('fullscreen').click()");
    await("document.fullscreenElement !== null");
    for (String id : List.of("time", "date-text", "back", "speed", "snapshot")) {
      assertThat(browser.evaluate(contrastOverWhite(id)).asDouble()).as(id).isGreaterThan(4.5);
    }
    assertThat(browser.evaluate(contrastOverWhite("controls")).asDouble()).isGreaterThan(4.5);
    browser.evaluate("document.exitFullscreen()");
  }

  /** The contrast of a text as WCAG defines it, were the picture behind the controls white. */
  private static String contrastOverWhite(String id) {
    return "(() => {"
        + "const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);"
        + "const over = (below, [r, g, b, a = 1]) =>"
        + "  [r, g, b].map((each, i) => each * a + below[i] * (1 - a));"
        + "const light = (colour) => colour.map((each) => each / 255)"
        + "  .map((each) => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)"
        + "  .reduce((sum, each, i) => sum + each * [0.2126, 0.7152, 0.0722][i], 0.05);"
        + "const element = document.getElementById('%s');".formatted(id)
        + "let behind = [255, 255, 255];"
        + "const bar = document.getElementById('controls');"
        + "for (const each of new Set([bar, element]))"
        + "  behind = over(behind, parts(getComputedStyle(each).backgroundColor));"
        + "const text = light(over(behind, parts(getComputedStyle(element).color)));"
        + "return Math.max(text, light(behind)) / Math.min(text, light(behind)); })()";
  }

  private static String outOfSight() {
    return "['play', 'back', 'forward', 'live', 'time', 'speed', 'snapshot', 'fullscreen']"
        + ".filter((id) => { const box = document.getElementById(id).getBoundingClientRect();"
        + " return box.top < 0 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1; })";
  }

  @Test
  void open_emptyStore_tellsHowToFillIt() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    try (Playback nothing = Playback.open(empty.toUri());
        HttpPlaybackServer other = HttpPlaybackServer.start(nothing, HttpOptions.loopback(0))) {
      browser.open("http://127.0.0.1:" + other.address().getPort() + "/");
      await("!document.getElementById('message').hidden");
      assertThat(text(MESSAGE)).contains("lva record");
      assertThat(browser.evaluate("document.getElementById('play').disabled").asBoolean()).isTrue();
      browser.open("about:blank");
    }
  }

  @Test
  void time_inTheZoneOfTheReader_unlessUtcIsWanted() {
    browser.open(url("#door@" + START));
    await("archive.player.wallClock() !== null");
    assertThat(text("document.getElementById('zone').textContent")).isEqualTo("Local time");
    browser.press("u");
    assertThat(text("document.getElementById('zone').textContent")).isEqualTo("UTC");
    await("document.getElementById('date-text').textContent === '2026-11-20 UTC'");
  }
}
