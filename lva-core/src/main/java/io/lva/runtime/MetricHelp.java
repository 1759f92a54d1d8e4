package io.lva.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What each metric means, in one phrase, for people who see it in a monitoring system. */
final class MetricHelp {
  private static final Properties TEXTS = load();

  private MetricHelp() {}

  /**
   * Returns what a metric means.
   *
   * @param name as it is shown
   * @return a phrase; for a metric without one, the words of its name
   */
  static String of(String name) {
    return TEXTS.getProperty(name, name.replace('.', ' '));
  }

  private static Properties load() {
    Properties texts = new Properties();
    try (InputStream in = MetricHelp.class.getResourceAsStream("metric-help.properties")) {
      if (in != null) {
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
        texts.load(reader);
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
