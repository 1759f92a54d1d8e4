package io.lva.examples;

import io.lva.asset.s3.S3Options;
import io.lva.asset.s3.S3Store;
import io.lva.examples.RecordedHour.Requests;
import io.lva.testkit.S3Server;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The page of S3 says what recording costs: the requests of an hour are counted. */
class S3CostIT {
  private static final int PRICED_REQUESTS = 1000;

  private static Requests count(S3Server server, RecordedHour hour) throws Exception {
    S3Options options =
        S3Options.builder("videos")
            .endpoint(server.endpoint())
            .credentials(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.keyId(), S3Server.secret())))
            .build();
    try (S3Store store = S3Store.connect(options)) {
      hour.publish(store);
    }
    List<String> log = hour.of(server.requestsUntil(".*" + hour.end() + " .*", 1));
    List<String> puts = log.stream().filter(line -> line.contains(" PUT ")).toList();
    long segments = puts.stream().filter(line -> line.contains(".mp4 ")).count();
    long rows = puts.stream().filter(line -> line.contains(".jsonl ")).count();
    long listings = log.stream().filter(line -> line.contains("list-type=2")).count();
    return new Requests(
        segments,
        rows,
        puts.size() - segments - rows + listings,
        log.size() - puts.size() - listings);
  }

  @Test
  void page_costOfADay_isWhatTheServiceIsAskedFor() throws Exception {
    try (S3Server server = S3Server.mock("videos")) {
      RecordedHour.checkPage("docs/s3.md", PRICED_REQUESTS, hour -> count(server, hour));
    }
  }
}
