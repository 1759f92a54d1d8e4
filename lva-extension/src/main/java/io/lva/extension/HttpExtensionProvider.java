package io.lva.extension;

import io.lva.extension.image.ImageWriter;
import io.lva.graph.Credentials;
import io.lva.graph.EndpointUrl;
import io.lva.graph.HttpExtension;
import io.lva.graph.HttpHeaderCredentials;
import io.lva.graph.NodeSpec;
import io.lva.graph.Secret;
import io.lva.graph.TlsEndpoint;
import io.lva.graph.UsernamePasswordCredentials;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/**
 * Creates extensions that speak HTTP.
 *
 * <p>Thread-safe.
 */
public final class HttpExtensionProvider implements NodeProvider {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Creates the provider; for {@link java.util.ServiceLoader}. */
  public HttpExtensionProvider() {}

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphHttpExtension";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof HttpExtension extension)) {
      throw new IllegalArgumentException("not an HTTP extension: " + spec.type());
    }
    ImageWriter images = ExtensionSettings.images(extension, context);
    EndpointUrl endpoint = context.resolve(extension.endpoint().url());
    URI url = url(endpoint);
    HttpClient.Builder http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    if (extension.endpoint() instanceof TlsEndpoint tls) {
      http.sslContext(Trust.context(Trust.of(tls, context)));
    }
    HttpInference client =
        new HttpInference(
            url,
            images.format().contentType(),
            http.build(),
            authorization(extension.endpoint().credentials(), endpoint, context),
            context.loop(),
            new Troubles("http", url.getAuthority(), context));
    return new ExtensionNode(
        images, client, ExtensionSettings.sampling(extension, context), context);
  }

  private static URI url(EndpointUrl endpoint) {
    URI url = URI.create(EndpointUrl.withoutUserInfo(endpoint.reveal()));
    boolean http =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "endpoint.url: an HTTP extension needs http:// or https:// and a host");
    }
    return url;
  }

  private static HttpAuthorization authorization(
      Optional<Credentials> credentials, EndpointUrl url, NodeContext context) {
    Optional<Credentials> given =
        credentials.or(() -> url.embeddedCredentials().map(Credentials.class::cast));
    if (given.isEmpty()) {
      return HttpAuthorization.none();
    }
    if (given.get() instanceof UsernamePasswordCredentials pair) {
      return HttpAuthorization.of(
          context.resolve(pair.username()),
          pair.password().map(context::resolve).map(Secret::reveal).orElse(""));
    }
    if (given.get() instanceof HttpHeaderCredentials header) {
      return HttpAuthorization.header(
          context.resolve(header.headerName()), context.resolve(header.headerValue()).reveal());
    }
    throw new IllegalArgumentException("endpoint.credentials: unknown to HTTP");
  }
}
