/** Inference extensions: pictures go to services, and their answers become events. */
@org.jspecify.annotations.NullMarked
module io.lva.extension {
  requires transitive io.lva.core;
  requires io.lva.processor;
  requires com.google.protobuf;
  requires io.grpc;
  requires io.grpc.netty;
  requires io.netty.handler;
  requires java.desktop;
  requires java.net.http;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  provides io.lva.spi.NodeProvider with
      io.lva.extension.GrpcExtensionProvider,
      io.lva.extension.HttpExtensionProvider;
}
