package io.lva.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.lva.event.GraphEvent;
import io.lva.extension.image.EncodedImage;
import io.lva.extension.image.FileFormat;
import io.lva.extension.image.ImageWriter;
import io.lva.extension.image.Scale;
import io.lva.graph.ImageScale;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gRPC client against a server with the habits of the published ones. */
class GrpcInferenceTest {
  private static final String SERVICE =
      "microsoft.azure.media.live_video_analytics.extensibility.grpc.v1.MediaGraphExtension";
  private static final long TIME = 1_589_326_389_381_000_000L;
  private static final long TICKS = 143_039_375_044_290L;
  private static final Inference MOTION =
      Inference.of(
          new InferenceValue.Motion(Optional.of(new InferenceValue.Box(0.25, 0.5, 0.125, 1))));

  private final FakeNodeContext context = new FakeNodeContext(1 << 20);
  private final List<GrpcMessage.Received> received = new CopyOnWriteArrayList<>();
  private final List<ServerCall<byte[], byte[]>> calls = new CopyOnWriteArrayList<>();
  private long acknowledgesFrom = 2;
  private Server server;
  private GrpcInferenceClient client;

  @BeforeEach
  void start() throws IOException {
    server = serverAt(0);
    client =
        new GrpcInferenceClient(
            NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build(),
            new Metadata(),
            new GrpcStreamFormat(FileFormat.jpeg(90), "instance", "node", "{}", null),
            context.loop,
            new Troubles("grpc", "127.0.0.1", context));
    client.start();
  }

  private Server serverAt(int port) throws IOException {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName(SERVICE + "/ProcessMediaStream")
            .setRequestMarshaller(new Raw())
            .setResponseMarshaller(new Raw())
            .build();
    return NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .addService(ServerServiceDefinition.builder(SERVICE).addMethod(method, this::serve).build())
        .build()
        .start();
  }

  @AfterEach
  void stop() {
    client.stop();
    server.shutdownNow();
  }

  @Test
  void send_answerWithTheNumber_isTaken() throws Exception {
    CompletableFuture<List<Inference>> sent = send(List.of(MOTION));
    await(sent::isDone);
    assertThat(sent.get()).containsExactly(MOTION);
    GrpcMessage.Received sample = received.get(1);
    assertThat(sample.sequence()).isEqualTo(2);
    assertThat(sample.timestamp()).isEqualTo(TICKS);
    assertThat(sample.inferences()).containsExactly(MOTION);
  }

  @Test
  void send_otherContent_reachesTheService() throws Exception {
    Inference other =
        Inference.of(new InferenceValue.Other(Optional.of("text/plain"), Optional.of("aGVsbG8=")));
    CompletableFuture<List<Inference>> sent = send(List.of(other));
    await(sent::isDone);
    assertThat(received.get(1).inferences()).containsExactly(other);
  }

  @Test
  void send_imagesChangeTheirSize_newStreamWithItsDescriptor() throws Exception {
    CompletableFuture<List<Inference>> first = send(List.of(), image(Scale.NONE, 640, 360));
    await(first::isDone);
    acknowledgesFrom = Long.MAX_VALUE;
    CompletableFuture<List<Inference>> late = send(List.of(), image(Scale.NONE, 640, 360));
    await(() -> received.size() == 3);
    acknowledgesFrom = 2;
    CompletableFuture<List<Inference>> second = send(List.of(), image(Scale.NONE, 320, 180));
    await(second::isDone);
    CompletableFuture<List<Inference>> third = send(List.of(), image(Scale.NONE, 320, 180));
    await(third::isDone);
    assertThat(third.get()).isEmpty();
    assertThat(calls).hasSize(2);
    assertThat(received.stream().map(GrpcMessage.Received::sample))
        .containsExactly(false, true, true, false, true, true);
    assertThatThrownBy(late::get).hasMessageContaining("disconnected");
    assertThat(context.events).singleElement().isInstanceOf(GraphEvent.DataDropped.class);
  }

  @Test
  void send_sharedMemoryFaults_isToldAndTheNextIsTried() throws Exception {
    SharedFrames frames = SharedFrames.create(1 << 20);
    Path file = Path.of("/dev/shm", frames.description().handle());
    client.stop();
    client =
        new GrpcInferenceClient(
            NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build(),
            new Metadata(),
            new GrpcStreamFormat(FileFormat.bmp(), "instance", "node", "{}", frames),
            context.loop,
            new Troubles("grpc", "127.0.0.1", context));
    client.start();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    assertThatThrownBy(send(List.of())::get).hasCauseInstanceOf(InternalError.class);
    assertThat(context.events).singleElement().isInstanceOf(GraphEvent.DataDropped.class);
  }

  @Test
  void send_answersThatLag_areTakenInAnyOrder() throws Exception {
    acknowledgesFrom = Long.MAX_VALUE;
    CompletableFuture<List<Inference>> first = send(List.of());
    await(() -> received.size() == 2);
    CompletableFuture<List<Inference>> second = send(List.of());
    await(() -> received.size() == 3);
    answer(9, 3, 0);
    answer(10, 2, 0);
    await(() -> first.isDone() && second.isDone());
    assertThat(first.get()).isEmpty();
  }

