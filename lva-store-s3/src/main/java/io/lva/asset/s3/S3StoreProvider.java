package io.lva.asset.s3;

import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetStoreProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens {@code s3:BUCKET[/PREFIX]}. Credentials never come from the URI: the AWS SDK finds them and
 * the region, in this order, in the environment ({@code AWS_ACCESS_KEY_ID}, {@code
 * AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}; {@code AWS_REGION}), in the files {@code
 * ~/.aws/credentials} and {@code ~/.aws/config} ({@code AWS_PROFILE} chooses one of their
 * profiles), and on the host in Amazon's cloud.
 *
 * <p>{@code AWS_ENDPOINT_URL_S3}, or {@code AWS_ENDPOINT_URL}, is the address of another service
 * that speaks the protocol. It finds the bucket in the path of requests; {@code
 * LVA_S3_PATH_STYLE=false} is for one that wants it in the host name.
 *
 * <p>Thread-safe.
 */
public final class S3StoreProvider implements AssetStoreProvider {
  private static final String ENDPOINT = "AWS_ENDPOINT_URL_S3";
  private static final String ENDPOINT_OF_ALL = "AWS_ENDPOINT_URL";
  private static final String REGION = "AWS_REGION";
  private static final String PATH_STYLE = "LVA_S3_PATH_STYLE";

  private final Map<String, String> environment;

  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public S3StoreProvider() {
    this(System.getenv());
  }

  S3StoreProvider(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("s3");
  }

  @Override
  public AssetStore open(URI uri) throws IOException {
    return S3Store.connect(options(uri));
  }

  S3Options options(URI uri) throws IOException {
    String[] parts = path(uri).split("/", 2);
    try {
      S3Options.Builder builder =
          S3Options.builder(parts[0]).prefix(parts.length > 1 ? parts[1] : "");
      Optional<String> endpoint = variable(ENDPOINT).or(() -> variable(ENDPOINT_OF_ALL));
      if (endpoint.isPresent()) {
        builder.endpoint(url(endpoint.get()));
      }
      variable(REGION).ifPresent(builder::region);
      variable(PATH_STYLE).map(Boolean::parseBoolean).ifPresent(builder::pathStyle);
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Parses an address; the text may hold credentials and is not repeated. */
  private static URI url(String text) throws IOException {
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new IOException(ENDPOINT + " is no URL (" + e.getReason() + ")", null);
    }
  }

  /** Accepts {@code s3:bucket/prefix} and {@code s3://bucket/prefix}. */
  private static String path(URI uri) throws IOException {
    if (uri.getRawQuery() != null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IOException(
          "s3:BUCKET[/PREFIX] holds no credentials; set AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY");
    }
    String path = uri.getSchemeSpecificPart().replaceAll("^/+|/+$", "");
    if (path.isEmpty()) {
      throw new IOException("s3: lacks the name of a bucket: s3:BUCKET[/PREFIX]");
    }
    return path;
  }
}
