package io.lva.examples.cli;

import io.lva.iot.TopologyLoader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The topologies of the tutorial's operations files, as Live Video Analytics published them. They
 * are bundled, so loading them needs no network.
 *
 * <p>Immutable.
 */
final class PublishedTopologies implements TopologyLoader {
  /** The addresses of a published file: its raw content, and its page on GitHub. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https://(?:raw\\.githubusercontent\\.com/Azure/live-video-analytics/"
              + "|github\\.com/Azure/live-video-analytics/(?:tree|blob)/)"
              + "master/MediaGraph/topologies/([a-z-]+/(?:[0-9.]+/)?topology\\.json)");

  private static final String FOLDER = "topologies/";

  PublishedTopologies() {}

  /** Returns whether a topology is bundled. */
  boolean has(String url) {
    return name(url).map(PublishedTopologies.class::getResource).isPresent();
  }

  @Override
  public String load(String url) throws IOException {
    Optional<String> name = name(url);
    try (InputStream file = name.map(PublishedTopologies.class::getResourceAsStream).orElse(null)) {
      if (file == null) {
        throw new FileNotFoundException(url + " is not on board");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Optional<String> name(String url) {
    Matcher matcher = ADDRESS.matcher(url);
    return matcher.matches() ? Optional.of(FOLDER + matcher.group(1)) : Optional.empty();
  }
}