  @Test
  void send_noAcknowledgement_isGivenUpAndTold() throws Exception {
    acknowledgesFrom = Long.MAX_VALUE;
    CompletableFuture<List<Inference>> sent = send(List.of());
    await(() -> received.size() == 2);
    context.loop.advance(GrpcInferenceClient.RECLAIM.toMillis());
    assertThatThrownBy(sent::get).hasMessageContaining("not acknowledged");
    assertThat(context.events).singleElement().isInstanceOf(GraphEvent.ProtocolError.class);
  }

  @Test
  void send_streamEnds_isBegunAnewAfterAPause() throws Exception {
    CompletableFuture<List<Inference>> sent = send(List.of());
    await(sent::isDone);
    calls.get(0).close(Status.INVALID_ARGUMENT.withDescription("no such format"), new Metadata());
    await(() -> !context.events.isEmpty());
    assertThat(client.isReady()).isFalse();
    context.loop.advance(1_000);
    CompletableFuture<List<Inference>> again = send(List.of());
    await(again::isDone);
    assertThat(calls).hasSize(2);
    assertThat(again.get()).isEmpty();
  }

  @Test
  void start_nobodyThere_isToldAndTriedAgain() throws Exception {
    int port = server.getPort();
    client.stop();
    server.shutdownNow().awaitTermination();
    GrpcInferenceClient alone =
        new GrpcInferenceClient(
            NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build(),
            new Metadata(),
            new GrpcStreamFormat(FileFormat.jpeg(90), "instance", "node", "{}", null),
            context.loop,
            new Troubles("grpc", "127.0.0.1", context));
    alone.start();
    await(() -> !context.events.isEmpty());
    assertThat(context.events).singleElement().isInstanceOf(GraphEvent.NetworkError.class);
    assertThat(alone.isReady()).isFalse();
    server = serverAt(port);
    await(
        () -> {
          context.loop.advance(1_000);
          return alone.isReady() && !calls.isEmpty();
        });
    alone.stop();
  }

  @Test
  void create_sharedMemory_isTakenAtOnce() throws Exception {
    try (SharedFrames frames = SharedFrames.create((3 << 20) + 4096)) {
      Process stat =
          new ProcessBuilder("stat", "-c", "%b", "/dev/shm/" + frames.description().handle())
              .redirectErrorStream(true)
              .start();
      String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(Long.parseLong(blocks.strip()) * 512).isEqualTo((3 << 20) + 4096);
    }
  }

  @Test
  void put_sharedMemory_reusesWhatIsReleased() throws Exception {
    try (SharedFrames frames = SharedFrames.create(1 << 20)) {
      byte[] frame = new byte[400 << 10];
      assertThat(frames.put(1, frame)).isZero();
      assertThat(frames.put(2, frame)).isEqualTo(400 << 10);
      assertThat(frames.put(3, frame)).isEqualTo(-1);
      frames.release(1);
      assertThat(frames.put(4, frame)).isZero();
      assertThat(frames.description().lengthBytes()).isEqualTo(1 << 20);
    }
  }

  private CompletableFuture<List<Inference>> send(List<Inference> upstream) throws Exception {
    return send(upstream, image(new Scale(ImageScale.Mode.PAD, 64, 64), 640, 360));
  }

  private CompletableFuture<List<Inference>> send(List<Inference> upstream, EncodedImage image)
      throws Exception {
    await(client::isReady);
    return client.send(image, TIME, upstream).toCompletableFuture();
  }

  private static EncodedImage image(Scale scale, int width, int height) {
    return new ImageWriter(scale, FileFormat.jpeg(90)).write(HttpInferenceTest.grey(width, height));
  }

  private ServerCall.Listener<byte[]> serve(ServerCall<byte[], byte[]> call, Metadata headers) {
    calls.add(call);
    call.request(Integer.MAX_VALUE);
    call.sendHeaders(new Metadata());
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(byte[] message) {
        GrpcMessage.Received read = read(message);
        received.add(read);
        if (!read.sample()) {
          call.sendMessage(message(0, 0, null, List.of())); // as the C# server: all zero
        } else if (read.sequence() >= acknowledgesFrom) {
          call.sendMessage(message(1, read.sequence(), 0L, read.inferences()));
        }
      }
    };
  }

  private void answer(long sequence, long acknowledged, long timestamp) {
    calls.get(0).sendMessage(message(sequence, acknowledged, timestamp, List.of()));
  }

  private static GrpcMessage.Received read(byte[] message) {
    try {
      return GrpcMessage.read(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message of a server; without a timestamp its descriptor. */
  private static byte[] message(
      long sequence, long acknowledged, @Nullable Long timestamp, List<Inference> inferences) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeUInt64(1, sequence);
      out.writeUInt64(2, acknowledged);
      GrpcMessage.message(
          out,
          timestamp == null ? 5 : 6,
          part -> {
            if (timestamp != null) {
              part.writeUInt64(1, timestamp);
            }
            for (Inference inference : inferences) {
              GrpcMessage.message(part, 10, fields -> GrpcInference.write(fields, inference));
            }
          });
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      context.loop.runTasks();
      if (System.nanoTime() > end) {
        throw new TimeoutException();
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
