package io.lva.playback.dash;

import io.lva.media.Ticks;
import io.lva.playback.address.MediaAddress;
import io.lva.playback.window.LineFragment;
import io.lva.playback.window.TrackInfo;
import io.lva.playback.window.TrackKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Writes a manifest: one period per stretch without a hole, on the time line of UTC.
 *
 * <p>What players need differs from what the standard allows: dash.js adds up the durations of
 * static periods, so they have none; it loses sound that comes to a period later, so a period is
 * listed when all its tracks have begun.
 *
 * <p>Not thread-safe; one writer per manifest. All texts are digits or checked names, so that
 * nothing needs an escape.
 */
final class MpdWriter {
  private static final Duration UPDATE = Duration.ofSeconds(2);
  private static final Duration DELAY = Duration.ofSeconds(6);
  private static final int CHARACTERS = 4096;

  private final StringBuilder out = new StringBuilder(CHARACTERS);
  private final List<DashPeriod> periods;
  private final boolean dynamic;

  private MpdWriter(List<DashPeriod> periods, boolean dynamic) {
    this.periods = periods;
    this.dynamic = dynamic;
  }

  /**
   * Writes a manifest of media that is complete.
   *
   * @param periods in the order of time, not empty
   */
  static String writeStatic(List<DashPeriod> periods) {
    MpdWriter writer = new MpdWriter(periods, /* dynamic= */ false);
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
    MpdWriter writer = new MpdWriter(periods, /* dynamic= */ true);
    long start = periods.get(0).startNanos();
    long end = periods.get(periods.size() - 1).endNanos();
    writer.open();
    writer.attribute("type", "dynamic");
    writer.attribute("availabilityStartTime", utc(/* nanos= */ 0));
    writer.attribute("publishTime", now.truncatedTo(ChronoUnit.MILLIS).toString());
    writer.attribute("minimumUpdatePeriod", UPDATE.toString());
    writer.attribute("timeShiftBufferDepth", duration(end - start));
    writer.attribute("suggestedPresentationDelay", DELAY.toString());
    writer.out.append(">\n");
    periods.forEach(period -> writer.period(period, /* origin= */ 0));
    writer.out.append(
        " <UTCTiming schemeIdUri=\"urn:mpeg:dash:utc:http-xsdate:2014\" value=\"../../time\"/>\n");
    return writer.close();
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
    if (dynamic && !period.id().equals(periods.get(periods.size() - 1).id())) {
      attribute("duration", duration(period.endNanos() - period.startNanos()));
    }
    out.append(">\n");
    tracks(period.master(), period.startNanos());
    if (!period.side().isEmpty()) {
      tracks(period.side(), period.startNanos());
    }
    out.append(" </Period>\n");
  }

  private void tracks(List<LineFragment> fragments, long startNanos) {
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
    template(fragments, track, startNanos);
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

  private void template(List<LineFragment> fragments, TrackInfo track, long startNanos) {
    out.append("   <SegmentTemplate");
    attribute("timescale", Integer.toString(track.timescale()));
    long origin = Ticks.convert(startNanos, Ticks.NANOS_PER_SECOND, track.timescale());
    attribute("presentationTimeOffset", Long.toString(origin));
    attribute("initialization", track.initAddress());
    attribute(
        "media",
        MediaAddress.byTime(
            fragments.get(0).segment().run(), track.id(), track.timescale(), "$Time$"));
    out.append(">\n    <SegmentTimeline>\n");
    timeline(fragments);
    out.append("    </SegmentTimeline>\n   </SegmentTemplate>\n");
  }

  /** Fragments of one length that follow each other are one line. */
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
