package io.lva.extension;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.lva.extension.image.EncodedImage;
import io.lva.media.Inference;
import io.lva.spi.MediaLoop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A service that speaks gRPC: one stream, on which images go out and answers come back, in whatever
 * order and however late. An image that is not acknowledged is given up after a while. A new stream
 * is opened whenever the old one ends or the size of the images changes.
 *
 * <p>Confined to its media loop.
 */
final class GrpcInferenceClient implements InferenceClient {
  /** How long an image waits for its acknowledgment before it is given up. */
  static final Duration RECLAIM = Duration.ofSeconds(10);

  /** Size in bytes of the largest message that is read. */
  static final int MAXIMUM_MESSAGE = 4 << 20;

  private static final int MAXIMUM_OUTSTANDING = 16;
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final MethodDescriptor<byte[], byte[]> METHOD =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(
              "microsoft.azure.media.live_video_analytics.extensibility.grpc.v1.MediaGraphExtension"
                  + "/ProcessMediaStream")
          .setRequestMarshaller(new BytesMarshaller())
          .setResponseMarshaller(new BytesMarshaller())
          .build();

  private final ManagedChannel channel;
  private final Metadata credentials;
  private final GrpcStreamFormat format;
  private final MediaLoop loop;
  private final Troubles troubles;
  private final Map<Long, Outstanding> outstanding = new LinkedHashMap<>();
  private @Nullable ClientCall<byte[], byte[]> call;
  private Duration pause = SHORTEST_PAUSE;
  private MediaLoop.Timer retry = () -> {};
  private long sequence;

  /** What the descriptor of the stream says; null before it is sent. */
  private @Nullable Shape described;

  private boolean welcomed;
  private boolean stopped;

  /** What the images of one stream have in common. */
  private record Shape(int width, int height, int stride) {
    static Shape of(EncodedImage image) {
      return new Shape(image.placement().width(), image.placement().height(), image.stride());
    }
  }

  private record Outstanding(
      long timestamp, MediaLoop.Timer reclaim, CompletableFuture<List<Inference>> result) {}

  /**
   * Creates a client that is not connected.
   *
   * @param channel to the service; it is shut down with this client
   * @param credentials sent with each stream
   * @param format describes images and stores them
   */
  GrpcInferenceClient(
      ManagedChannel channel,
      Metadata credentials,
      GrpcStreamFormat format,
      MediaLoop loop,
      Troubles troubles) {
    this.channel = channel;
    this.credentials = credentials;
    this.format = format;
    this.loop = loop;
    this.troubles = troubles;
  }

  @Override
  public void start() {
    connect();
  }

  /** Also returns true before the descriptor is sent, which needs the size of the first image. */
  @Override
  public boolean isReady() {
    ClientCall<byte[], byte[]> some = call;
    return some != null
        && (described == null || (welcomed && some.isReady()))
        && outstanding.size() < MAXIMUM_OUTSTANDING;
  }

  @Override
  public CompletionStage<List<Inference>> send(
      EncodedImage image, long utcNanos, List<Inference> upstream) {
    ClientCall<byte[], byte[]> some = call;
    if (some == null) {
      return CompletableFuture.failedStage(new IOException("not connected"));
    }
    Shape shape = Shape.of(image);
    if (described != null && !described.equals(shape)) {
      some = restarted(some);
    }
    if (described == null) {
      described = shape;
      some.sendMessage(format.descriptor(image));
    }
    long number = ++sequence;
    GrpcMessage.Fields content;
    try {
      content = format.content(number, image);
    } catch (RuntimeException | Error e) { // as a fault of the memory that is shared
      troubles.dropped("a picture cannot be handed over: " + e);
      return CompletableFuture.failedStage(e);
    }
    if (content == null) {
      troubles.dropped("the shared memory is full, pictures are dropped");
      return CompletableFuture.failedStage(new IOException("the shared memory is full"));
    }
    long timestamp = utcNanos / 100_000 * 9 + utcNanos % 100_000 * 9 / 100_000;
    CompletableFuture<List<Inference>> result = new CompletableFuture<>();
    MediaLoop.Timer reclaim = loop.schedule(RECLAIM, () -> reclaim(number));
    outstanding.put(number, new Outstanding(timestamp, reclaim, result));
    some.sendMessage(GrpcMessage.sample(number, timestamp, content, upstream));
    return result;
  }

