package io.lva.asset.azure;

import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetStoreProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code azblob:CONTAINER[/PREFIX]}. Credentials come from the environment, never from the
 * URI:
 *
 * <ul>
 *   <li>{@code AZURE_STORAGE_CONNECTION_STRING}, or {@code AZURE_STORAGE_CONNECTION_STRING_FILE},
 *       which names a file that holds the string;
 *   <li>or {@code AZURE_STORAGE_ACCOUNT} with {@code AZURE_STORAGE_KEY} or {@code
 *       AZURE_STORAGE_SAS_TOKEN}. {@code AZURE_STORAGE_ENDPOINT} replaces the address of the public
 *       cloud.
 * </ul>
 *
 * <p>{@code AZURE_STORAGE_SERVICE_VERSION} chooses an older version of the protocol, and {@code
 * AZURE_STORAGE_CREATE_CONTAINER=true} creates the container if it does not exist.
 *
 * <p>Thread-safe.
 */
public final class AzureBlobStoreProvider implements AssetStoreProvider {
  private static final String CONNECTION_STRING = "AZURE_STORAGE_CONNECTION_STRING";
  private static final String CONNECTION_STRING_FILE = "AZURE_STORAGE_CONNECTION_STRING_FILE";
  private static final String ACCOUNT = "AZURE_STORAGE_ACCOUNT";
  private static final String KEY = "AZURE_STORAGE_KEY";
  private static final String SIGNATURE = "AZURE_STORAGE_SAS_TOKEN";
  private static final String ENDPOINT = "AZURE_STORAGE_ENDPOINT";
  private static final String SERVICE_VERSION = "AZURE_STORAGE_SERVICE_VERSION";
  private static final String CREATE_CONTAINER = "AZURE_STORAGE_CREATE_CONTAINER";

  /** Text that may be part of credentials but never of the container or the prefix in a URI. */
  private static final Pattern SECRET = Pattern.compile("[@?]|^/*[^/]*:");

  private final Map<String, String> environment;

  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public AzureBlobStoreProvider() {
    this(System.getenv());
  }

  AzureBlobStoreProvider(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("azblob");
  }

  @Override
  public AssetStore open(URI uri) throws IOException {
    return AzureBlobStore.connect(options(uri));
  }

  AzureBlobOptions options(URI uri) throws IOException {
    String[] parts = path(uri).split("/", 2);
    try {
      AzureBlobOptions.Builder builder =
          AzureBlobOptions.builder(parts[0], credentials())
              .prefix(parts.length > 1 ? parts[1] : "")
              .createContainer(Boolean.parseBoolean(environment.get(CREATE_CONTAINER)));
      String version = environment.get(SERVICE_VERSION);
      if (version != null) {
        builder.serviceVersion(version);
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Accepts {@code azblob:container/prefix} and {@code azblob://container/prefix}. */
  private static String path(URI uri) throws IOException {
    // Of azblob:NAME:KEY@CONTAINER, which is opaque, there is no user, no query, nothing but this
    // part.
    if (SECRET.matcher(uri.getRawSchemeSpecificPart()).find() || uri.getRawFragment() != null) {
      throw new IOException(
          "azblob:CONTAINER[/PREFIX] holds no credentials; set " + CONNECTION_STRING);
    }
    String path = uri.getSchemeSpecificPart().replaceAll("^/+|/+$", "");
    if (path.isEmpty()) {
      throw new IOException("azblob: lacks the name of a container: azblob:CONTAINER[/PREFIX]");
    }
    return path;
  }

  private AzureCredentials credentials() throws IOException {
    String connection = environment.get(CONNECTION_STRING);
    if (connection == null) {
      connection = fromFile(environment.get(CONNECTION_STRING_FILE));
    }
    if (connection != null) {
      return AzureCredentials.connectionString(connection);
    }
    String account = environment.get(ACCOUNT);
    String key = environment.get(KEY);
    String signature = environment.get(SIGNATURE);
    if (account != null && key != null) {
      return AzureCredentials.accountKey(endpoint(account), account, key);
    }
    if (account != null && signature != null) {
      return AzureCredentials.sharedAccessSignature(endpoint(account), signature);
    }
    throw new IOException(
        "no credentials for Azure Blob Storage: set "
            + CONNECTION_STRING
            + ", or "
            + ACCOUNT
            + " with "
            + KEY
            + " or "
            + SIGNATURE);
  }

  private URI endpoint(String account) {
    String endpoint = environment.get(ENDPOINT);
    return URI.create(
        endpoint == null ? "https://" + account + ".blob.core.windows.net" : endpoint);
  }

  private static @Nullable String fromFile(@Nullable String file) throws IOException {
    if (file == null) {
      return null;
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IOException("the connection string cannot be read from " + file, e);
    }
  }
}
