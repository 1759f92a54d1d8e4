package io.lva.playback.window;

import io.lva.media.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One track of a range at one moment, as every kind of manifest shows it.
 *
 * <p>Immutable; each form of a manifest is written once per view.
 */
public final class MediaView {
  /** Usually enough for a whole fragment: key frames of most cameras are 1 or 2 s apart. */
  private static final long USUAL_GROUP_NANOS = 2_500_000_000L;

  /**
   * Expected length of a fragment that does not continue another: sync samples are usually this far
   * apart.
   */
  private static final int USUAL_SECONDS = 2;

  private final Growth growth;
  private final Numbering numbering;
  private final List<LineFragment> fragments;
  private final boolean ended;
  private final @Nullable LiveEdge edge;
  private final @Nullable Open open;
  private final Map<String, String> written = new ConcurrentHashMap<>();

  /**
   * What players rely on from one reload to the next.
   *
   * @param mediaSequence number of the first fragment
   * @param discontinuitySequence number of discontinuities before the first fragment
   * @param targetSeconds whole seconds that no fragment exceeds when rounded
   * @param partMillis milliseconds that no listed part exceeds
   */
  public record Numbering(
      long mediaSequence, long discontinuitySequence, int targetSeconds, int partMillis) {
    /**
     * Creates a numbering of fragments.
     *
     * @param mediaSequence see above
     * @param discontinuitySequence see above
     * @param targetSeconds see above
     * @param partMillis see above
     */
    public Numbering {}
  }

  /**
   * The fragment under construction.
   *
   * @param fragment what is known of it
   * @param parts those that are listed
   * @param nextPart number of the part that comes next if the file goes on; empty when earlier
   *     parts are not listed
   */
  public record Open(
      LineFragment fragment, List<LiveRow.NumberedPart> parts, Optional<Integer> nextPart) {
    /**
     * Creates the description of a fragment under construction.
     *
     * @param fragment see above
     * @param parts see above
     * @param nextPart see above
     */
    public Open {}

    private long listedNanos() {
      long ticks = parts.stream().mapToLong(part -> part.part().durationTicks()).sum();
      return Ticks.convert(ticks, fragment.track().timescale(), Ticks.NANOS_PER_SECOND);
    }
  }

  MediaView(
      Growth growth,
      Numbering numbering,
      List<LineFragment> fragments,
      boolean ended,
      @Nullable LiveEdge edge,
      @Nullable Open open) {
    this.growth = growth;
    this.numbering = numbering;
    this.fragments = fragments;
    this.ended = ended;
    this.edge = edge;
    this.open = open;
  }

  /**
   * Creates the view of a range that is complete.
   *
   * @param fragments in their order
   * @return the view
   */
  public static MediaView complete(List<LineFragment> fragments) {
    Numbering numbering =
        new Numbering(
            /* mediaSequence= */ 0,
            /* discontinuitySequence= */ 0,
            longestSeconds(fragments),
            /* partMillis= */ 0);
    return new MediaView(Growth.COMPLETE, numbering, fragments, /* ended= */ true, null, null);
  }

  static int longestSeconds(List<LineFragment> fragments) {
    int longest = 1;
    for (LineFragment fragment : fragments) {
      longest = Math.max(longest, fragment.roundedSeconds());
    }
    return longest;
  }

  /**
   * Returns how the range changes.
   *
   * @return the kind of change
   */
  public Growth growth() {
    return growth;
  }

  /**
   * Returns the numbers that players rely on.
   *
   * @return the numbering
   */
  public Numbering numbering() {
    return numbering;
  }

  /**
   * Returns the complete fragments.
   *
   * @return the complete fragments, in the order of recording
   */
  public List<LineFragment> fragments() {
    return fragments;
  }

  /**
   * Returns whether nothing follows.
   *
   * @return whether the recording or the range has ended
   */
  public boolean ended() {
    return ended;
  }

  /**
   * Returns whether parts are listed at the live edge.
   *
   * @return false for a range that is complete, ends at an instant, or whose recorder cannot be
   *     followed
   */
  public boolean lowLatency() {
    return edge != null;
  }

  /**
   * Returns the fragment under construction.
   *
   * @return the fragment, or empty when parts are not listed or none is under construction
   */
  public Optional<Open> open() {
    return Optional.ofNullable(open);
  }

  /**
   * Returns a view that also lists the fragment under construction, for manifests that announce a
   * fragment while it is being recorded. Until that fragment is complete, it is assumed to last at
   * least as long as the one before, or 2 s where it does not continue another.
   *
   * @return the view, or this view when no fragment is under construction
   */
  public MediaView announced() {
    if (open == null) {
      return this;
    }
    LineFragment last = open.fragment();
    List<LineFragment> all = new ArrayList<>(fragments);
    all.add(last.withDuration(Math.max(last.durationTicks(), expectedTicks(last))));
    return new MediaView(growth, numbering, List.copyOf(all), ended, edge, null);
  }

