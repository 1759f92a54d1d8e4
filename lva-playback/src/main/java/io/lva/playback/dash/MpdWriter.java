package io.lva.playback.dash;

import io.lva.media.Ticks;
import io.lva.playback.address.MediaAddress;
import io.lva.playback.window.LineFragment;
import io.lva.playback.window.TrackInfo;
import io.lva.playback.window.TrackKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Writes a manifest: one period per stretch without a hole, on the time line of UTC.
 *
 * <p>What players need differs from what the standard allows: dash.js adds up the durations of
 * static periods, so they have none; it loses sound that joins a period later, so a period is
 * listed once all its tracks have begun.
 *
 * <p>Not thread-safe; one writer per manifest. All texts are digits or checked names, so that
 * nothing needs an escape.
 */
final class MpdWriter {
  private static final Duration UPDATE = Duration.ofSeconds(2);
  private static final Duration DELAY = Duration.ofSeconds(6);

  /** Players learn of fragments from the manifest: the sooner they do, the closer they follow. */
  private static final Duration LOW_LATENCY_UPDATE = Duration.ofMillis(500);

  private static final Duration LOW_LATENCY_DELAY = Duration.ofMillis(2500);
  private static final int CHARACTERS = 4096;

  private final StringBuilder out = new StringBuilder(CHARACTERS);
  private final List<DashPeriod> periods;
  private final boolean dynamic;
  private final Duration part;

  private MpdWriter(List<DashPeriod> periods, boolean dynamic, Duration part) {
    this.periods = periods;
    this.dynamic = dynamic;
    this.part = part;
  }

  /**
   * Writes a manifest of media that is complete.
   *
   * @param periods in the order of time, not empty
   */
  static String writeStatic(List<DashPeriod> periods) {
    MpdWriter writer = new MpdWriter(periods, /* dynamic= */ false, Duration.ZERO);
    long start = periods.get(0).startNanos();
    long end = periods.get(periods.size() - 1).endNanos();
    writer.open();
    writer.attribute("type", "static");
    writer.attribute("availabilityStartTime", utc(start));
    writer.attribute("mediaPresentationDuration", duration(end - start));
    writer.out.append(">\n");
    periods.forEach(period -> writer.period(period, start));
    return writer.close();
  }

  /**
   * Writes a manifest of media that grows.
   *
   * @param periods in the order of time, not empty
   * @param now the time of this host
   */
  static String writeDynamic(List<DashPeriod> periods, Instant now) {
    return new MpdWriter(periods, /* dynamic= */ true, Duration.ZERO).writeDynamic(now);
  }

  /**
   * Writes a manifest of media that grows, whose last fragment is sent while it is recorded
   * (ISO/IEC 23009-1 clause 5.3.9.5.1, availability time offset).
   *
   * @param periods in the order of time, not empty
   * @param now the time of this host
   * @param part length of the longest part: with it, the last fragment can be requested
   */
  static String writeLowLatency(List<DashPeriod> periods, Instant now, Duration part) {
    return new MpdWriter(periods, /* dynamic= */ true, part).writeDynamic(now);
  }

  private String writeDynamic(Instant now) {
    long start = periods.get(0).startNanos();
    long end = periods.get(periods.size() - 1).endNanos();
    open();
    attribute("type", "dynamic");
    attribute("availabilityStartTime", utc(/* nanos= */ 0));
    attribute("publishTime", now.truncatedTo(ChronoUnit.MILLIS).toString());
    attribute("minimumUpdatePeriod", (isLowLatency() ? LOW_LATENCY_UPDATE : UPDATE).toString());
    attribute("timeShiftBufferDepth", duration(end - start));
    attribute(
        "suggestedPresentationDelay", (isLowLatency() ? LOW_LATENCY_DELAY : DELAY).toString());
    out.append(">\n");
    if (isLowLatency()) {
      out.append(" <ServiceDescription id=\"0\">\n  <Latency");
      attribute("target", Long.toString(LOW_LATENCY_DELAY.toMillis()));
      out.append("/>\n  <PlaybackRate min=\"0.95\" max=\"1.05\"/>\n </ServiceDescription>\n");
    }
    periods.forEach(period -> period(period, /* origin= */ 0));
    out.append(
        " <UTCTiming schemeIdUri=\"urn:mpeg:dash:utc:http-xsdate:2014\" value=\"../../time\"/>\n");
    return close();
  }

  private boolean isLowLatency() {
    return !part.isZero();
  }

