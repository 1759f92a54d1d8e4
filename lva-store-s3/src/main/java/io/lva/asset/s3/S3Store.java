package io.lva.asset.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.ObjectAssetStore;
import io.lva.asset.store.PacedSource;
import io.lva.asset.store.StoreAccessException;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.HttpsURLConnection;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Assets in a bucket of Amazon S3, or of a server that speaks its protocol, under the names they
 * have on a disk.
 *
 * <p>Segments are put once and never overwritten. Documents, such as the rows of an hour, are
 * replaced if they are unchanged, because objects cannot grow. The service checks the MD5 of all
 * content it receives. Small requests are tried up to four times. A put of a segment is retried
 * here only when its connection breaks, because the uploader repeats it with its own back-off; it
 * may take any time while bytes move.
 *
 * <p>Thread-safe.
 */
public final class S3Store extends ObjectAssetStore {
  private static final System.Logger LOGGER = System.getLogger(S3Store.class.getName());
  private static final int MAXIMUM_TRIES = 4;
  private static final BackoffStrategy BACK_OFF =
      BackoffStrategy.exponentialDelayHalfJitter(Duration.ofMillis(500), Duration.ofSeconds(2));
  private static final String CONTENT_TYPE = "application/octet-stream";

  /**
   * The read timeout of a document grows with the largest size it may have, but only up to this
   * size.
   */
  private static final int LARGE_DOCUMENT_BYTES = 16 << 20;

  /** A transfer is abandoned when nothing has moved for this many timeouts. */
  private static final int STALLED_TIMEOUTS = 3;

  /**
   * An object that is written to check whether the service honors conditions. It is removed after
   * the check if the credentials permit it.
   */
  private static final String PROBE = "asset.condition";

  private static final Version NO_VERSION = new Version("\"00000000000000000000000000000000\"");

  private final S3Options options;
  private final SdkHttpClient http;
  private final StallDetector stalls;
  private final S3Client documents;
  private final S3Client transfers;
  private final S3Failures failures;
  private volatile boolean conditional;

  private S3Store(S3Options options, Region region, Function<Duration, SdkHttpClient> clients) {
    super(options.clock(), options.lease());
    this.options = options;
    this.http = clients.apply(options.requestTimeout());
    this.failures = new S3Failures(options.bucket());
    Duration patience = options.requestTimeout().multipliedBy(STALLED_TIMEOUTS);
    this.stalls = new StallDetector(clients.apply(patience), patience);
    documents =
        client(
            options,
            region,
            http,
            AwsRetryStrategy.standardRetryStrategy().toBuilder(),
            calls -> calls.apiCallAttemptTimeout(options.requestTimeout()));
    transfers =
        client(
            options,
            region,
            stalls,
            DefaultRetryStrategy.standardStrategyBuilder().useClientDefaults(false),
            calls -> {});
  }

  /**
   * Connects to a bucket. The store is opened even if the service cannot be reached: a recorder
   * then writes to its local media cache.
   *
   * @param options the bucket and how to use it
   * @return the store, to be closed
   * @throws IOException {@link StoreAccessException} when the bucket does not exist or is in
   *     another region, no region is set, the credentials are missing or refused, or the
   *     configuration of the AWS SDK cannot be used; the message says what to do and holds no
   *     secret
   */
  public static S3Store connect(S3Options options) throws IOException {
    return connect(options, S3Store::http);
  }

  private static SdkHttpClient http(Duration socketTimeout) {
    return UrlConnectionHttpClient.create(
        new Connections(
            socketTimeout,
            HttpsURLConnection.getDefaultSSLSocketFactory(),
            ProxyConfiguration.builder().build()));
  }

  /**
   * Connects with clients from a factory, which is told how long to wait for each piece of an
   * answer.
   */
  static S3Store connect(S3Options options, Function<Duration, SdkHttpClient> clients)
      throws IOException {
    S3Failures failures = new S3Failures(options.bucket());
    S3Store store;
    try {
      Region region = region(options, failures);
      options.credentials().resolveCredentials();
      store = new S3Store(options, region, clients);
    } catch (SdkException e) {
      throw failures.noCredentials();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw failures.badConfiguration(e);
    }
    try {
      store.checkBucket();
    } catch (StoreAccessException e) {
      store.close();
      throw e;
    } catch (IOException e) {
      LOGGER.log(
          System.Logger.Level.WARNING, "{0}: {1}; tried again later", store.uri(), e.getMessage());
    }
    return store;
  }

