package io.lva.asset.s3;

import io.lva.spi.Clock;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The bucket that keeps assets, its service, and the credentials to use.
 *
 * <p>Immutable; {@link #toString} shows no credentials.
 */
public final class S3Options {
  /** Names of buckets: 3 to 63 lower-case letters, digits, dashes and single dots. */
  private static final Pattern BUCKET =
      Pattern.compile("(?=.{3,63}$)[a-z0-9](?:[a-z0-9-]|\\.(?!\\.))*[a-z0-9]");

  /** Characters that may separate credentials from the rest of a URL. */
  private static final Pattern SECRET = Pattern.compile("[@:?#=]");

  private static final Pattern ADDRESS = Pattern.compile("\\d+(?:\\.\\d+){3}");
  private static final Duration DEFAULT_LEASE = Duration.ofMinutes(2);
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

  /**
   * The slowest answer to wait for. With the default timeout, 4 MiB may take almost a minute and a
   * half.
   */
  private static final long SLOWEST_BYTES_PER_SECOND = 56_000;

  private final String bucket;
  private final String prefix;
  private final AwsCredentialsProvider credentials;
  private final @Nullable String region;
  private final @Nullable URI endpoint;
  private final boolean pathStyle;
  private final Duration requestTimeout;
  private final Duration lease;
  private final Clock clock;

  private S3Options(Builder builder) {
    bucket = builder.bucket;
    prefix = builder.prefix;
    credentials = builder.credentials;
    region = builder.region;
    endpoint = builder.endpoint;
    pathStyle = builder.pathStyle;
    requestTimeout = builder.requestTimeout;
    lease = builder.lease;
    clock = builder.clock;
  }

  /**
   * Begins with the defaults: Amazon S3, with the region and the credentials that the AWS SDK finds
   * in the environment, in the files {@code ~/.aws/config} and {@code ~/.aws/credentials}, or on
   * the host.
   *
   * @param bucket name of the bucket, which must exist
   * @return a builder
   * @throws IllegalArgumentException when the name breaks the rules of the service
   */
  public static Builder builder(String bucket) {
    if (!BUCKET.matcher(bucket).matches() || ADDRESS.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          shown(bucket)
              + " is not a valid bucket name: it must have 3 to 63 lower-case letters, digits,"
              + " dashes and single dots, begin and end with a letter or digit, and not be an IP"
              + " address");
    }
    return new Builder(bucket);
  }

  /**
   * Returns an invalid name for use in a message. A name that may hold credentials is not repeated.
   */
  private static String shown(String bucket) {
    return SECRET.matcher(bucket).find() ? "the given text" : "'" + bucket + "'";
  }

  String bucket() {
    return bucket;
  }

  /** Returns the folder of the assets with a slash at its end, or an empty string. */
  String prefix() {
    return prefix;
  }

  AwsCredentialsProvider credentials() {
    return credentials;
  }

  Optional<String> region() {
    return Optional.ofNullable(region);
  }

  Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  boolean pathStyle() {
    return pathStyle;
  }

  Duration requestTimeout() {
    return requestTimeout;
  }

  /** Returns how long one attempt to read the given number of bytes may take. */
  Duration patience(long bytes) {
    return requestTimeout.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
  }

  Duration lease() {
    return lease;
  }

  Clock clock() {
    return clock;
  }

  /**
   * Returns where the assets are: below the endpoint or, without an endpoint, in the bucket, whose
   * name is globally unique.
   */
  URI uri() {
    try {
      return endpoint == null
          ? new URI("s3", bucket, '/' + prefix, null, null)
          : new URI(
              endpoint.getScheme(),
              endpoint.getRawAuthority(),
              endpoint.getPath().replaceFirst("/+$", "") + '/' + bucket + '/' + prefix,
              null,
              null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("bucket and endpoint were checked", e);
    }
  }

  @Override
  public String toString() {
    return "s3:" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private final String bucket;
    private String prefix = "";
    private AwsCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    private @Nullable String region;
    private @Nullable URI endpoint;
    private boolean pathStyle;
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Duration lease = DEFAULT_LEASE;
    private Clock clock = Clock.system();

    private Builder(String bucket) {
      this.bucket = bucket;
    }

    /**
     * Sets the folder of the bucket that holds the assets.
     *
     * @param folder with {@code /} between its parts; empty for the bucket itself, which is the
     *     default
     * @return this
     */
    public Builder prefix(String folder) {
      String trimmed = folder.replaceAll("^/+|/+$", "");
      prefix = trimmed.isEmpty() ? "" : trimmed + '/';
      return this;
    }

    /**
     * Sets the credentials for the bucket.
     *
     * @param provider the provider of the credentials, which the store does not close; by default,
     *     the chain of the AWS SDK
     * @return this
     */
    public Builder credentials(AwsCredentialsProvider provider) {
      credentials = provider;
      return this;
    }

    /**
     * Sets the region of the bucket.
     *
     * @param name such as {@code eu-central-1}; by default, the region that the AWS SDK finds, or
     *     {@code us-east-1} if an endpoint is set
     * @return this
     */
    public Builder region(String name) {
      region = name;
      return this;
    }

    /**
     * Sets the address of a service other than Amazon's, or of a private endpoint of Amazon's. The
     * bucket is then named in the path, as most of these services demand; to change this, call
     * {@link #pathStyle} after this method.
     *
     * @param url {@code http://HOST[:PORT]} or {@code https://HOST[:PORT]}
     * @return this
     * @throws IllegalArgumentException when the URL has another form or holds credentials
     */
    public Builder endpoint(URI url) {
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (!web || url.getHost() == null || url.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "the endpoint of S3 must be http://HOST[:PORT] or https://HOST[:PORT], without"
                + " credentials");
      }
      endpoint = url;
      pathStyle = true;
      return this;
    }

    /**
     * Sets where requests name the bucket.
     *
     * @param inPath true for the path, false for the host name; by default, true with an {@link
     *     #endpoint} and false without one
     * @return this
     */
    public Builder pathStyle(boolean inPath) {
      pathStyle = inPath;
      return this;
    }

    /**
     * Sets how long one attempt at a small request may take; there are up to four attempts. Reading
     * media may take longer, depending on its size. An upload of media may take any time while
     * bytes move. It is abandoned when it stalls for three times this timeout.
     *
     * @param timeout 10 s by default; less than 1 s counts as 1 s
     * @return this
     */
    public Builder requestTimeout(Duration timeout) {
      requestTimeout = timeout.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : timeout;
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
    public S3Options build() {
      return new S3Options(this);
    }
  }
}
