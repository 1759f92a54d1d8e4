package io.lva.examples.playback;

import com.fasterxml.jackson.databind.JsonNode;
import io.lva.examples.judge.Browser;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** hls.js and shaka-player of npm, playing the same in a browser side by side. */
final class OtherPlayers implements AutoCloseable {
  static final List<String> NAMES = List.of("hls", "shaka");

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String PAGE =
      "<!doctype html><meta charset=utf-8><title>Players</title><body>"
          + "<script src=/hls.js></script><script src=/shaka.js></script>"
          + "<script src=/watch.js></script><script src=/players.js></script>";

  private final StaticFiles files;
  private final Browser browser;

  /** What a player showed at some time, and what it said of it. */
  record Seen(Instant now, Instant wall, int level, int width, double time, long picture) {}

  OtherPlayers() throws IOException {
    Path packages = Judges.requireNodePackages("hls.js", "shaka-player");
    files =
        new StaticFiles(
            Map.of(
                "/", PAGE,
                "/hls.js", Files.readString(packages.resolve("hls.js/dist/hls.min.js")),
                "/shaka.js",
                    Files.readString(
                        packages.resolve("shaka-player/dist/shaka-player.compiled.js")),
                "/watch.js", resource("watch.js"),
                "/players.js", resource("players.js")));
    browser = Browser.start();
    browser.open(files.url("/"));
    browser.evaluate("readBarcodes(" + PlayerPage.geometry() + ")");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = OtherPlayers.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Has both players play a stream from its usual place. */
  void load(String url, boolean withBarcode) {
    each("(async (player) => { await player.load('" + url + "'); })");
    each("((player) => { player.withBarcode = " + withBarcode + "; })");
  }

  /** Evaluates a function for each player. */
  private void each(String function) {
    browser.evaluate("Promise.all(Object.values(players).map(" + function + "))");
  }

  void seek(Instant time) {
    each("((player) => player.seek(" + time.toEpochMilli() + "))");
  }

  void seekToLive() {
    each("((player) => player.live())");
  }

  /** Waits until something is true of both players. */
  void await(String condition) {
    String every = "Object.values(players).every((player) => " + condition + ")";
    try {
      browser.await(every, PATIENCE);
    } catch (AssertionError e) {
      throw new AssertionError("not true: " + condition + "; " + state(), e);
    }
  }

  private JsonNode state() {
    return browser.evaluate(
        "Object.fromEntries(Object.entries(players).map(([name, player]) => [name, {errors:"
            + " player.errors, wall: player.wall(), time: player.video.currentTime, pictures:"
            + " player.pictures(), range: player.range(), paused: player.video.paused, ready:"
            + " player.video.readyState}]))");
  }

  /** Forgets what was seen, and waits until so many pictures more were shown. */
  void watch(int count) {
    each("((player) => { player.forget(); })");
    await("player.seen.length >= " + count);
  }

  List<Seen> seen(String name) {
    List<Seen> all = new ArrayList<>();
    for (JsonNode each : browser.evaluate("players." + name + ".seen")) {
      all.add(
          new Seen(
              Instant.ofEpochMilli(each.path("now").asLong()),
              Instant.ofEpochMilli(Math.round(each.path("wall").asDouble())),
              each.path("level").asInt(),
              each.path("width").asInt(),
              each.path("time").asDouble(),
              each.path("picture").asLong()));
    }
    return all;
  }

  /** What went wrong, the worst with the word <i>fatal</i>. */
  List<String> errors(String name) {
    List<String> errors = new ArrayList<>();
    browser.evaluate("players." + name + ".errors").forEach(each -> errors.add(each.asText()));
    return errors;
  }

  double number(String name, String expression) {
    return browser.evaluate("((player) => " + expression + ")(players." + name + ")").asDouble();
  }

  @Override
  public void close() {
    browser.close();
    files.close();
  }
}