  private long expectedTicks(LineFragment next) {
    int timescale = next.track().timescale();
    return fragments.isEmpty() || next.discontinuity()
        ? (long) USUAL_SECONDS * timescale
        : Ticks.convert(
            fragments.get(fragments.size() - 1).durationTicks(),
            fragments.get(fragments.size() - 1).track().timescale(),
            timescale);
  }

  /**
   * Returns the listed parts of a complete fragment.
   *
   * @param fragment of this view
   * @return the listed parts; empty when no parts are listed, those of the fragment are no longer
   *     known, or one is longer than a player was told to expect
   */
  public List<LiveRow.NumberedPart> parts(LineFragment fragment) {
    return edge == null
        ? List.of()
        : listed(edge.parts(fragment), fragment.track().timescale(), numbering.partMillis());
  }

  /**
   * Leaves out the parts of a fragment when one is longer than was promised: it bridges a hole, or
   * the camera has slowed down. Players get the whole fragment then.
   */
  static List<LiveRow.NumberedPart> listed(
      List<LiveRow.NumberedPart> parts, int timescale, int partMillis) {
    long longest = (long) partMillis * timescale;
    boolean fits = parts.stream().allMatch(part -> part.part().durationTicks() * 1000 <= longest);
    return fits ? parts : List.of();
  }

  /**
   * Returns whether decoding can start at every fragment.
   *
   * @return false while a fragment, listed or under construction, needs those before it
   */
  public boolean isIndependent() {
    return fragments.stream().allMatch(LineFragment::independent)
        && (open == null || open.fragment().independent());
  }

  /**
   * Returns a form of a manifest, written when it is first asked for.
   *
   * @param form names the form
   * @param writer writes it
   * @return the text
   */
  public String text(String form, Function<MediaView, String> writer) {
    return written.computeIfAbsent(form, unused -> writer.apply(this));
  }

  /**
   * Returns whether the view has no fragment.
   *
   * @return true when there is nothing to play yet
   */
  public boolean isEmpty() {
    return fragments.isEmpty();
  }

  /**
   * Returns whether there is something that a player can load, if only a part of the first
   * fragment.
   *
   * @return false while nothing is listed
   */
  public boolean isPlayable() {
    return !isEmpty() || open().filter(first -> !first.parts().isEmpty()).isPresent();
  }

  /**
   * Returns whether every player can start. Some, such as ffmpeg, do not know parts and give up on
   * a playlist without a whole fragment. Where key frames are far apart, other players need not
   * wait for a whole fragment.
   *
   * @return true when a whole fragment or 2.5 s of the first one is listed
   */
  public boolean suitsEveryPlayer() {
    return !isEmpty()
        || open().filter(first -> first.listedNanos() >= USUAL_GROUP_NANOS).isPresent();
  }

  /**
   * Returns the distance from the start of the newest fragment that stands alone to the end of what
   * is listed.
   *
   * @return nanoseconds of media; empty where decoding can start at every fragment or at none, or
   *     where nothing grows
   */
  public OptionalLong syncDistanceNanos() {
    if (ended || isIndependent()) {
      return OptionalLong.empty();
    }
    long distance = open == null ? 0 : open.listedNanos();
    if (distance > 0 && open().orElseThrow().fragment().independent()) {
      return OptionalLong.of(distance);
    }
    for (int i = fragments.size() - 1; i >= 0; i--) {
      LineFragment fragment = fragments.get(i);
      distance += fragment.endNanos() - fragment.startNanos();
      if (fragment.independent()) {
        return OptionalLong.of(distance);
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Returns the number of the fragment under construction.
   *
   * @return the number, one more than that of the last fragment
   */
  public long nextNumber() {
    return numbering.mediaSequence() + fragments.size();
  }

  /**
   * Returns whether a fragment, or a part of it, is there.
   *
   * @param number of the fragment
   * @param part of the fragment, from 0; negative for the whole fragment
   * @return true; also when it will never come because the recording has ended
   */
  public boolean has(long number, int part) {
    long next = nextNumber();
    if (ended || number < next - 1) {
      return true;
    }
    int openParts = open().map(last -> last.parts().size()).orElse(0);
    if (number == next - 1 && !fragments.isEmpty()) {
      int parts = parts(fragments.get(fragments.size() - 1)).size();
      return part < 0 || parts == 0 || part < parts || openParts > 0;
    }
    return number == next && part >= 0 && openParts > part;
  }
}
