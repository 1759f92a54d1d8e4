package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.StoredAsset;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.asset.store.AssetStore;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An hour of segments in a store, published as an uploader does, whose requests are counted and
 * compared with the page that says what a day costs.
 */
final class RecordedHour {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS = 24;
  private static final BigDecimal DAYS = BigDecimal.valueOf(30);
  private static final RunId RUN = new RunId("abcdefgh");
  private static final int TIMESCALE = 90_000;
  private static final int SEGMENT_BYTES = 10;

  /** A lock is renewed every third of the lease of two minutes, in real time. */
  private static final int RENEWALS = 86_400 / 40;

  private static final Pattern PRICE = Pattern.compile("0\\.\\d+");

  private final Duration length;

  /** A clock that stands still between segments. */
  private static final class StepClock implements Clock {
    private Duration passed = Duration.ZERO;

    @Override
    public long nanoTime() {
      return passed.toNanos();
    }

    @Override
    public long utcNanos() {
      return START.getEpochSecond() * 1_000_000_000L + nanoTime();
    }

    Instant now() {
      return START.plus(passed);
    }
  }

  /** What the hour asks of the service. Other requests are those that are priced as writes. */
  record Requests(long segments, long rows, long others, long reads) {}

  /** Publishes an hour and counts. */
  @FunctionalInterface
  interface Counting {
    Requests of(RecordedHour hour) throws Exception;
  }

  private RecordedHour(Duration length) {
    this.length = length;
  }

  /** Returns the name of the asset. */
  String asset() {
    return "camera-" + length.toSeconds();
  }

  /** Returns a part of the last request. */
  String end() {
    return asset() + "-ends";
  }

  /** Publishes the hour; the first segment begins the recording and is not counted. */
  void publish(AssetStore store) throws IOException {
    StepClock clock = new StepClock();
    try (StoredAsset stored = StoredAsset.open(store, asset(), "owner", clock)) {
      publish(stored, clock, 0);
      store.size(asset() + "-begins");
      for (int i = 1; i <= HOUR.dividedBy(length); i++) {
        publish(stored, clock, i);
      }
      store.size(end());
    }
  }

  private void publish(StoredAsset asset, StepClock clock, int sequence) throws IOException {
    SegmentRow row = row(clock.now(), sequence);
    clock.passed = clock.passed.plus(length);
    asset.put(row, ByteSource.of(ByteBuffer.allocate(SEGMENT_BYTES)));
    asset.append(List.of(row));
  }

  private SegmentRow row(Instant start, int sequence) {
    long ticks = length.toSeconds() * TIMESCALE;
    Fragments fragments = Fragments.builder().add(0, SEGMENT_BYTES, ticks).build();
    TrackRow track =
        new TrackRow(
            1,
            TIMESCALE,
            start.getEpochSecond() * TIMESCALE,
            0,
            "3ddf1230",
            "avc1.42C028",
            1920,
            1080,
            fragments);
    return new SegmentRow(
        1,
        RUN,
        0,
        sequence,
        SegmentName.completePath(start, RUN, sequence),
        SEGMENT_BYTES,
        sequence > 0,
        false,
        List.of(track));
  }

  /** Returns the requests of the hour. */
  List<String> of(List<String> log) {
    return log.subList(number(log, asset() + "-begins") + 1, number(log, end()));
  }

  private static int number(List<String> log, String part) {
    int number = 0;
    while (!log.get(number).contains(part)) {
      number++;
    }
    return number;
  }

  /**
   * Compares the table of a page: segments, rows, others, all of them, reads, and the price of all
   * for a month.
   *
   * @param pricedRequests how many requests the prices in the titles are for
   */
  static void checkPage(String page, int pricedRequests, Counting counting) throws Exception {
    List<List<String>> table = table(page);
    List<BigDecimal> prices =
        table.get(0).stream()
            .flatMap(title -> PRICE.matcher(title).results())
            .map(price -> new BigDecimal(price.group()))
            .toList();
    assertThat(prices).isNotEmpty();
    assertThat(table).hasSizeGreaterThan(3);
    for (List<String> line : table.subList(1, table.size())) {
      Duration length = Duration.parse("PT" + line.get(0).replace(" ", ""));
      Requests hour = counting.of(new RecordedHour(length));
      long others = HOURS * hour.others() + RENEWALS;
      long writes = HOURS * (hour.segments() + hour.rows()) + others;
      List<String> expected =
          new ArrayList<>(
              List.of(
                  length.toSeconds() + " s",
                  Long.toString(HOURS * hour.segments()),
                  Long.toString(HOURS * hour.rows()),
                  Long.toString(others),
                  Long.toString(writes),
                  Long.toString(HOURS * hour.reads())));
      prices.forEach(price -> expected.add(monthly(writes, price, pricedRequests)));
      assertThat(line).isEqualTo(expected);
    }
  }

  private static List<List<String>> table(String page) throws IOException {
    try (Stream<String> lines =
        Files.lines(Judges.projectRoot().resolve(page))
            .dropWhile(line -> !line.startsWith("| segment length |"))
            .takeWhile(line -> line.startsWith("|"))) {
      return lines
          .filter(line -> !line.startsWith("|---"))
          .map(line -> List.of(line.substring(1).strip().split(" *\\| *")))
          .toList();
    }
  }

  private static String monthly(long writesPerDay, BigDecimal price, int pricedRequests) {
    return BigDecimal.valueOf(writesPerDay)
        .multiply(DAYS)
        .multiply(price)
        .divide(BigDecimal.valueOf(pricedRequests), 2, RoundingMode.HALF_UP)
        .toPlainString();
  }
}