  private void connect() {
    if (!stopped) {
      call = opened();
    }
  }

  /** Begins another stream, because the descriptor of a stream cannot be changed. */
  private ClientCall<byte[], byte[]> restarted(ClientCall<byte[], byte[]> before) {
    if (!outstanding.isEmpty()) {
      troubles.dropped(
          "the size of the pictures has changed, those that wait for an answer are given up");
    }
    before.cancel("the size of the pictures has changed", null);
    giveUpAll();
    ClientCall<byte[], byte[]> next = opened();
    call = next;
    return next;
  }

  private ClientCall<byte[], byte[]> opened() {
    sequence = 1; // of the descriptor
    described = null;
    welcomed = false;
    channel.resetConnectBackoff(); // the pause between two attempts is this client's
    ClientCall<byte[], byte[]> next = channel.newCall(METHOD, CallOptions.DEFAULT);
    next.start(new Listener(next), credentials);
    next.request(Integer.MAX_VALUE);
    return next;
  }

  private void received(ClientCall<byte[], byte[]> from, byte[] message) {
    if (from != call) {
      return;
    }
    try {
      GrpcMessage.Received answer = GrpcMessage.read(message);
      welcomed = true;
      pause = SHORTEST_PAUSE;
      if (answer.sample()) {
        answered(answer);
      }
    } catch (IOException e) {
      troubles.protocol("invalidMessage", "the service sends what is no message: " + e);
    }
  }

  /**
   * Completes the picture that an answer belongs to. Some services identify the picture by its
   * number, some only by its time, and some by neither.
   */
  private void answered(GrpcMessage.Received answer) {
    Outstanding found = outstanding.get(answer.acknowledged());
    long number = answer.acknowledged();
    if (found == null && answer.timestamp() != 0) {
      for (Map.Entry<Long, Outstanding> entry : outstanding.entrySet()) {
        if (entry.getValue().timestamp() == answer.timestamp()) {
          number = entry.getKey();
          found = entry.getValue();
        }
      }
    }
    if (found == null) {
      troubles.protocol("unknownAnswer", "an answer belongs to no picture that waits for one");
      return;
    }
    outstanding.remove(number);
    found.reclaim().cancel();
    format.release(number);
    found.result().complete(answer.inferences());
  }

  private void reclaim(long number) {
    Outstanding late = outstanding.remove(number);
    if (late != null) {
      format.release(number);
      troubles.protocol("noAcknowledgement", "a picture was not acknowledged within 10 s");
      late.result().completeExceptionally(new IOException("not acknowledged"));
    }
  }

  private void closed(ClientCall<byte[], byte[]> from, Status status) {
    if (from != call || stopped) {
      return;
    }
    call = null;
    giveUpAll();
    String code = status.getCode().name();
    String reason = "the stream has ended: " + code + " " + status.getDescription();
    if (status.getCode() == Status.Code.UNAVAILABLE) {
      troubles.network(code, reason);
    } else {
      troubles.protocol(code, reason);
    }
    retry = loop.schedule(pause, this::connect);
    pause =
        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
  }

  private void giveUpAll() {
    Iterator<Map.Entry<Long, Outstanding>> left = Map.copyOf(outstanding).entrySet().iterator();
    outstanding.clear();
    left.forEachRemaining(
        entry -> {
          entry.getValue().reclaim().cancel();
          format.release(entry.getKey());
          entry.getValue().result().completeExceptionally(new IOException("disconnected"));
        });
  }

  @Override
  public void stop() {
    stopped = true;
    retry.cancel();
    ClientCall<byte[], byte[]> some = call;
    call = null;
    if (some != null) {
      some.cancel("the graph stops", null);
    }
    giveUpAll();
    channel.shutdownNow();
    format.close();
  }

  /** Passes the callbacks of gRPC on to the loop. */
  private final class Listener extends ClientCall.Listener<byte[]> {
    private final ClientCall<byte[], byte[]> from;

    Listener(ClientCall<byte[], byte[]> from) {
      this.from = from;
    }

    @Override
    public void onMessage(byte[] message) {
      loop.execute(() -> received(from, message));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      loop.execute(() -> closed(from, status));
    }
  }

  /** Leaves messages as bytes, because they are parsed on the loop. */
  private static final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
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
