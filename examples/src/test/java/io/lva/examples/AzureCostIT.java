package io.lva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.StoredAsset;
import io.lva.asset.azure.AzureBlobOptions;
import io.lva.asset.azure.AzureBlobStore;
import io.lva.asset.azure.AzureCredentials;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import io.lva.testkit.Azurite;
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
import org.junit.jupiter.api.Test;

/** The page of Azure says what recording costs: the requests of an hour are counted. */
class AzureCostIT {
  private static final String CONTAINER = "videos";
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS = 24;
  private static final BigDecimal DAYS = BigDecimal.valueOf(30);
  private static final BigDecimal PRICED_REQUESTS = BigDecimal.valueOf(10_000);
  private static final RunId RUN = new RunId("abcdefgh");
  private static final int TIMESCALE = 90_000;
  private static final int SEGMENT_BYTES = 10;

  /** A lock is renewed every third of the lease of two minutes, in real time. */
  private static final int RENEWALS = 86_400 / 40;

  private static final Pattern PRICE = Pattern.compile("0\\.\\d+");

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

  /** What an hour asks of the service. Listings are priced as writes. */
  private record Requests(long segments, long rows, long others, long listings, long reads) {
    static Requests of(List<String> log) {
      List<String> puts = log.stream().filter(line -> line.contains("\"PUT ")).toList();
      long segments = puts.stream().filter(line -> line.contains(".mp4")).count();
      long rows = puts.stream().filter(line -> line.contains("comp=appendblock")).count();
      long listings = log.stream().filter(line -> line.contains("comp=list")).count();
      return new Requests(
          segments,
          rows,
          puts.size() - segments - rows,
          listings,
          log.size() - puts.size() - listings);
    }
  }

  private static SegmentRow row(Instant start, Duration length, int sequence) {
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

  /** Publishes an hour as an uploader does; the first segment begins the day and is not counted. */
  private static Requests hour(Azurite azurite, Duration length) throws Exception {
    StepClock clock = new StepClock();
    String asset = "camera-" + length.toSeconds();
    AzureBlobOptions options =
        AzureBlobOptions.builder(
                CONTAINER, AzureCredentials.connectionString(azurite.connectionString()))
            .createContainer(true)
            .build();
    try (AzureBlobStore store = AzureBlobStore.connect(options);
        StoredAsset stored = StoredAsset.open(store, asset, "owner", clock)) {
      publish(stored, clock, length, 0);
      store.size(asset + "-begins");
      for (int i = 1; i <= HOUR.dividedBy(length); i++) {
        publish(stored, clock, length, i);
      }
      store.size(asset + "-ends");
    }
    List<String> log = azurite.requestsUpTo(asset + "-ends");
    return Requests.of(
        log.subList(number(log, asset + "-begins") + 1, number(log, asset + "-ends")));
  }

  private static int number(List<String> log, String part) {
    int number = 0;
    while (!log.get(number).contains(part)) {
      number++;
    }
    return number;
  }

  private static void publish(StoredAsset asset, StepClock clock, Duration length, int sequence)
      throws IOException {
    SegmentRow row = row(clock.now(), length, sequence);
    clock.passed = clock.passed.plus(length);
    asset.put(row, ByteSource.of(ByteBuffer.allocate(SEGMENT_BYTES)));
    asset.append(List.of(row));
  }

  private static List<List<String>> table() throws IOException {
    try (Stream<String> lines =
        Files.lines(Judges.projectRoot().resolve("docs/azure.md"))
            .dropWhile(line -> !line.startsWith("| segment length |"))
            .takeWhile(line -> line.startsWith("|"))) {
      return lines
          .filter(line -> !line.startsWith("|---"))
          .map(line -> List.of(line.substring(1).strip().split(" *\\| *")))
          .toList();
    }
  }

  @Test
  void page_costOfADay_isWhatTheServiceIsAskedFor() throws Exception {
    List<List<String>> table = table();
    List<BigDecimal> prices =
        table.get(0).stream()
            .flatMap(title -> PRICE.matcher(title).results())
            .map(price -> new BigDecimal(price.group()))
            .toList();
    assertThat(prices).hasSize(3);
    assertThat(table).hasSizeGreaterThan(3);
    try (Azurite azurite = Azurite.start()) {
      for (List<String> line : table.subList(1, table.size())) {
        Duration length = Duration.parse("PT" + line.get(0).replace(" ", ""));
        Requests hour = hour(azurite, length);
        long others = HOURS * (hour.others() + hour.listings()) + RENEWALS;
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
        prices.forEach(price -> expected.add(monthly(writes, price)));
        assertThat(line).isEqualTo(expected);
      }
    }
  }

  private static String monthly(long writesPerDay, BigDecimal price) {
    return BigDecimal.valueOf(writesPerDay)
        .multiply(DAYS)
        .multiply(price)
        .divide(PRICED_REQUESTS, 2, RoundingMode.HALF_UP)
        .toPlainString();
  }
}
