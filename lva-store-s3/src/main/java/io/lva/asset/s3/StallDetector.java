package io.lva.asset.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Ends a stalled request, whose connection takes no content or whose answer does not come. The time
 * needed to read the content does not count, because reading may wait for its turn. This
 * distinguishes a stalled connection from a slow one.
 *
 * <p>Thread-safe.
 */
final class StallDetector implements SdkHttpClient {
  private static final int LOOKS = 4;

  private final SdkHttpClient client;
  private final Duration patience;

  /**
   * Discards tasks that arrive after it is shut down, because an upload may briefly outlive its
   * store.
   */
  private final ScheduledThreadPoolExecutor looks =
      new ScheduledThreadPoolExecutor(
          1, work -> daemon(work, "lva-s3-stall"), new ThreadPoolExecutor.DiscardPolicy());

  /**
   * Creates a detector.
   *
   * @param client sends the requests; closed with the detector
   * @param patience how long a request may stall
   */
  StallDetector(SdkHttpClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
    looks.setRemoveOnCancelPolicy(true);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Progress progress = new Progress();
    HttpExecuteRequest.Builder watched = HttpExecuteRequest.builder();
    watched.request(request.httpRequest());
    request.metricCollector().ifPresent(watched::metricCollector);
    request
        .contentStreamProvider()
        .ifPresent(
            content ->
                watched.contentStreamProvider(() -> new Watched(content.newStream(), progress)));
    return new Attempt(client.prepareRequest(watched.build()), progress);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    looks.shutdownNow();
    client.close();
  }

  /** One request in progress. */
  private final class Attempt implements ExecutableHttpRequest {
    private final ExecutableHttpRequest request;
    private final Progress progress;
    private volatile boolean givenUp;

    Attempt(ExecutableHttpRequest request, Progress progress) {
      this.request = request;
      this.progress = progress;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      progress.moved();
      long period = patience.toNanos() / LOOKS;
      ScheduledFuture<?> look =
          looks.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
      try {
        return request.call();
      } catch (IOException | RuntimeException e) {
        if (givenUp) {
          SocketTimeoutException stalled =
              new SocketTimeoutException("nothing moved for " + patience.toSeconds() + " s");
          stalled.initCause(e);
          throw stalled;
        }
        throw e;
      } finally {
        look.cancel(false);
      }
    }

    private void look() {
      if (!givenUp && progress.isOlderThan(patience)) {
        givenUp = true;
        // Ending a TLS connection waits for its last write; the looks at other requests must not.
        daemon(request::abort, "lva-s3-abort").start();
      }
    }

    @Override
    public void abort() {
      request.abort();
    }
  }

  /** When something moved last. Thread-safe. */
  private static final class Progress {
    /** Meaningless while {@link #reading}. */
    private volatile long movedNanos;

    private volatile boolean reading;

    void moved() {
      movedNanos = System.nanoTime();
      reading = false;
    }

    void reading() {
      reading = true;
    }

    boolean isOlderThan(Duration age) {
      return !reading && System.nanoTime() - movedNanos > age.toNanos();
    }
  }

  /** The content. Its reader sends what it has read before it reads more. */
  private static final class Watched extends FilterInputStream {
    private final Progress progress;

    Watched(InputStream content, Progress progress) {
      super(content);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      progress.reading();
      try {
        return super.read();
      } finally {
        progress.moved();
      }
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      progress.reading();
      try {
        return super.read(target, from, length);
      } finally {
        progress.moved();
      }
    }
  }
}
