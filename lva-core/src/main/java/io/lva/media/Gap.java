package io.lva.media;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hole in the time line, with its cause.
 *
 * <p>Immutable.
 *
 * @param id names the gap from its opening to its closing, unique in the asset
 * @param start where media ends
 * @param end where media begins again; empty while the gap is open
 * @param origin which part of the path noticed that media is missing
 * @param causes in the order in which they were noticed, at least one
 */
public record Gap(
    String id, Instant start, Optional<Instant> end, GapOrigin origin, List<GapCause> causes) {
  /**
   * Copies the causes.
   *
   * @param id see above
   * @param start see above
   * @param end see above
   * @param origin see above
   * @param causes at least one
   * @throws IllegalArgumentException when there is no cause
   */
  public Gap {
    causes = List.copyOf(causes);
    if (causes.isEmpty()) {
      throw new IllegalArgumentException("a gap has a cause");
    }
  }

  /**
   * Creates an open gap.
   *
   * @param id unique in the asset
   * @param start where media ends
   * @param origin which part of the path noticed that media is missing
   * @param cause why media is missing
   * @return a gap without an end
   */
  public static Gap open(String id, Instant start, GapOrigin origin, GapCause cause) {
    return new Gap(id, start, Optional.empty(), origin, List.of(cause));
  }

  /**
   * Adds a cause that was noticed later.
   *
   * @param cause the further cause
   * @return a copy with the cause after the others, or this gap when it has the cause already
   */
  public Gap because(GapCause cause) {
    if (causes.contains(cause)) {
      return this;
    }
    List<GapCause> all = new ArrayList<>(causes);
    all.add(cause);
    return new Gap(id, start, end, origin, all);
  }

  /**
   * Closes the gap.
   *
   * @param instant where media begins again
   * @return a copy with this end
   */
  public Gap closedAt(Instant instant) {
    return new Gap(id, start, Optional.of(instant), origin, causes);
  }
}
