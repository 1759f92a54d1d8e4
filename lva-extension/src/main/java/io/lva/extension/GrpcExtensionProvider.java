package io.lva.extension;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.lva.extension.image.ImageWriter;
import io.lva.graph.Credentials;
import io.lva.graph.EndpointUrl;
import io.lva.graph.GrpcDataTransfer;
import io.lva.graph.GrpcExtension;
import io.lva.graph.NodeSpec;
import io.lva.graph.Secret;
import io.lva.graph.TlsEndpoint;
import io.lva.graph.UsernamePasswordCredentials;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import io.lva.spi.NodeStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Creates extensions that speak gRPC.
 *
 * <p>Thread-safe.
 */
public final class GrpcExtensionProvider implements NodeProvider {
  private static final Metadata.Key<String> AUTHENTICATION =
      Metadata.Key.of("x-ms-authentication", Metadata.ASCII_STRING_MARSHALLER);
  private static final long MAXIMUM_MIB = 1024;

  /** Creates the provider; for {@link java.util.ServiceLoader}. */
  public GrpcExtensionProvider() {}

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphGrpcExtension";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof GrpcExtension extension)) {
      throw new IllegalArgumentException("not a gRPC extension: " + spec.type());
    }
    ImageWriter images = ExtensionSettings.images(extension, context);
    Sampling sampling = ExtensionSettings.sampling(extension, context);
    EndpointUrl url = context.resolve(extension.endpoint().url());
    if (url.port().isEmpty() || !"tcp".equalsIgnoreCase(url.scheme())) {
      throw new IllegalArgumentException(
          "endpoint.url: a gRPC extension needs the form tcp://host:port");
    }
    int port = url.port().getAsInt();
    Metadata credentials = credentials(extension.endpoint().credentials(), context);
    GrpcStreamFormat format =
        new GrpcStreamFormat(
            images.format(),
            context.instanceName(),
            context.nodeName(),
            extension.extensionConfiguration().map(context::resolve).orElse(""),
            frames(extension.dataTransfer(), context));
    try {
      GrpcInferenceClient client =
          new GrpcInferenceClient(
              channel(extension, url.host(), port, context),
              credentials,
              format,
              context.loop(),
              new Troubles("grpc", url.host() + ":" + port, context));
      return new ExtensionNode(images, client, sampling, context);
    } catch (RuntimeException | LinkageError e) {
      format.close();
      throw e;
    }
  }

  private static ManagedChannel channel(
      GrpcExtension extension, String host, int port, NodeContext context) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(host, port)
            .maxInboundMessageSize(GrpcInferenceClient.MAXIMUM_MESSAGE);
    if (!(extension.endpoint() instanceof TlsEndpoint tls)) {
      return builder.usePlaintext().build();
    }
    try {
      return builder
          .sslContext(GrpcSslContexts.forClient().trustManager(Trust.of(tls, context)).build())
          .build();
    } catch (SSLException e) {
      throw new NodeStartException("endpoint: TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static Metadata credentials(Optional<Credentials> given, NodeContext context) {
    Metadata metadata = new Metadata();
    if (given.isEmpty()) {
      return metadata;
    }
    if (!(given.get() instanceof UsernamePasswordCredentials pair)) {
      throw new IllegalArgumentException("endpoint.credentials: gRPC takes user and password");
    }
    String password = pair.password().map(context::resolve).map(Secret::reveal).orElse("");
    byte[] text =
        (context.resolve(pair.username()) + ":" + password).getBytes(StandardCharsets.UTF_8);
    metadata.put(AUTHENTICATION, "Basic " + Base64.getEncoder().encodeToString(text));
    return metadata;
  }

  private static @Nullable SharedFrames frames(GrpcDataTransfer transfer, NodeContext context) {
    if (context.resolve(transfer.mode()) == GrpcDataTransfer.Mode.EMBEDDED) {
      return null;
    }
    long mebibytes = transfer.sharedMemorySizeMiB().map(context::resolve).orElse(0L);
    if (mebibytes < 1 || mebibytes > MAXIMUM_MIB) {
      throw new IllegalArgumentException(
          "dataTransfer.sharedMemorySizeMiB is "
              + mebibytes
              + "; it must be between 1 and "
              + MAXIMUM_MIB);
    }
    try {
      return SharedFrames.create((int) (mebibytes << 20));
    } catch (IOException e) {
      throw new NodeStartException(
          "dataTransfer: " + mebibytes + " MiB of shared memory cannot be made: " + e, e);
    }
  }
}
