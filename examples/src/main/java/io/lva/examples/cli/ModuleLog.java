package io.lva.examples.cli;

import io.lva.iot.edge.LogSettings;
import io.lva.iot.edge.LogSettings.Category;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The log of the IoT Edge module on the standard output, in the line format of Live Video
 * Analytics: syslog severity, time, category and message. The twin chooses the level, the
 * categories and a folder for debug logs.
 *
 * <p>Thread-safe.
 */
final class ModuleLog extends Handler {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS '+00:00'").withZone(ZoneOffset.UTC);
  private static final int FILE_BYTES = 10 << 20;
  private static final int FILES = 5;

  /**
   * The logger of Microsoft's client, which writes a stack trace for each attempt to connect; the
   * module itself says what is wrong.
   */
  private static final Logger SDK = Logger.getLogger("com.microsoft.azure.sdk.iot");

  /**
   * Azure's logger, which reports each attempt to reach the service; the store itself says what is
   * wrong.
   */
  private static final Logger STORE = Logger.getLogger("com.azure");

  private static final Logger ROOT = Logger.getLogger("");

  private final PrintStream out;
  private volatile LogSettings settings = LogSettings.STANDARD;
  private @Nullable Handler debug;

  private ModuleLog(PrintStream out) {
    this.out = out;
    setFormatter(new LineFormatter());
  }

  /** Replaces the log handlers that are installed. */
  static ModuleLog install(PrintStream out) {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    ModuleLog log = new ModuleLog(out);
    ROOT.addHandler(log);
    ROOT.setLevel(Level.INFO);
    SDK.setLevel(Level.OFF);
    STORE.setLevel(Level.OFF);
    return log;
  }

  /** Changes what is logged. */
  synchronized void change(LogSettings wanted) {
    Optional<Path> before = settings.debugDirectory();
    settings = wanted;
    if (!wanted.debugDirectory().equals(before)) {
      closeDebug();
      wanted.debugDirectory().ifPresent(this::openDebug);
    }
    ROOT.setLevel(debug == null ? level(wanted) : Level.FINE);
  }

  @Override
  public void publish(LogRecord line) {
    LogSettings now = settings;
    if (line.getLevel().intValue() >= level(now).intValue()
        && now.categories().contains(category(line))) {
      out.print(getFormatter().format(line));
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public synchronized void close() {
    closeDebug();
  }

  private void openDebug(Path directory) {
    try {
      Files.createDirectories(directory);
      FileHandler file =
          new FileHandler(
              directory.resolve("lva-%g.log").toString(), FILE_BYTES, FILES, /* append= */ true);
      file.setFormatter(getFormatter());
      file.setLevel(Level.FINE);
      ROOT.addHandler(file);
      debug = file;
    } catch (IOException e) {
      ROOT.log(Level.WARNING, "debugLogsDirectory cannot be written: {0}", e.toString());
    }
  }

  private void closeDebug() {
    if (debug != null) {
      ROOT.removeHandler(debug);
      debug.close();
      debug = null;
    }
  }

  private static Level level(LogSettings settings) {
    return switch (settings.level()) {
      case VERBOSE -> Level.FINE;
      case INFORMATION -> Level.INFO;
      case WARNING -> Level.WARNING;
      case ERROR -> Level.SEVERE;
      case NONE -> Level.OFF;
    };
  }

  private static Category category(LogRecord line) {
    String logger = String.valueOf(line.getLoggerName());
    if (logger.startsWith("io.lva.event")) {
      return Category.EVENTS;
    }
    boolean application =
        !logger.startsWith("io.lva.")
            || logger.startsWith("io.lva.iot")
            || logger.startsWith("io.lva.runtime")
            || logger.startsWith("io.lva.examples");
    return application ? Category.APPLICATION : Category.MEDIA_PIPELINE;
  }

  /** One line of the log. */
  private static final class LineFormatter extends Formatter {
    @Override
    public String format(LogRecord line) {
      Throwable cause = line.getThrown();
      return "<%d> %s %s: %s%s%n"
          .formatted(
              severity(line.getLevel()),
              TIME.format(line.getInstant()),
              name(category(line)),
              formatMessage(line),
              cause == null ? "" : ": " + cause);
    }

    private static int severity(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return 3;
      }
      if (level.intValue() >= Level.WARNING.intValue()) {
        return 4;
      }
      return level.intValue() >= Level.INFO.intValue() ? 6 : 7;
    }

    private static String name(Category category) {
      return switch (category) {
        case APPLICATION -> "Application";
        case EVENTS -> "Events";
        case MEDIA_PIPELINE -> "MediaPipeline";
      };
    }
  }
}
