package io.lva.examples.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.testkit.Judges;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code lva verify --json} says of an asset. */
public record Verified(List<Run> runs, List<Gap> gaps, List<String> problems) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  /** A run. */
  public record Run(String name, Instant start, Instant end) {}

  /** A gap; the last one of a recording that was stopped has no end. */
  public record Gap(Instant start, Optional<Instant> end, String cause, String origin) {}

  public static Verified of(Path workFolder, Path store, String asset) {
    return of(workFolder, Map.of(), store.toString(), asset);
  }

  /** Reads the report on an asset in a store whose credentials are variables. */
  public static Verified of(
      Path workFolder, Map<String, String> environment, String store, String asset) {
    Judges.Verdict verdict;
    try (LvaProcess verify =
        LvaProcess.start(
            workFolder, environment, "verify", "--json", "--store", store, "--asset", asset)) {
      verdict = verify.await(PATIENCE);
    }
    try {
      JsonNode report = MAPPER.readTree(verdict.output()).at("/assets/0");
      List<Run> runs = new ArrayList<>();
      for (JsonNode run : report.path("runs")) {
        runs.add(new Run(run.path("run").asText(), time(run, "start"), time(run, "end")));
      }
      List<Gap> gaps = new ArrayList<>();
      for (JsonNode gap : report.path("gaps")) {
        gaps.add(
            new Gap(
                time(gap, "start"),
                gap.path("end").isTextual() ? Optional.of(time(gap, "end")) : Optional.empty(),
                gap.path("cause").asText(),
                gap.path("origin").asText()));
      }
      List<String> problems = new ArrayList<>();
      report.path("problems").forEach(problem -> problems.add(problem.toString()));
      assertThat(verdict.exitCode()).isEqualTo(problems.isEmpty() ? 0 : 1);
      return new Verified(runs, gaps, problems);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + verdict, e);
    }
  }

  private static Instant time(JsonNode object, String field) {
    assertThat(object.path(field).isTextual()).as(field + " of " + object).isTrue();
    return Instant.parse(object.path(field).asText());
  }
}
