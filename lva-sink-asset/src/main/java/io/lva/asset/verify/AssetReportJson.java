package io.lva.asset.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.verify.AssetReport.GapReport;
import io.lva.asset.verify.AssetReport.Problem;
import io.lva.asset.verify.AssetReport.RunReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Writes the reports of the verifier as JSON. Thread-safe: there is no state. */
public final class AssetReportJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AssetReportJson() {}

  /**
   * Writes reports. The {@code end} of an ongoing gap is null; {@code cause} is the first of its
   * causes. Where a clock was set back, {@code clockStepMillis} is the negative size of the step,
   * and the end of the gap equals its start.
   *
   * @param reports in the order in which they are to appear
   * @return {@code {"assets":[…]}}; instants have milliseconds; those where media begins are
   *     rounded up and those where media ends are rounded down, so that the bounds of a run contain
   *     no media of the previous run
   */
  public static String toJson(List<AssetReport> reports) {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode assets = root.putArray("assets");
    reports.forEach(report -> put(assets.addObject(), report));
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static void put(ObjectNode asset, AssetReport report) {
    asset.put("asset", report.asset());
    asset.put("segments", report.segments());
    asset.put("bytes", report.bytes());
    ArrayNode runs = asset.putArray("runs");
    for (RunReport run : report.runs()) {
      runs.addObject()
          .put("run", run.run().text())
          .put("start", text(ceiling(run.start())))
          .put("end", text(run.end()));
    }
    ArrayNode gaps = asset.putArray("gaps");
    report.gaps().forEach(gap -> put(gaps.addObject(), gap));
    ArrayNode problems = asset.putArray("problems");
    for (Problem problem : report.problems()) {
      problems.addObject().put("file", problem.file()).put("what", problem.what());
    }
  }

  private static void put(ObjectNode node, GapReport gap) {
    node.put("start", text(gap.start()))
        .put("end", gap.end().map(end -> text(end(gap, end))).orElse(null))
        .put("cause", gap.causes().get(0).text())
        .put("origin", gap.origin().text());
    if (!gap.setBack().isZero()) {
      node.put("clockStepMillis", -gap.setBack().toMillis());
    }
  }

  /** Rounds the end of a gap up, except where a clock was set back, so that nothing is missing. */
  private static Instant end(GapReport gap, Instant end) {
    return gap.setBack().isZero() ? ceiling(end) : end;
  }

  private static Instant ceiling(Instant instant) {
    return instant.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
  }

  private static String text(Instant instant) {
    return MILLISECONDS.format(instant);
  }
}
