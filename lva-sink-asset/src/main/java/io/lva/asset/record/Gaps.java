package io.lva.asset.record;

import io.lva.asset.format.Utc;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Creates gaps of a recording, joins them, and sets their bounds and causes.
 *
 * <p>Thread-safe: there is no state.
 */
final class Gaps {
  /**
   * The most separate gaps kept between two parts. Further gaps only add their causes to the last
   * one.
   */
  static final int MOST_BETWEEN_PARTS = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Gaps() {}

  /** Creates a gap with an id of its own. */
  static Gap open(Instant start, GapOrigin origin, GapCause cause) {
    return Gap.open(newId(), start, origin, cause);
  }

  /** Creates a gap that begins where a part begins. */
  static Gap open(Part part, GapOrigin origin, GapCause cause) {
    return open(Utc.instant(part.decodeTime(), part.track().timescale()), origin, cause);
  }

  /** Draws an id that is unique in an asset. */
  static String newId() {
    return Long.toUnsignedString(RANDOM.nextLong(), Character.MAX_RADIX);
  }

  /** Appends gaps to other gaps; all gaps that come from queue drops become one. */
  static List<Gap> join(List<Gap> first, List<Gap> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.isEmpty() ? second : first;
    }
    List<Gap> all = new ArrayList<>(first);
    for (Gap gap : second) {
      Optional<Integer> same = indexOfSame(all, gap);
      if (same.isPresent() || all.size() == MOST_BETWEEN_PARTS) {
        int index = same.orElse(all.size() - 1);
        all.set(index, because(all.get(index), gap.causes()));
      } else {
        all.add(gap);
      }
    }
    return List.copyOf(all);
  }

  /** Returns whether any of the gaps comes from queue drops. */
  static boolean hasQueueGap(List<Gap> gaps) {
    return gaps.stream().anyMatch(gap -> gap.origin() == GapOrigin.QUEUE);
  }

  /**
   * Gives gaps between the same two parts their exact bounds: each begins where the one before it
   * ends. When the end lies before the start, the media overlaps, and the bounds of the last gap
   * show this.
   */
  static List<Gap> between(Instant mediaEnd, List<Gap> gaps, Instant nextStart) {
    List<Gap> exact = new ArrayList<>();
    Instant from = mediaEnd;
    for (int i = 0; i < gaps.size(); i++) {
      boolean last = i == gaps.size() - 1;
      Instant to = last ? nextStart : within(from, gaps.get(i + 1).start(), nextStart);
      exact.add(bounded(gaps.get(i), from, to));
      from = to;
    }
    return List.copyOf(exact);
  }

  /** Gives a gap its bounds. */
  static Gap bounded(Gap gap, Instant start, Instant end) {
    return new Gap(gap.id(), start, Optional.of(end), gap.origin(), gap.causes());
  }

  /** Gives an open gap its start. */
  static Gap openAt(Gap gap, Instant start) {
    return new Gap(gap.id(), start, Optional.empty(), gap.origin(), gap.causes());
  }

  private static Instant within(Instant from, Instant instant, Instant end) {
    Instant notAfter = instant.isAfter(end) ? end : instant;
    return notAfter.isBefore(from) ? from : notAfter;
  }

  /** Returns the last gap, with the causes of the gaps before it added in front of its own. */
  static Gap after(List<Gap> before, Gap last) {
    List<GapCause> causes = new ArrayList<>();
    before.forEach(gap -> causes.addAll(gap.causes()));
    causes.addAll(last.causes());
    Gap first = Gap.open(last.id(), last.start(), last.origin(), causes.get(0));
    return because(first, causes);
  }

  /** Adds the causes that the gap does not have yet. */
  static Gap because(Gap gap, List<GapCause> causes) {
    Gap all = gap;
    for (GapCause cause : causes) {
      all = all.because(cause);
    }
    return all;
  }

  private static Optional<Integer> indexOfSame(List<Gap> gaps, Gap gap) {
    for (int i = 0; i < gaps.size(); i++) {
      Gap known = gaps.get(i);
      boolean sameQueue = known.origin() == GapOrigin.QUEUE && gap.origin() == GapOrigin.QUEUE;
      if (sameQueue || known.id().equals(gap.id())) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