  private static Region region(S3Options options, S3Failures failures) throws IOException {
    Optional<Region> chosen = options.region().map(Region::of);
    if (chosen.isPresent()) {
      return chosen.get();
    }
    if (options.endpoint().isPresent()) {
      return Region.US_EAST_1;
    }
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkClientException e) {
      throw failures.noRegion();
    }
  }

  private static S3Client client(
      S3Options options,
      Region region,
      SdkHttpClient http,
      StandardRetryStrategy.Builder retry,
      Consumer<ClientOverrideConfiguration.Builder> calls) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .region(region)
            .credentialsProvider(options.credentials())
            .forcePathStyle(options.pathStyle())
            // Each put has its MD5, which every service checks; not all know checksums in trailers.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                configuration ->
                    configuration
                        .applyMutation(calls)
                        .retryStrategy(
                            retry
                                .retryOnException(S3Failures::isToBeRepeated)
                                .maxAttempts(MAXIMUM_TRIES)
                                .backoffStrategy(BACK_OFF)
                                .build()));
    options.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /**
   * Checks that the bucket can be listed. Does not retry when the service does not answer, so that
   * startup does not wait long.
   */
  private void checkBucket() throws IOException {
    try {
      transfers.listObjectsV2(
          list ->
              list.bucket(options.bucket())
                  .prefix(options.prefix())
                  .maxKeys(1)
                  .overrideConfiguration(
                      call -> call.apiCallAttemptTimeout(options.requestTimeout())));
    } catch (SdkException e) {
      throw failures.of("read", "", e);
    }
  }

  @Override
  public AssetWriter lock(String folder, String asset, String owner) throws IOException {
    if (!conditional) {
      checkConditions();
      conditional = true;
    }
    return super.lock(folder, asset, owner);
  }

  /**
   * Rejects a service that ignores conditions, because its locks would exclude nobody. Where
   * conditions are honored, only the store that made the probe removes it, so that it does not
   * vanish between two writes of another store.
   */
  private void checkConditions() throws IOException {
    boolean made = putProbe(Version.ABSENT);
    boolean ignored = (made && putProbe(Version.ABSENT)) || putProbe(NO_VERSION);
    if (made || ignored) {
      removeProbe();
    }
    if (ignored) {
      throw failures.noConditions();
    }
  }

  /** Puts content that differs each time, so that no other store mistakes it for its own write. */
  private boolean putProbe(Version expected) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(UUID.randomUUID().toString().getBytes(UTF_8));
    return replaceIf(PROBE, content, expected).isPresent();
  }

  /**
   * Removes the probe. If the credentials do not permit this, it stays and is used again next time.
   */
  private void removeProbe() {
    try {
      remove(PROBE);
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "{0}: {1}", uri(), e.getMessage());
    }
  }

  @Override
  public URI uri() {
    return options.uri();
  }

  private String key(String name) {
    return options.prefix() + name;
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    String start = folder.isEmpty() ? options.prefix() : key(folder) + '/';
    List<Entry> entries = new ArrayList<>();
    try {
      for (ListObjectsV2Response page :
          documents.listObjectsV2Paginator(
              list -> list.bucket(options.bucket()).prefix(start).delimiter("/"))) {
        for (CommonPrefix found : page.commonPrefixes()) {
          String name = found.prefix().substring(start.length(), found.prefix().length() - 1);
          entries.add(new Entry(name, true, 0));
        }
        for (S3Object found : page.contents()) {
          if (!found.key().equals(start)) { // an empty object that consoles make for a folder
            entries.add(new Entry(found.key().substring(start.length()), false, found.size()));
          }
        }
      }
    } catch (SdkException e) {
      throw failures.of("list", folder, e);
    }
    entries.sort(Comparator.comparing(Entry::name));
    return List.copyOf(entries);
  }

  @Override
  public Optional<Long> size(String name) throws IOException {
    try {
      return Optional.of(
          documents
              .headObject(head -> head.bucket(options.bucket()).key(key(name)))
              .contentLength());
    } catch (SdkException e) {
      if (S3Failures.isMissing(e)) {
        return Optional.empty();
      }
      throw failures.of("read", name, e);
    }
  }

  @Override
  public StoredFile open(String name) {
    return new S3File(documents, options, name, failures);
  }

  @Override
  public StoredDocument read(String name, int largestBytes) throws IOException {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(options.bucket())
            .key(key(name))
            .overrideConfiguration(
                o ->
                    o.apiCallAttemptTimeout(
                        options.patience(Math.min(largestBytes, LARGE_DOCUMENT_BYTES))))
            .build();
    Optional<StoredDocument> found;
    try {
      found =
          documents.getObject(
              request,
              (response, body) -> {
                if (response.contentLength() > largestBytes) {
                  body.abort();
                  return Optional.empty();
                }
                byte[] content =
                    ResponseTransformer.<GetObjectResponse>toBytes()
                        .transform(response, body)
                        .asByteArrayUnsafe();
                return Optional.of(new StoredDocument(content, new Version(response.eTag())));
              });
    } catch (SdkException e) {
      if (S3Failures.isMissing(e)) {
        return StoredDocument.ABSENT;
      }
      throw failures.of("read", name, e);
    }
    return found.orElseThrow(
        () ->
            new IOException(
                name + " of bucket " + options.bucket() + " exceeds " + largestBytes + " bytes"));
  }

  @Override
  protected boolean putIfAbsent(String name, ByteSource content) throws IOException {
    long size = content.size();
    PutObjectRequest put =
        put(name)
            .ifNoneMatch("*")
            .contentMD5(md5(new SourceStream(PacedSource.unpaced(content), size)))
            .build();
    try {
      transfers.putObject(
          put,
          RequestBody.fromContentProvider(
              () -> new SourceStream(content, size), size, CONTENT_TYPE));
      return true;
    } catch (SdkException e) {
      if (S3Failures.isThere(e)) {
        return false;
      }
      throw failures.of("write", name, e);
    }
  }

  @Override
  protected Optional<Version> replaceIf(String name, ByteBuffer content, Version expected)
      throws IOException {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    PutObjectRequest.Builder put = put(name).contentMD5(md5(new ByteArrayInputStream(bytes)));
    if (expected.equals(Version.ABSENT)) {
      put.ifNoneMatch("*");
    } else {
      put.ifMatch(expected.tag());
    }
    try {
      return Optional.of(
          new Version(documents.putObject(put.build(), RequestBody.fromBytes(bytes)).eTag()));
    } catch (SdkException e) {
      if (S3Failures.isThere(e) || S3Failures.isMissing(e)) {
        return S3Failures.wasRepeated(e) ? written(name, bytes) : Optional.empty();
      }
      throw failures.of("write", name, e);
    }
  }

  /**
   * Returns the version of an object if it has the given content. A write that was repeated because
   * its answer was lost thus recognizes its own result.
   */
  private Optional<Version> written(String name, byte[] content) throws IOException {
    if (!size(name).equals(Optional.of((long) content.length))) {
      return Optional.empty();
    }
    StoredDocument found = read(name, content.length);
    return found.exists() && Arrays.equals(found.content(), content)
        ? Optional.of(found.version())
        : Optional.empty();
  }

  private PutObjectRequest.Builder put(String name) {
    return PutObjectRequest.builder().bucket(options.bucket()).key(key(name));
  }

  private static String md5(InputStream content) throws IOException {
    try (DigestInputStream digest =
        new DigestInputStream(content, MessageDigest.getInstance("MD5"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return Base64.getEncoder().encodeToString(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  @Override
  protected void remove(String name) throws IOException {
    try {
      documents.deleteObject(delete -> delete.bucket(options.bucket()).key(key(name)));
    } catch (SdkException e) {
      throw failures.of("delete", name, e);
    }
  }

  /** Stops renewing all locks, and closes the connections. */
  @Override
  public void close() throws IOException {
    super.close();
    documents.close();
    transfers.close();
    stalls.close();
    http.close();
  }
}
