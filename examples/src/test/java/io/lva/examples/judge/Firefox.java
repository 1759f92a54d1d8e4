package io.lva.examples.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Firefox without a screen, driven over Marionette: {@code length:[type, id, command, parameters]}.
 */
public final class Firefox implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int ANSWER_MILLIS = 120_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Process process;
  private final Socket socket;
  private int commands;

  private Firefox(Process process, Socket socket) {
    this.process = process;
    this.socket = socket;
  }

  /**
   * Starts where Firefox is installed; otherwise the test skips.
   *
   * @param profile a new folder for what it keeps
   */
  public static Firefox start(Path profile) throws IOException {
    Judges.require("firefox-esr");
    Files.createDirectories(profile);
    Files.writeString(
        profile.resolve("user.js"),
        "user_pref(\"marionette.port\", 0);\nuser_pref(\"media.autoplay.default\", 0);\n");
    Process process =
        new ProcessBuilder(
                Judges.find("firefox-esr").toString(),
                "--headless",
                "--no-remote",
                "--marionette",
                "--profile",
                profile.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(profile));
    socket.setSoTimeout(ANSWER_MILLIS);
    Firefox firefox = new Firefox(process, socket);
    firefox.read();
    firefox.send("WebDriver:NewSession", Map.of());
    return firefox;
  }

  private static int port(Path profile) throws IOException {
    Path file = profile.resolve("MarionetteActivePort");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(file) || Files.size(file) == 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Firefox does not listen");
      }
      LockSupport.parkNanos(50_000_000);
    }
    return Integer.parseInt(Files.readString(file).strip());
  }

  /** Opens a page. */
  public void open(String url) {
    send("WebDriver:Navigate", Map.of("url", url));
  }

  /** Returns the value of an expression; {@code page} is the window as its scripts see it. */
  public JsonNode evaluate(String expression) {
    String script = "const page = window.wrappedJSObject ?? window; return (" + expression + ");";
    return send("WebDriver:ExecuteScript", Map.of("script", script, "args", List.of()))
        .path("value");
  }

  /** Waits until an expression is true. */
  public void await(String expression) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!evaluate(expression).asBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never true: " + expression);
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private JsonNode send(String command, Map<String, Object> parameters) {
    try {
      commands++;
      byte[] message = MAPPER.writeValueAsBytes(List.of(0, commands, command, parameters));
      socket.getOutputStream().write((message.length + ":").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(message);
      JsonNode answer = read();
      if (!answer.path(2).isNull()) {
        throw new AssertionError(answer.path(2).toString());
      }
      return answer.path(3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode read() throws IOException {
    InputStream in = socket.getInputStream();
    int length = 0;
    for (int digit = in.read(); digit != ':'; digit = in.read()) {
      if (digit < '0' || digit > '9') {
        throw new IOException("Firefox has ended");
      }
      length = 10 * length + digit - '0';
    }
    return MAPPER.readTree(in.readNBytes(length));
  }

  /** Ends the browser. */
  @Override
  public void close() {
    process.destroy();
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
