package io.lva.asset.azure;

import com.azure.storage.blob.BlobServiceVersion;
import io.lva.spi.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in Azure Blob Storage assets are kept, and the credentials to use.
 *
 * <p>Immutable; {@link #toString} shows no credentials.
 */
public final class AzureBlobOptions {
  /**
   * Names of containers: 3 to 63 lower-case letters, digits and single dashes, or {@code $root}.
   */
  private static final Pattern CONTAINER = Pattern.compile("[a-z0-9](?:-?[a-z0-9]){2,62}|\\$root");

  /** Characters that may separate credentials from the rest of a URL. */
  private static final Pattern SECRET = Pattern.compile("[@:?#=]");

  private static final Duration DEFAULT_LEASE = Duration.ofMinutes(2);
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  private final String container;
  private final String prefix;
  private final AzureCredentials credentials;
  private final boolean createContainer;
  private final @Nullable BlobServiceVersion serviceVersion;
  private final Duration requestTimeout;
  private final Duration lease;
  private final Clock clock;

  private AzureBlobOptions(Builder builder) {
    container = builder.container;
    prefix = builder.prefix;
    credentials = builder.credentials;
    createContainer = builder.createContainer;
    serviceVersion = builder.serviceVersion;
    requestTimeout = builder.requestTimeout;
    lease = builder.lease;
    clock = builder.clock;
  }

  /**
   * Returns options with the defaults.
   *
   * @param container name of the container
   * @param credentials the account and the proof of the right to use it
   * @return the options
   * @throws IllegalArgumentException when the name breaks the rules of the service
   */
  public static AzureBlobOptions of(String container, AzureCredentials credentials) {
    return builder(container, credentials).build();
  }

  /**
   * Begins with the defaults.
   *
   * @param container name of the container
   * @param credentials the account and the proof of the right to use it
   * @return a builder
   * @throws IllegalArgumentException when the name breaks the rules of the service
   */
  public static Builder builder(String container, AzureCredentials credentials) {
    if (!CONTAINER.matcher(container).matches()) {
      throw new IllegalArgumentException(
          shown(container)
              + " is not a valid container name: it must have 3 to 63 lower-case letters, digits"
              + " and single dashes");
    }
    return new Builder(container, credentials);
  }

  /**
   * Returns an invalid name for use in a message. A name that may hold credentials is not repeated.
   */
  private static String shown(String container) {
    return SECRET.matcher(container).find() ? "the given text" : "'" + container + "'";
  }

  String container() {
    return container;
  }

  /** Returns the folder of the assets with a slash at its end, or an empty string. */
  String prefix() {
    return prefix;
  }

  AzureCredentials credentials() {
    return credentials;
  }

  boolean createContainer() {
    return createContainer;
  }

  Optional<BlobServiceVersion> serviceVersion() {
    return Optional.ofNullable(serviceVersion);
  }

  Duration requestTimeout() {
    return requestTimeout;
  }

  Duration lease() {
    return lease;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public String toString() {
    return "azblob:" + container + (prefix.isEmpty() ? "" : "/" + prefix);
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private final String container;
    private final AzureCredentials credentials;
    private String prefix = "";
    private boolean createContainer;
    private @Nullable BlobServiceVersion serviceVersion;
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Duration lease = DEFAULT_LEASE;
    private Clock clock = Clock.system();

    private Builder(String container, AzureCredentials credentials) {
      this.container = container;
      this.credentials = credentials;
    }

    /**
     * Sets the folder of the container that holds the assets.
     *
     * @param folder with {@code /} between its parts; empty for the container itself, which is the
     *     default
     * @return this
     */
    public Builder prefix(String folder) {
      String trimmed = folder.replaceAll("^/+|/+$", "");
      prefix = trimmed.isEmpty() ? "" : trimmed + '/';
      return this;
    }

    /**
     * Sets whether the container is created when it does not exist.
     *
     * @param create true to create it; false by default, so that a misspelled name is an error
     * @return this
     */
    public Builder createContainer(boolean create) {
      createContainer = create;
      return this;
    }

    /**
     * Sets the version of the service's protocol.
     *
     * @param version such as {@code 2025-11-05}, for an emulator or an appliance that does not know
     *     the newest version
     * @return this
     * @throws IllegalArgumentException when the library knows no such version
     */
    public Builder serviceVersion(String version) {
      for (BlobServiceVersion known : BlobServiceVersion.values()) {
        if (known.getVersion().equals(version)) {
          serviceVersion = known;
          return this;
        }
      }
      throw new IllegalArgumentException(
          "service version '"
              + version
              + "' is not known; the newest one is "
              + BlobServiceVersion.getLatest().getVersion());
    }

    /**
     * Sets how long one attempt at a small request may take; there are up to four attempts. A
     * transfer of media may take any time while bytes move. It is abandoned when it stalls for
     * three times this timeout.
     *
     * @param timeout 10 s by default; less than 1 s counts as 1 s
     * @return this
     */
    public Builder requestTimeout(Duration timeout) {
      requestTimeout =
          timeout.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : timeout;
      return this;
    }

    /**
     * Sets how long the lock of a writer that has died keeps others out.
     *
     * @param duration at least 1 s; two minutes by default, because each renewal is a paid request
     * @return this
     * @throws IllegalArgumentException when the duration is shorter than 1 s
     */
    public Builder lease(Duration duration) {
      if (duration.compareTo(SHORTEST_LEASE) < 0) {
        throw new IllegalArgumentException("a lease of " + duration + " is shorter than 1 s");
      }
      lease = duration;
      return this;
    }

    /**
     * Sets the clock that measures leases.
     *
     * @param measures the clock to use; by default, the system clock
     * @return this
     */
    public Builder clock(Clock measures) {
      clock = measures;
      return this;
    }

    /**
     * Creates the options.
     *
     * @return the options, immutable
     */
    public AzureBlobOptions build() {
      return new AzureBlobOptions(this);
    }
  }
}
