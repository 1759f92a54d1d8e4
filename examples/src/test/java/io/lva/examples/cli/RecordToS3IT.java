package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.s3.S3Options;
import io.lva.asset.s3.S3Store;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.examples.judge.CloudCommands;
import io.lva.examples.judge.LvaProcess;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.graph.SourceClock;
import io.lva.rtspsim.CameraSimulator;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Records to S3, as Adobe's S3Mock has it. */
class RecordToS3IT {
  private static final String STORE = "s3:videos/site-7";
  private static final String SEGMENT = "access 200 PUT /videos/counted/door/.*[.]mp4 .*";
  private static final int SEGMENTS = 4;
  private static final String ROWS = "access 200 PUT /videos/counted/door/index/.*[.]jsonl .*";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static S3Server server;

  @TempDir private Path folder;

  @BeforeAll
  static void startServer() throws IOException {
    server = S3Server.mock("videos");
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static Map<String, String> credentials() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", S3Server.keyId(), "AWS_SECRET_ACCESS_KEY", S3Server.secret());
  }

  /** The command line with nothing but these credentials. */
  private CloudCommands commands(Map<String, String> credentials) {
    Map<String, String> environment = new HashMap<>(credentials);
    environment.put("AWS_ENDPOINT_URL_S3", server.endpoint().toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
    environment.put("AWS_CONFIG_FILE", folder.resolve("none").toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    return new CloudCommands(folder, environment);
  }

  @Test
  void record_camera_isInTheBucketAndNowhereElse() throws IOException {
    CloudCommands commands = commands(credentials());
    try (CameraSimulator camera = CameraSimulator.builder().speed(5).start();
        LvaProcess lva = commands.record(camera.uri("/pattern").toString(), "door", STORE, 2)) {
      commands.assertRecorded(lva, S3Server.secret());
    }
    commands.assertWhole(STORE, "door");
  }

  @Test
  void record_whatS3Refuses_isSaidInOneLine() {
    String secret = S3Server.secret();
    CloudCommands commands = commands(credentials());
    List<CloudCommands.Refused> all =
        List.of(
            commands.refused(
                "s3:no-such-bucket", "bucket 'no-such-bucket' does not exist; create it"),
            commands(Map.of())
                .refused(STORE, "no credentials for bucket 'videos': set AWS_ACCESS_KEY_ID"),
            commands.refused(
                "s3:key:" + secret + "@videos",
                "s3:BUCKET[/PREFIX] holds no credentials; set AWS_ACCESS_KEY_ID"));
    all.forEach(each -> each.check(secret));
  }

  /** What docs/s3.md says a segment costs. */
  @Test
  void record_eachSegment_costsTwoPutsAndNoReads() throws Exception {
    int segments;
    try (AssetStore store =
        S3Store.connect(
            S3Options.builder("videos")
                .prefix("counted")
                .endpoint(server.endpoint())
                .credentials(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.keyId(), S3Server.secret())))
                .build())) {
      record(store);
      AssetReport report = AssetVerifier.verify(store, "door", hour -> {});
      assertThat(report.problems()).isEmpty();
      segments = report.segments();
    }
    assertThat(segments).isGreaterThanOrEqualTo(SEGMENTS);
    List<String> requests = server.requestsUntil(SEGMENT, segments);
    List<Integer> puts =
        IntStream.range(0, requests.size())
            .filter(i -> requests.get(i).matches(SEGMENT))
            .boxed()
            .toList();
    assertThat(puts).hasSize(segments);
    // Not the first one, which looks for an index, nor the last one, after the row of the end.
    List<String> between = new ArrayList<>(requests.subList(puts.get(1), puts.get(3)));
    between.removeIf(line -> line.contains("/asset.lock ")); // renewed by time, not by segment
    assertThat(between).filteredOn(line -> line.matches(SEGMENT)).hasSize(2);
    assertThat(between).filteredOn(line -> line.matches(ROWS)).hasSize(2);
    // When an hour begins, its rows are looked for once.
    assertThat(between)
        .filteredOn(line -> !line.matches(SEGMENT) && !line.matches(ROWS))
        .allMatch(line -> line.matches("access 404 GET /videos/counted/door/index/.*jsonl .*"))
        .doesNotHaveDuplicates();
  }

  /** Records a camera that is faster than time, so that there are segments within seconds. */
  private void record(AssetStore store) throws Exception {
    try (CameraSimulator camera = CameraSimulator.builder().speed(40).start();
        MediaRuntime runtime = MediaRuntime.builder().option(AssetStore.class, store).start()) {
      var graph = GraphTopology.builder("ToS3");
      graph
          .source(
              "camera", RtspSource.at(camera.uri("/pattern").toString()).clock(SourceClock.CAMERA))
          .video()
          .to(
              "sink",
              AssetSink.named("door")
                  .segmentLength(Duration.ofSeconds(30))
                  .localCache(folder.toString(), 500));
      GraphInstance instance = runtime.instance("camera", graph.build(), values -> {});
      instance.activate();
      server.requestsUntil(SEGMENT, SEGMENTS);
      instance.deactivate(PATIENCE);
    }
  }
}
