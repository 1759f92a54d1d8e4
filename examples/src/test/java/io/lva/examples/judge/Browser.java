package io.lva.examples.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.testkit.Judges;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Chromium without a screen, showing one page at a time; its answers always come, at the latest as
 * an error.
 */
public final class Browser implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private Browser(Process process) {
    this.process = process;
    commands = process.outputWriter();
    answers = process.inputReader();
  }

  /** Starts where node, Chromium and the npm packages are installed; otherwise the test skips. */
  public static Browser start() {
    Judges.require("node", "chromium");
    Judges.requireNodePackages("playwright-core");
    Path driver = Judges.projectRoot().resolve("judges/browser.cjs");
    try {
      return new Browser(
          new ProcessBuilder("node", driver.toString(), Judges.find("chromium").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a page in a fresh profile. */
  public void open(String url) {
    send(Map.of("open", url));
  }

  /** Opens a page on a touch screen of this size, in CSS pixels. */
  public void openOnPhone(String url, int width, int height) {
    send(Map.of("open", url, "width", width, "height", height, "phone", true));
  }

  /** Opens a page in the dark theme. */
  public void openInTheDark(String url) {
    send(Map.of("open", url, "theme", "dark"));
  }

  /** Opens a page in a browser of another time zone. */
  public void openIn(ZoneId zone, String url) {
    send(Map.of("open", url, "zone", zone.getId()));
  }

  /** Opens a page in a browser that a script changes before those of the page run. */
  public void openAfter(String script, String url) {
    send(Map.of("open", url, "before", script));
  }

  /** Changes the size of the window, in CSS pixels. */
  public void resize(int width, int height) {
    send(Map.of("resize", List.of(width, height)));
  }

  /** Returns the value of an expression; a promise is awaited. */
  public JsonNode evaluate(String expression) {
    return send(Map.of("evaluate", expression));
  }

  /** Waits until an expression is true. */
  public void await(String expression, Duration patience) {
    send(Map.of("until", expression, "seconds", patience.toSeconds()));
  }

  /** Moves the pointer. */
  public void hover(double x, double y) {
    send(Map.of("move", List.of(x, y)));
  }

  /** Clicks at a place. */
  public void click(double x, double y) {
    send(Map.of("click", List.of(x, y)));
  }

  /** Clicks on an element. */
  public void click(String selector) {
    evaluate("document.querySelector('" + selector + "').click()");
  }

  /** Presses a key, by the name that the browser has for it. */
  public void press(String key) {
    send(Map.of("press", key));
  }

  /** Types into an element, key by key. */
  public void type(String selector, String text) {
    send(Map.of("type", text, "in", selector));
  }

  /** Drags with the mouse. */
  public void drag(double fromX, double toX, double y) {
    send(Map.of("drag", List.of(List.of(fromX, y), List.of(toX, y))));
  }

  /**
   * Moves fingers on a touch screen.
   *
   * @param steps the places of all fingers, one list per step
   */
  public void touch(List<List<List<Double>>> steps) {
    send(Map.of("touch", steps));
  }

  /** Returns what breaks the rules of axe-core for accessibility. */
  public List<String> accessibilityFaults() {
    List<String> faults = new ArrayList<>();
    send(Map.of("axe", true)).forEach(fault -> faults.add(fault.asText()));
    return faults;
  }

  /** Clicks on what downloads something, and saves that. */
  public void download(String selector, Path file) {
    send(Map.of("download", selector, "to", file.toString()));
  }

  /** Returns the warnings and errors on the console since the page was opened. */
  public List<String> messages() {
    List<String> texts = new ArrayList<>();
    send(Map.of("messages", true)).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private synchronized JsonNode send(Map<String, Object> command) {
    try {
      commands.write(MAPPER.writeValueAsString(command));
      commands.newLine();
      commands.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError("the browser has ended");
      }
      JsonNode answer = MAPPER.readTree(line);
      if (answer.has("error")) {
        throw new AssertionError(answer.path("error").asText() + " for " + command);
      }
      return answer.path("value");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the browser. */
  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
