package io.lva.asset.verify;

import io.lva.asset.index.RunId;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the verifier found in an asset.
 *
 * <p>Immutable.
 *
 * @param asset its name
 * @param segments number of segments, including those being written
 * @param bytes size of all segments
 * @param runs the runs, ordered by their start
 * @param gaps the gaps, ordered by their start; where one run directly follows another, there is no
 *     gap
 * @param problems the first 1000 violations of invariants; empty when all invariants hold
 */
public record AssetReport(
    String asset,
    int segments,
    long bytes,
    List<RunReport> runs,
    List<GapReport> gaps,
    List<Problem> problems) {
  /**
   * Copies the lists.
   *
   * @param asset its name
   * @param segments number of segments
   * @param bytes size of all segments
   * @param runs the runs, ordered by their start
   * @param gaps the gaps, ordered by their start
   * @param problems violations of invariants
   */
  public AssetReport {
    runs = List.copyOf(runs);
    gaps = List.copyOf(gaps);
    problems = List.copyOf(problems);
  }

  /**
   * A run. Immutable.
   *
   * @param run its name
   * @param start the start of its first sample
   * @param end the end of its last sample
   */
  public record RunReport(RunId run, Instant start, Instant end) {
    /**
     * Creates a run report.
     *
     * @param run its name
     * @param start the start of its first sample
     * @param end the end of its last sample
     */
    public RunReport {}
  }

  /**
   * A gap. Immutable.
   *
   * @param start where media ends
   * @param end where media begins again, not before the start; empty while the gap is open
   * @param causes at least one, in the order in which they were noticed
   * @param origin which part of the recorder noticed it
   * @param setBack how far a clock was set back there, in which case nothing is missing and times
   *     occur twice; zero for any other gap
   */
  public record GapReport(
      Instant start,
      Optional<Instant> end,
      List<GapCause> causes,
      GapOrigin origin,
      Duration setBack) {
    /**
     * Copies the list.
     *
     * @param start where media ends
     * @param end where media begins again
     * @param causes at least one
     * @param origin which part of the recorder noticed it
     * @param setBack how far a clock was set back there
     */
    public GapReport {
      causes = List.copyOf(causes);
    }
  }

  /**
   * A violation of an invariant. Immutable.
   *
   * @param file relative to the folder of the asset; empty for a hole that no file follows
   * @param what a sentence for an operator
   */
  public record Problem(String file, String what) {
    /**
     * Creates a problem.
     *
     * @param file relative to the folder of the asset
     * @param what a sentence for an operator
     */
    public Problem {}
  }
}
