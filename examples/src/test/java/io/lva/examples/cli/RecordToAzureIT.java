package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.lva.asset.AssetReader;
import io.lva.asset.azure.AzureBlobOptions;
import io.lva.asset.azure.AzureBlobStore;
import io.lva.asset.azure.AzureCredentials;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.event.GraphEvent;
import io.lva.examples.judge.BlobProxy;
import io.lva.examples.judge.BlobProxy.Fault;
import io.lva.examples.judge.CloudCommands;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.graph.SourceClock;
import io.lva.media.GapCause;
import io.lva.rtspsim.CameraSimulator;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import io.lva.testkit.Azurite;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records to Azure Blob Storage, as Microsoft's emulator has it. */
class RecordToAzureIT {
  private static final String CONTAINER = "videos";
  private static final String STORE = "azblob:" + CONTAINER + "/site-7";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  private CloudCommands commands(Map<String, String> environment) {
    return new CloudCommands(folder, environment);
  }

  private static Map<String, String> environment(int port) {
    return Map.of(
        "AZURE_STORAGE_CONNECTION_STRING",
        Azurite.connectionString(port),
        "AZURE_STORAGE_CREATE_CONTAINER",
        "true");
  }

  /** The emulator starts only when the recording runs already. */
  @Test
  void record_storeComesLate_isInTheContainerAndNowhereElse() throws IOException {
    Judges.requireNodePackages("azurite");
    int port = Azurite.freePort();
    CloudCommands commands = commands(environment(port));
    try (CameraSimulator camera = CameraSimulator.builder().speed(5).start();
        LvaProcess lva = commands.record(camera.uri("/pattern").toString(), "door", STORE, 5)) {
      lva.awaitOutput("RecordingStarted", PATIENCE);
      try (Azurite azurite = Azurite.start(port)) {
        commands.assertRecorded(lva, azurite.key());
        commands.assertWhole(STORE, "door");
      }
    }
  }

  @Test
  void record_whatAzureRefuses_isSaidInOneLine() throws IOException {
    try (Azurite azurite = Azurite.start()) {
      var container =
          new BlobServiceClientBuilder()
              .connectionString(azurite.connectionString())
              .buildClient()
              .createBlobContainer(CONTAINER);
      String expired =
          container.generateSas(
              new BlobServiceSasSignatureValues(
                  OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1),
                  BlobContainerSasPermission.parse("rlwacd")));
      Map<String, String> account =
          Map.of(
              "AZURE_STORAGE_ENDPOINT",
              azurite.endpoint(),
              "AZURE_STORAGE_ACCOUNT",
              azurite.account());
      String wrong = Base64.getEncoder().encodeToString(new byte[64]);

      List<CloudCommands.Refused> all =
          List.of(
              commands(with(account, "AZURE_STORAGE_KEY", wrong)).refused(STORE, "check key"),
              commands(with(account, "AZURE_STORAGE_SAS_TOKEN", expired))
                  .refused(STORE, "expiry of the signature"),
              commands(with(account, "AZURE_STORAGE_KEY", azurite.key()))
                  .refused("azblob:missing", "container 'missing' does not exist; create it"),
              commands(with(account, "AZURE_STORAGE_KEY", azurite.key()))
                  .refused("azblob:Bad_Name", "'Bad_Name' is not a valid container name"),
              commands(Map.of()).refused(STORE, "set AZURE_STORAGE_CONNECTION_STRING"));
      all.forEach(each -> each.check("sig="));
    }
  }

  private static Map<String, String> with(Map<String, String> others, String name, String value) {
    Map<String, String> all = new HashMap<>(others);
    all.put(name, value);
    return all;
  }

  /** Records a camera that is faster than time, so that there are segments within seconds. */
  private void record(AssetStore store, BlobProxy proxy, int segments, Runnable whenStarted)
      throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    try (CameraSimulator camera = CameraSimulator.builder().speed(40).start();
        MediaRuntime runtime =
            MediaRuntime.builder()
                .option(AssetStore.class, store)
                .onEvent(
                    event -> {
                      if (event.event() instanceof GraphEvent.RecordingStarted) {
                        started.countDown();
                      }
                    })
                .start()) {
      var graph = GraphTopology.builder("ToAzure");
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
      assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      whenStarted.run();
      proxy.await("PUT .*\\.mp4", segments, PATIENCE);
      instance.deactivate(PATIENCE);
    }
    assertThat(Recorded.files(folder, ".mp4")).isEmpty();
    assertThat(Recorded.files(folder, ".part")).isEmpty();
  }

  private static AzureBlobStore store(int port) throws IOException {
    return AzureBlobStore.connect(
        AzureBlobOptions.builder(
                CONTAINER, AzureCredentials.connectionString(Azurite.connectionString(port)))
            .createContainer(true)
            .requestTimeout(Duration.ofSeconds(1))
            .build());
  }

  private static AssetReport verified(Azurite azurite) throws IOException {
    try (AzureBlobStore store = store(URI.create(azurite.endpoint()).getPort());
        AssetReader reader = AssetReader.open(store, "door")) {
      AssetReport report = AssetVerifier.verify(store, "door", hour -> {});
      assertThat(report.problems()).isEmpty();
      assertThat(report.gaps()).allMatch(gap -> gap.causes().equals(List.of(GapCause.OPERATOR)));
      List<TimeRange> ranges = reader.ranges(Instant.EPOCH, Instant.now().plusSeconds(3600));
      assertThat(ranges).hasSize(1);
      return report;
    }
  }

  @Test
  void record_eachRequestFailsOnceInSomeWay_nothingIsLost() throws Exception {
    List<Fault> faults = BlobProxy.FAILURES;
    AtomicInteger next = new AtomicInteger();
    Set<String> failed = ConcurrentHashMap.newKeySet();
    try (Azurite azurite = Azurite.start();
        BlobProxy proxy = BlobProxy.start(URI.create(azurite.endpoint()));
        AzureBlobStore store = store(proxy.port())) {
      record(
          store,
          proxy,
          3,
          () ->
              proxy.plan(
                  request ->
                      failed.add(request)
                          ? faults.get(next.getAndIncrement() % faults.size())
                          : Fault.NONE));
      assertThat(next.get()).isGreaterThanOrEqualTo(faults.size());
      assertThat(verified(azurite).segments()).isGreaterThan(2);
    }
  }

  /** What docs/azure.md says a segment costs. */
  @Test
  void record_withoutFaults_twoWritesPerSegmentAndNoReads() throws Exception {
    try (Azurite azurite = Azurite.start();
        BlobProxy proxy = BlobProxy.start(URI.create(azurite.endpoint()));
        AzureBlobStore store = store(proxy.port())) {
      record(store, proxy, 4, () -> {});
      int segments = verified(azurite).segments();
      List<String> requests = proxy.requests();
      List<Integer> puts = numbers(requests, "PUT .*\\.mp4");
      assertThat(puts).hasSize(segments).hasSizeGreaterThanOrEqualTo(4);
      // Not the last one, which may come after the row of the end.
      List<String> between = requests.subList(puts.get(0), puts.get(segments - 2));
      assertThat(numbers(between, "PUT .*comp=appendblock.*")).hasSize(segments - 2);
      // The first row of a day makes its file, and looks whether somebody else did.
      assertThat(
              numbers(between.subList(puts.get(1) - puts.get(0), between.size()), "(GET|HEAD) .*"))
          .isEmpty();
    }
  }

  private static List<Integer> numbers(List<String> requests, String pattern) {
    return IntStream.range(0, requests.size())
        .filter(i -> requests.get(i).matches(pattern))
        .boxed()
        .toList();
  }
}
