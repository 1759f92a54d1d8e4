package io.lva.examples.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line with a store that is no disk.
 *
 * @param folder where its processes keep their local media cache and what they write
 * @param environment credentials, and what else the store takes from variables
 */
public record CloudCommands(Path folder, Map<String, String> environment) {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Starts a command. */
  public LvaProcess start(String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
    return LvaProcess.start(folder, all, arguments);
  }

  /** Starts a recording of seconds of a camera that is faster than time. */
  public LvaProcess record(String camera, String asset, String store, int seconds) {
    return start(
        "record",
        camera,
        "--clock",
        "camera",
        "--asset",
        asset,
        "--store",
        store,
        "--seconds",
        Integer.toString(seconds));
  }

  /** Waits for a recording; everything is in the store then, and nothing is told of a secret. */
  public void assertRecorded(LvaProcess recording, String secret) {
    Judges.Verdict verdict = recording.await(PATIENCE);
    assertThat(verdict.exitCode()).as(verdict.errors()).isZero();
    assertThat(verdict.output()).contains("RecordingAvailable");
    assertThat(verdict.output() + verdict.errors()).doesNotContain(secret);
    assertThat(Recorded.files(folder, ".mp4")).isEmpty();
    assertThat(Recorded.files(folder, ".part")).isEmpty();
  }

  /** Verifies the store, and exports an asset of it for a decoder. */
  public void assertWhole(String store, String asset) {
    Path file = folder.resolve("export.mp4");
    try (LvaProcess verify = start("verify", "--store", store);
        LvaProcess export =
            start(
                "export",
                "--store",
                store,
                "--asset",
                asset,
                "--last",
                "1h",
                "-o",
                file.toString())) {
      Judges.Verdict verified = verify.await(PATIENCE);
      assertThat(verified.exitCode()).as(verified.output()).isZero();
      Judges.Verdict exported = export.await(PATIENCE);
      assertThat(exported.exitCode()).as(exported.errors()).isZero();
    }
    Judges.decodes(file.toString());
  }

  /** Starts a recorder that the store is to refuse. */
  public Refused refused(String store, String expected) {
    return new Refused(
        start("record", "rtsp://127.0.0.1/x", "--asset", "a", "--store", store), expected);
  }

  /**
   * A recorder that cannot start.
   *
   * @param lva its process
   * @param expected what it is to say, in one line
   */
  public record Refused(LvaProcess lva, String expected) {
    /** Waits for it; no secret is told. */
    public void check(String secret) {
      try (lva) {
        Judges.Verdict verdict = lva.await(PATIENCE);
        List<String> lines =
            verdict
                .errors()
                .lines()
                .filter(line -> !line.startsWith("Picked up JAVA_TOOL"))
                .toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
            .startsWith("lva: ")
            .contains(expected)
            .doesNotContain("Exception", secret);
        assertThat(verdict.output()).doesNotContain(secret);
        assertThat(verdict.exitCode()).isEqualTo(2);
      }
    }
  }
}
