package io.lva.bench.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads and writes the document that holds the baselines of all versions of Java. */
final class BaselineFile {
  private static final String COMMITTED = "baseline.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private BaselineFile() {}

  /**
   * Reads the committed document.
   *
   * @return the document, or empty when there is none
   */
  static byte[] committed() throws IOException {
    try (InputStream resource = BaselineFile.class.getResourceAsStream(COMMITTED)) {
      return resource == null ? new byte[0] : resource.readAllBytes();
    }
  }

  /**
   * Reads the baseline of a version of Java.
   *
   * @param document JSON object with an object for each version, which holds its benchmarks
   * @return the baseline, or empty when the document does not have this version
   */
  static Optional<Baseline> read(byte[] document, int javaVersion) throws IOException {
    JsonNode version = JSON.readTree(document).path(String.valueOf(javaVersion));
    if (version.isMissingNode()) {
      return Optional.empty();
    }
    List<Measurement> measurements = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : version.properties()) {
      double bytes = each.getValue().path("bytes").doubleValue();
      double time = each.getValue().path("time").doubleValue();
      measurements.add(new Measurement(each.getKey(), bytes, time));
    }
    return Optional.of(Baseline.of(measurements));
  }

  /** Replaces the baseline of a version in a file. */
  static void update(Path file, int javaVersion, Baseline baseline) throws IOException {
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    Files.write(file, with(before, javaVersion, baseline));
  }

  /** Returns the document with the baseline of a version replaced. */
  static byte[] with(byte[] document, int javaVersion, Baseline baseline) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (JSON.readTree(document) instanceof ObjectNode before) {
      root.setAll(before);
    }
    ObjectNode version = root.putObject(String.valueOf(javaVersion));
    for (Measurement each : new TreeMap<>(baseline.measurements()).values()) {
      ObjectNode benchmark = version.putObject(each.benchmark());
      benchmark.put("bytes", rounded(each.bytesPerOperation()));
      benchmark.put(
          "time", Double.parseDouble(String.format(Locale.ROOT, "%.3g", each.timeRatio())));
    }
    return JSON.writeValueAsBytes(root);
  }

  private static long rounded(double bytes) {
    return Math.round(bytes / Violation.ROUNDED_TO_BYTES) * Violation.ROUNDED_TO_BYTES;
  }
}
