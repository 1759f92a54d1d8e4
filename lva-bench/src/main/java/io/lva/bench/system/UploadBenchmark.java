package io.lva.bench.system;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.sun.management.OperatingSystemMXBean;
import io.lva.asset.azure.AzureBlobOptions;
import io.lva.asset.azure.AzureBlobStore;
import io.lva.asset.azure.AzureCredentials;
import io.lva.asset.store.AssetWriter;
import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What does it cost this process to upload segments to Azure, compared with a plain PUT by the
 * JDK's client, with and without the checksum that the service compares?
 *
 * <p>{@code UploadBenchmark SEGMENTS ROUNDS}: uploads segments of 30 s at 4.2 Mbit/s in each way in
 * turn, four at a time as recorders do, to a new container of the account that {@code
 * AZURE_STORAGE_CONNECTION_STRING} names. It prints the CPU time of this process per segment in the
 * best round, not counting an extra first round, and deletes the container.
 */
public final class UploadBenchmark {
  private static final int SEGMENT_BYTES = 15_750_000;
  private static final int THREADS = 4;
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int CREATED = 201;
  private static final int BAD_ARGUMENTS = 2;

  /**
   * Held here, because the log manager loses the settings of loggers that are garbage-collected.
   */
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  private final int segments;
  private final Path file;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** Uploads the segment under a name. */
  private interface Upload {
    void run(String name) throws IOException, InterruptedException;
  }

  private UploadBenchmark(int segments, Path file) {
    this.segments = segments;
    this.file = file;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments as in the description of this class
   * @throws Exception when an upload fails
   */
  public static void main(String[] arguments) throws Exception {
    String account = System.getenv("AZURE_STORAGE_CONNECTION_STRING");
    if (arguments.length != 2 || account == null) {
      System.err.println(
          "usage: UploadBenchmark SEGMENTS ROUNDS, with AZURE_STORAGE_CONNECTION_STRING");
      System.exit(BAD_ARGUMENTS);
      return;
    }
    ROOT_LOGGER.setLevel(Level.SEVERE);
    Path file = Files.createTempFile("lva-bench", ".mp4");
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .connectionString(account)
            .buildClient()
            .createBlobContainer("bench-" + UUID.randomUUID());
    try {
      byte[] media = new byte[SEGMENT_BYTES];
      new Random(1).nextBytes(media);
      Files.write(file, media);
      UploadBenchmark benchmark = new UploadBenchmark(Integer.parseInt(arguments[0]), file);
      benchmark.run(container, account, Integer.parseInt(arguments[1]));
    } finally {
      container.delete();
      Files.delete(file);
    }
  }

  private void run(BlobContainerClient container, String account, int rounds) throws Exception {
    AzureBlobOptions options =
        AzureBlobOptions.of(
            container.getBlobContainerName(), AzureCredentials.connectionString(account));
    HttpClient client = HttpClient.newHttpClient();
    String signature =
        container.generateSas(
            new BlobServiceSasSignatureValues(
                OffsetDateTime.now(ZoneOffset.UTC).plusDays(1),
                BlobContainerSasPermission.parse("cw")));
    try (AzureBlobStore store = AzureBlobStore.connect(options);
        AssetWriter writer = store.lock("bench", "bench", "bench");
        FileChannel channel = FileChannel.open(file)) {
      Map<String, Upload> ways = new TreeMap<>();
      String url = container.getBlobContainerUrl();
      ways.put("plain", name -> put(client, uri(url, name, signature), false));
      ways.put("plain, MD5", name -> put(client, uri(url, name, signature), true));
      ways.put("store", name -> writer.put(name, source(channel)));
      Map<String, Double> best = new TreeMap<>();
      for (int round = 0; round <= rounds; round++) {
        for (Map.Entry<String, Upload> way : ways.entrySet()) {
          double millis = cpuMillis(way.getValue());
          if (round > 0) {
            best.merge(way.getKey(), millis, Math::min);
          }
        }
      }
      best.forEach(
          (way, millis) ->
              System.out.println(
                  String.format(Locale.ROOT, "%-10s %6.1f ms CPU per segment", way, millis)));
    } finally {
      threads.shutdown();
    }
  }

  private static URI uri(String container, String name, String signature) {
    return URI.create(container + '/' + name + '?' + signature);
  }

  /** Uploads all segments, and returns the CPU time of this process per segment. */
  private double cpuMillis(Upload upload) throws InterruptedException, ExecutionException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = system.getProcessCpuTime();
    List<Callable<String>> work = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      String name = UUID.randomUUID() + ".mp4";
      work.add(
          () -> {
            upload.run(name);
            return name;
          });
    }
    for (Future<String> done : threads.invokeAll(work)) {
      done.get();
    }
    return (system.getProcessCpuTime() - before) / 1e6 / segments;
  }

  private void put(HttpClient client, URI blob, boolean checked)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(blob)
            .header("x-ms-blob-type", "BlockBlob")
            .PUT(BodyPublishers.ofFile(file));
    if (checked) {
      request.header("Content-MD5", md5());
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != CREATED) {
      throw new IOException("the service answers " + answer.statusCode());
    }
  }

  private String md5() throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] block = new byte[BLOCK_BYTES];
      for (int count = content.read(block); count > 0; count = content.read(block)) {
        digest.update(block, 0, count);
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static ByteSource source(FileChannel channel) {
    return new ByteSource() {
      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public int read(long position, ByteBuffer target) throws IOException {
        return channel.read(target, position);
      }
    };
  }
}
