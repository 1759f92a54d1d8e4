package io.lva.asset.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.AppendBlobRequestConditions;
import com.azure.storage.blob.models.BlobDownloadContentResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.AppendBlobAppendBlockOptions;
import com.azure.storage.blob.options.AppendBlobCreateOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.ObjectAssetStore;
import io.lva.asset.store.PacedSource;
import io.lva.asset.store.StoreAccessException;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Assets in a container of Azure Blob Storage, under the names they have on a disk.
 *
 * <p>Segments are block blobs, put once and never overwritten; the rows of a day are an append
 * blob. The service checks the MD5 of all content it receives. Small requests are tried four times;
 * a segment is put once, because the uploader repeats it with a back-off of its own.
 *
 * <p>Thread-safe.
 */
public final class AzureBlobStore extends ObjectAssetStore {
  private static final System.Logger LOGGER = System.getLogger(AzureBlobStore.class.getName());
  private static final int MAXIMUM_TRIES = 4;
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration WITHOUT_LIMIT = Duration.ZERO;
  private static final Duration LONGEST_TRY = Duration.ofDays(1);

  /**
   * How long a transfer may stall, as a multiple of the timeout of a small request. After the last
   * piece of a segment is handed over, the operating system still has bytes to send.
   */
  private static final int STALLED_TIMEOUTS = 3;

  /** The metadata key that tells which write created a document. */
  private static final String WRITE = "lvawrite";

  private final AzureBlobOptions options;
  private final BlobContainerClient container;
  private final BlobContainerClient once;
  private final BlobContainerAsyncClient transfers;
  private final BlobFailures failures;
  private volatile boolean checked;

  private AzureBlobStore(AzureBlobOptions options) {
    super(options.clock(), options.lease());
    this.options = options;
    this.failures = new BlobFailures(options.container(), options.clock());
    HttpClient brief = http(options.requestTimeout());
    container =
        service(options, brief, tries(MAXIMUM_TRIES))
            .buildClient()
            .getBlobContainerClient(options.container());
    once =
        service(options, brief, tries(1)).buildClient().getBlobContainerClient(options.container());
    transfers =
        service(options, http(WITHOUT_LIMIT), tries(1))
            .buildAsyncClient()
            .getBlobContainerAsyncClient(options.container());
  }

