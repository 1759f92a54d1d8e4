package io.lva.asset.s3;

import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetStoreProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Opens {@code s3:BUCKET[/PREFIX]}. Credentials never come from the URI: the AWS SDK finds them and
 * the region, in this order, in the environment ({@code AWS_ACCESS_KEY_ID}, {@code
 * AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}; {@code AWS_REGION}), in the files {@code
 * ~/.aws/credentials} and {@code ~/.aws/config} ({@code AWS_PROFILE} chooses one of their
 * profiles), and, in Amazon's cloud, on the host.
 *
 * <p>{@code AWS_ENDPOINT_URL_S3}, or {@code AWS_ENDPOINT_URL}, is the address of another service
 * that speaks the protocol. Requests name the bucket in the path; set {@code
 * LVA_S3_PATH_STYLE=false} for a service that expects it in the host name.
 *
 * <p>Thread-safe.
 */
public final class S3StoreProvider implements AssetStoreProvider {
  /** The variables that may hold the endpoint; the first one that is set counts. */
  private static final List<String> ENDPOINTS = List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");

  private static final String REGION = "AWS_REGION";
  private static final String PATH_STYLE = "LVA_S3_PATH_STYLE";

  /** Text that may be part of credentials but never of the bucket or the prefix in a URI. */
  private static final Pattern SECRET = Pattern.compile("[@?]|^/*[^/]*:");

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
      Optional<String> endpoint =
          ENDPOINTS.stream().filter(name -> variable(name).isPresent()).findFirst();
      if (endpoint.isPresent()) {
        builder.endpoint(url(endpoint.get()));
      } else {
        checkNoneIsEmpty();
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

  /** Rejects an empty variable, because the library also takes the address from it and fails. */
  private void checkNoneIsEmpty() throws IOException {
    for (String name : ENDPOINTS) {
      if (environment.containsKey(name)) {
        throw new IOException(name + " is set, but empty: unset it for Amazon S3", null);
      }
    }
  }

  /** Reads an address; its text may hold credentials and is not repeated. */
  private URI url(String variable) throws IOException {
    try {
      return new URI(variable(variable).orElse("").strip());
    } catch (URISyntaxException e) {
      throw new IOException(variable + " is not a URL (" + e.getReason() + ")", null);
    }
  }

  /** Accepts {@code s3:bucket/prefix} and {@code s3://bucket/prefix}. */
  private static String path(URI uri) throws IOException {
    // Of s3:KEY:SECRET@BUCKET, which is opaque, there is no user, no query, nothing but this part.
    if (SECRET.matcher(uri.getRawSchemeSpecificPart()).find() || uri.getRawFragment() != null) {
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