  private void open() {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"");
    attribute("profiles", "urn:mpeg:dash:profile:isoff-live:2011");
    attribute("minBufferTime", UPDATE.toString());
  }

  private String close() {
    return out.append("</MPD>\n").toString();
  }

  private void period(DashPeriod period, long origin) {
    out.append(" <Period");
    attribute("id", period.id());
    attribute("start", duration(period.startNanos() - origin));
    if (dynamic && !isLast(period)) {
      attribute("duration", duration(period.endNanos() - period.startNanos()));
    }
    out.append(">\n");
    tracks(period.master(), period);
    if (!period.side().isEmpty()) {
      tracks(period.side(), period);
    }
    out.append(" </Period>\n");
  }

  private boolean isLast(DashPeriod period) {
    return period.id().equals(periods.get(periods.size() - 1).id());
  }

  private void tracks(List<LineFragment> fragments, DashPeriod period) {
    TrackInfo track = fragments.get(0).track();
    TrackKind kind = TrackKind.of(track);
    out.append("  <AdaptationSet");
    attribute("id", kind == TrackKind.VIDEO ? "1" : "2");
    attribute("contentType", kind.text());
    attribute("mimeType", kind.text() + "/mp4");
    attribute("segmentAlignment", "true");
    if (fragments.stream().allMatch(LineFragment::independent)) {
      attribute("startWithSAP", "1");
    }
    out.append(">\n");
    template(fragments, track, period);
    out.append("   <Representation");
    attribute("id", kind.text());
    attribute("bandwidth", Long.toString(bandwidth(fragments)));
    attribute("codecs", track.codec());
    if (track.width() > 0) {
      attribute("width", Integer.toString(track.width()));
      attribute("height", Integer.toString(track.height()));
    }
    out.append("/>\n  </AdaptationSet>\n");
  }

  private void template(List<LineFragment> fragments, TrackInfo track, DashPeriod period) {
    out.append("   <SegmentTemplate");
    attribute("timescale", Integer.toString(track.timescale()));
    long origin = Ticks.convert(period.startNanos(), Ticks.NANOS_PER_SECOND, track.timescale());
    attribute("presentationTimeOffset", Long.toString(origin));
    attribute("initialization", track.initAddress());
    attribute(
        "media",
        MediaAddress.byTime(
            fragments.get(0).segment().run(), track.id(), track.timescale(), "$Time$"));
    if (isLowLatency() && isLast(period)) {
      early(fragments.get(fragments.size() - 1));
    }
    out.append(">\n    <SegmentTimeline>\n");
    timeline(fragments);
    out.append("    </SegmentTimeline>\n   </SegmentTemplate>\n");
  }

  /** Announces that the last fragment can be requested as soon as its first part is there. */
  private void early(LineFragment last) {
    long millis = (last.endNanos() - last.startNanos()) / 1_000_000 - part.toMillis();
    attribute("availabilityTimeOffset", BigDecimal.valueOf(Math.max(0, millis), 3).toString());
    attribute("availabilityTimeComplete", "false");
  }

  /** Writes consecutive fragments of equal length as one line. */
  private void timeline(List<LineFragment> fragments) {
    for (int i = 0; i < fragments.size(); ) {
      LineFragment first = fragments.get(i);
      int next = i + 1;
      while (next < fragments.size() && continues(fragments.get(next - 1), fragments.get(next))) {
        next++;
      }
      out.append("     <S");
      attribute("t", Long.toString(first.startTicks()));
      attribute("d", Long.toString(first.durationTicks()));
      if (next - i > 1) {
        attribute("r", Integer.toString(next - i - 1));
      }
      out.append("/>\n");
      i = next;
    }
  }

  private static boolean continues(LineFragment before, LineFragment next) {
    return next.durationTicks() == before.durationTicks()
        && next.startTicks() == before.startTicks() + before.durationTicks();
  }

  private static long bandwidth(List<LineFragment> fragments) {
    long peak = 1;
    for (LineFragment fragment : fragments) {
      boolean usual = fragment.durationTicks() * 2 >= fragment.track().timescale();
      peak = Math.max(peak, usual ? fragment.bitRate() : 1);
    }
    return peak;
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"").append(value).append('"');
  }

  private static String utc(long nanos) {
    return Instant.ofEpochSecond(0, nanos).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String duration(long nanos) {
    return Duration.ofNanos(nanos).toString();
  }
}