  /**
   * Makes a client with a time limit for requests, because the library does not enforce the limit
   * in its retry options. The time counts from the start of a request, so transfers have no limit
   * and are watched instead.
   */
  private static HttpClient http(Duration timeout) {
    return new JdkHttpClientBuilder(
            java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1))
        .connectionTimeout(CONNECT_TIMEOUT)
        .writeTimeout(timeout)
        .responseTimeout(timeout)
        .readTimeout(timeout)
        .build();
  }

  private static RequestRetryOptions tries(int count) {
    return new RequestRetryOptions(
        RetryPolicyType.EXPONENTIAL, count, LONGEST_TRY, FIRST_DELAY, LONGEST_DELAY, null);
  }

  /**
   * Connects to a container. The store is opened even if the service cannot be reached: a recorder
   * then writes to its local media cache, and the container is checked again before an asset is
   * locked.
   *
   * @param options the container and how to use it
   * @return the store, to be closed
   * @throws IOException {@link StoreAccessException} when the container does not exist, or the
   *     credentials are malformed or refused; the message says what to do and holds no secret
   */
  public static AzureBlobStore connect(AzureBlobOptions options) throws IOException {
    BlobFailures failures = new BlobFailures(options.container(), options.clock());
    AzureBlobStore store;
    try {
      store = new AzureBlobStore(options);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw failures.unusable(options.credentials(), e);
    }
    try {
      failures.checkAccount(store.container.getAccountUrl());
      store.checkContainer();
    } catch (StoreAccessException e) {
      store.close();
      throw e;
    } catch (IOException e) {
      LOGGER.log(
          System.Logger.Level.WARNING, "{0}: {1}; tried again later", store.uri(), e.getMessage());
    }
    return store;
  }

  private static BlobServiceClientBuilder service(
      AzureBlobOptions options, HttpClient http, RequestRetryOptions retry) {
    BlobServiceClientBuilder builder =
        new BlobServiceClientBuilder().httpClient(http).retryOptions(retry);
    options.serviceVersion().ifPresent(builder::serviceVersion);
    options.credentials().applyTo(builder);
    return builder;
  }

  /**
   * Checks that the container can be listed, which even a shared access signature for the container
   * permits. Tries only once, so that startup does not wait long for a service that is down.
   */
  private void checkContainer() throws IOException {
    try {
      if (options.createContainer()) {
        once.createIfNotExistsWithResponse(null, options.requestTimeout(), Context.NONE);
      }
      ListBlobsOptions one =
          new ListBlobsOptions().setPrefix(options.prefix()).setMaxResultsPerPage(1);
      once.listBlobsByHierarchy("/", one, options.requestTimeout())
          .iterableByPage()
          .iterator()
          .next();
      checked = true;
    } catch (RuntimeException e) {
      throw failures.of("read", "", e);
    }
  }

  @Override
  public AssetWriter lock(String folder, String asset, String owner) throws IOException {
    if (!checked) {
      checkContainer();
    }
    return super.lock(folder, asset, owner);
  }

  @Override
  public URI uri() {
    return URI.create(
        container.getBlobContainerUrl()
            + (options.prefix().isEmpty() ? "" : "/" + options.prefix()));
  }

  @Override
  public Set<StoreFeature> features() {
    return Set.of(StoreFeature.APPEND);
  }

  private String key(String name) {
    return options.prefix() + name;
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    String start = folder.isEmpty() ? options.prefix() : key(folder) + '/';
    List<Entry> entries = new ArrayList<>();
    try {
      ListBlobsOptions below = new ListBlobsOptions().setPrefix(start);
      for (BlobItem item : container.listBlobsByHierarchy("/", below, null)) {
        boolean isFolder = Boolean.TRUE.equals(item.isPrefix());
        String name =
            item.getName().substring(start.length(), item.getName().length() - (isFolder ? 1 : 0));
        entries.add(
            new Entry(name, isFolder, isFolder ? 0 : item.getProperties().getContentLength()));
      }
    } catch (RuntimeException e) {
      throw failures.of("list", folder, e);
    }
    entries.sort(Comparator.comparing(Entry::name));
    return List.copyOf(entries);
  }

  @Override
  public Optional<Long> size(String name) throws IOException {
    try {
      return Optional.of(container.getBlobClient(key(name)).getProperties().getBlobSize());
    } catch (RuntimeException e) {
      if (BlobFailures.isMissing(e)) {
        return Optional.empty();
      }
      throw failures.of("read", name, e);
    }
  }

  @Override
  public StoredFile open(String name) {
    return new BlobFile(container.getBlobClient(key(name)), name, failures);
  }

  @Override
  public StoredDocument read(String name, int largestBytes) throws IOException {
    try {
      BlobDownloadContentResponse response =
          container
              .getBlobClient(key(name))
              .downloadContentWithResponse(
                  null, null, new BlobRange(0, largestBytes + 1L), false, null, Context.NONE);
      byte[] content = response.getValue().toBytes();
      if (content.length > largestBytes) {
        throw new IOException(
            name + " of container " + options.container() + " exceeds " + largestBytes + " bytes");
      }
      return new StoredDocument(content, version(response.getDeserializedHeaders().getETag()));
    } catch (RuntimeException e) {
      if (BlobFailures.isMissing(e)) {
        return StoredDocument.ABSENT;
      }
      if (BlobFailures.isBeyondEnd(e)) {
        return readEmpty(name);
      }
      throw failures.of("read", name, e);
    }
  }

  /** Reads an empty blob, from which no range can be requested. */
  private StoredDocument readEmpty(String name) throws IOException {
    try {
      return new StoredDocument(
          new byte[0], version(container.getBlobClient(key(name)).getProperties().getETag()));
    } catch (RuntimeException e) {
      if (BlobFailures.isMissing(e)) {
        return StoredDocument.ABSENT;
      }
      throw failures.of("read", name, e);
    }
  }

  private static Version version(String entityTag) {
    return new Version(entityTag);
  }

  @Override
  protected boolean putIfAbsent(String name, ByteSource content) throws IOException {
    long size = content.size();
    Transfer transfer = new Transfer(content, size);
    BlockBlobSimpleUploadOptions put =
        new BlockBlobSimpleUploadOptions(transfer.pieces(), size)
            .setContentMd5(Md5.of(PacedSource.unpaced(content), size))
            .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
    Duration patience = options.requestTimeout().multipliedBy(STALLED_TIMEOUTS);
    try {
      transfers
          .getBlobAsyncClient(key(name))
          .getBlockBlobAsyncClient()
          .uploadWithResponse(put)
          .timeout(transfer.stalled(patience))
          .block();
      return true;
    } catch (RuntimeException e) {
      if (BlobFailures.isThere(e)) {
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
    BlobRequestConditions unchanged =
        expected.equals(Version.ABSENT)
            ? new BlobRequestConditions().setIfNoneMatch("*")
            : new BlobRequestConditions().setIfMatch(expected.tag());
    String write = UUID.randomUUID().toString();
    try {
      return Optional.of(
          version(
              container
                  .getBlobClient(key(name))
                  .getBlockBlobClient()
                  .uploadWithResponse(
                      new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(bytes))
                          .setContentMd5(Md5.of(bytes))
                          .setMetadata(Map.of(WRITE, write))
                          .setRequestConditions(unchanged),
                      null,
                      Context.NONE)
                  .getValue()
                  .getETag()));
    } catch (RuntimeException e) {
      if (BlobFailures.isThere(e) || BlobFailures.isMissing(e)) {
        return written(name, write);
      }
      throw failures.of("write", name, e);
    }
  }

  /**
   * Returns the version of a blob if the given write made it. A write that was repeated because its
   * answer was lost thus recognizes its own result.
   */
  private Optional<Version> written(String name, String write) throws IOException {
    try {
      BlobProperties found = container.getBlobClient(key(name)).getProperties();
      return write.equals(found.getMetadata().get(WRITE))
          ? Optional.of(version(found.getETag()))
          : Optional.empty();
    } catch (RuntimeException e) {
      if (BlobFailures.isMissing(e)) {
        return Optional.empty();
      }
      throw failures.of("read", name, e);
    }
  }

  @Override
  protected boolean appendIf(String name, ByteBuffer content, long expectedSize)
      throws IOException {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    AppendBlobClient blob = container.getBlobClient(key(name)).getAppendBlobClient();
    try {
      if (expectedSize == 0) {
        blob.createIfNotExistsWithResponse(new AppendBlobCreateOptions(), null, Context.NONE);
      }
      blob.appendBlockWithResponse(
          new AppendBlobAppendBlockOptions(BinaryData.fromBytes(bytes))
              .setContentMd5(Md5.of(bytes))
              .setRequestConditions(
                  new AppendBlobRequestConditions().setAppendPosition(expectedSize)),
          null,
          Context.NONE);
      return true;
    } catch (RuntimeException e) {
      if (BlobFailures.isOfAnotherType(e)) {
        return appendToReplaced(name, bytes, expectedSize);
      }
      if (BlobFailures.isThere(e) || BlobFailures.isMissing(e)) {
        return false;
      }
      throw failures.of("write", name, e);
    }
  }

  /**
   * Appends to a document that is a block blob because it was once replaced. Rewrites it if it is
   * unchanged.
   */
  private boolean appendToReplaced(String name, byte[] addition, long expectedSize)
      throws IOException {
    if (!size(name).equals(Optional.of(expectedSize))) {
      return false;
    }
    StoredDocument old = read(name, Math.toIntExact(expectedSize));
    if (old.content().length != expectedSize) {
      return false;
    }
    ByteBuffer all = ByteBuffer.allocate(old.content().length + addition.length);
    all.put(old.content()).put(addition).flip();
    return replaceIf(name, all, old.version()).isPresent();
  }

  @Override
  protected void remove(String name) throws IOException {
    try {
      container.getBlobClient(key(name)).deleteIfExists();
    } catch (RuntimeException e) {
      throw failures.of("delete", name, e);
    }
  }
}
