package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.examples.judge.Browser;
import io.lva.rtspsim.ClockBarcode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page in a browser, as somebody sees and uses it who looks at the simulator's pattern. */
final class PlayerPage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Browser browser = Browser.start();

  /** What was on the screen at some time. */
  record View(Instant picture, Instant player, Instant now) {
    /** How far the player's clock is from the picture. */
    Duration error() {
      return Duration.between(picture, player).abs();
    }

    /** From the camera to the screen. */
    Duration latency() {
      return Duration.between(picture, now);
    }
  }

  /** Opens the page; live pictures come by themselves where there are any. */
  void open(String url) {
    browser.open(url);
    browser.evaluate(script() + "readBarcodes(" + geometry() + ")");
  }

  /** Closes the page. */
  void leave() {
    browser.open("about:blank");
  }

  /** Waits until the newest picture is on the screen, and moves. */
  void awaitLive() {
    browser.await(
        "document.getElementById('live').classList.contains('at-edge')"
            + " && document.querySelector('video').readyState > 2",
        PATIENCE);
    awaitPictures(5);
  }

  /** Waits until so many more pictures were shown. */
  void awaitPictures(int count) {
    long before = pictures();
    await(totalPictures() + " >= " + (before + count));
  }

  /** Returns how many pictures were decoded since the player was made. */
  long pictures() {
    return browser.evaluate(totalPictures()).asLong();
  }

  private static String totalPictures() {
    return "document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames";
  }

  /** Waits until an expression is true. */
  void await(String expression) {
    browser.await(expression, PATIENCE);
  }

  /** Looks at pictures as they are shown; those between two pictures of the camera are left out. */
  List<View> watch(int count) {
    List<View> views = new ArrayList<>();
    for (JsonNode each : browser.evaluate("watch(" + count + ")")) {
      if (each.path("picture").isNumber() && each.path("player").isNumber()) {
        views.add(new View(time(each, "picture"), time(each, "player"), time(each, "now")));
      }
    }
    return views;
  }

  /** Waits until the pictures on the screen are so close behind the camera. */
  void awaitBehind(Duration most) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Duration latency = median(watch(50));
    while (latency.compareTo(most) >= 0) {
      assertThat(System.nanoTime()).as("latency is still " + latency).isLessThan(end);
      latency = median(watch(50));
    }
  }

  private static Duration median(List<View> views) {
    return views.stream()
        .map(View::latency)
        .sorted()
        .skip(views.size() / 2)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no picture"));
  }

  /** Returns the instant that the player says is on the screen. */
  Instant wallClock() {
    return Instant.ofEpochMilli(browser.evaluate("archive.player.wallClock()").asLong());
  }

  /** Clicks on an element; returns the instant that was on the screen then. */
  Instant clickAndTellTime(String selector) {
    String click =
        "(() => { document.querySelector('%s').click(); return archive.player.wallClock(); })()";
    return Instant.ofEpochMilli(browser.evaluate(click.formatted(selector)).asLong());
  }

  /** Clicks on an instant on the strip of the day. */
  void clickOnStrip(Instant time) {
    JsonNode place = onStrip(time);
    browser.click(place.path("x").asDouble(), place.path("y").asDouble());
  }

  /** Points at an instant on the strip; returns what the page says of it. */
  String hoverOnStrip(Instant time) {
    JsonNode place = onStrip(time);
    browser.hover(place.path("x").asDouble(), place.path("y").asDouble());
    return browser.evaluate("document.getElementById('tooltip').textContent").asText();
  }

  private JsonNode onStrip(Instant time) {
    return browser.evaluate(
        "(() => { const box = document.getElementById('strip').getBoundingClientRect();"
            + " return { x: box.x + archive.strip.xOf("
            + time.toEpochMilli()
            + "), y: box.y + 20 }; })()");
  }

  /** Returns what the page has asked for, with the milliseconds after it was opened. */
  String requests() {
    return browser
        .evaluate(
            "performance.getEntriesByType('resource')"
                + ".map(each => Math.round(each.startTime) + ' ' + each.name).join('\\n')")
        .asText();
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
  }

  private static Instant time(JsonNode view, String field) {
    return Instant.ofEpochMilli(Math.round(view.path(field).asDouble()));
  }

  private static String script() {
    try (InputStream in = PlayerPage.class.getResourceAsStream("watch.js")) {
      if (in == null) {
        throw new IllegalStateException("watch.js is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String geometry() {
    return MAPPER
        .valueToTree(
            Map.of(
                "REFERENCE_WIDTH", ClockBarcode.REFERENCE_WIDTH,
                "REFERENCE_HEIGHT", ClockBarcode.REFERENCE_HEIGHT,
                "LEFT", ClockBarcode.LEFT,
                "TOP", ClockBarcode.TOP,
                "BLOCK_WIDTH", ClockBarcode.BLOCK_WIDTH,
                "BLOCK_HEIGHT", ClockBarcode.BLOCK_HEIGHT,
                "BLOCKS_PER_ROW", ClockBarcode.BLOCKS_PER_ROW,
                "ROWS", ClockBarcode.ROWS,
                "TIME_BITS", ClockBarcode.TIME_BITS))
        .toString();
  }
}
