package io.lva.playback.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Sends a body, one buffer after the other. Between a write and its completion it holds a buffer
 * and no thread, however slowly the client reads.
 *
 * <p>Confined to one step at a time, on changing threads.
 */
final class BodyTransfer extends IteratingCallback {
  private static final int BUFFER_BYTES = 32 << 10;

  private final BodyReader reader;
  private final Response out;
  private final HttpMetrics metrics;
  private final Executor threads;
  private final Callback callback;
  private final RetainableByteBuffer buffer;
  private final boolean bounded;
  private long left;
  private boolean sent;

  /**
   * Opens the body.
   *
   * @param threads continue the transfer after a read that had to wait
   * @param callback told when all is sent, or what went wrong
   * @throws IOException when the body cannot be opened; the callback is not called
   */
  BodyTransfer(
      io.lva.playback.http.Response.Body body,
      Response out,
      HttpMetrics metrics,
      Executor threads,
      Callback callback)
      throws IOException {
    this.reader = body.open();
    this.bounded = body.size().isPresent();
    this.left = body.size().orElse(Long.MAX_VALUE);
    this.out = out;
    this.metrics = metrics;
    this.threads = threads;
    this.callback = callback;
    this.buffer = out.getRequest().getComponents().getByteBufferPool().acquire(BUFFER_BYTES, false);
  }

  @Override
  protected Action process() {
    if (sent) {
      return Action.SUCCEEDED;
    }
    ByteBuffer target = buffer.getByteBuffer().clear().limit((int) Math.min(BUFFER_BYTES, left));
    CompletableFuture<Integer> read = reader.read(target).toCompletableFuture();
    CompletableFuture<Void> unused =
        (read.isDone() ? read.thenAccept(this::write) : read.thenAcceptAsync(this::write, threads))
            .exceptionally(
                failure -> {
                  failed(failure);
                  return null;
                });
    return Action.SCHEDULED;
  }

  private void write(int count) {
    if (count < 0 && bounded) {
      failed(new IOException("the body ends " + left + " bytes early"));
      return;
    }
    if (count == 0) {
      succeeded(); // what was awaited has come
      return;
    }
    left -= Math.max(0, count);
    sent = count < 0 || (bounded && left == 0);
    metrics.sent(Math.max(0, count));
    out.write(sent, buffer.getByteBuffer().flip(), this);
  }

  @Override
  protected void onCompleteSuccess() {
    release();
    callback.succeeded();
  }

  @Override
  protected void onCompleteFailure(@Nullable Throwable cause) {
    release();
    callback.failed(cause);
  }

  private void release() {
    buffer.release();
    reader.close();
  }
}
