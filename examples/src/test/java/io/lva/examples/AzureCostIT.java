package io.lva.examples;

import io.lva.asset.azure.AzureBlobOptions;
import io.lva.asset.azure.AzureBlobStore;
import io.lva.asset.azure.AzureCredentials;
import io.lva.examples.RecordedHour.Requests;
import io.lva.testkit.Azurite;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of Azure says what recording costs: the requests of an hour are counted. */
class AzureCostIT {
  private static final int PRICED_REQUESTS = 10_000;

  private static Requests count(Azurite azurite, RecordedHour hour) throws Exception {
    AzureBlobOptions options =
        AzureBlobOptions.builder(
                "videos", AzureCredentials.connectionString(azurite.connectionString()))
            .createContainer(true)
            .build();
    try (AzureBlobStore store = AzureBlobStore.connect(options)) {
      hour.publish(store);
    }
    List<String> log = hour.of(azurite.requestsUpTo(hour.end()));
    List<String> puts = log.stream().filter(line -> line.contains("\"PUT ")).toList();
    long segments = puts.stream().filter(line -> line.contains(".mp4")).count();
    long rows = puts.stream().filter(line -> line.contains("comp=appendblock")).count();
    long listings = log.stream().filter(line -> line.contains("comp=list")).count();
    return new Requests(
        segments,
        rows,
        puts.size() - segments - rows + listings,
        log.size() - puts.size() - listings);
  }

  @Test
  void page_costOfADay_isWhatTheServiceIsAskedFor() throws Exception {
    try (Azurite azurite = Azurite.start()) {
      RecordedHour.checkPage("docs/azure.md", PRICED_REQUESTS, hour -> count(azurite, hour));
    }
  }
}
