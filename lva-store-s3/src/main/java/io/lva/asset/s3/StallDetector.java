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
 * Ends a request that stands still: its connection takes no content, or there is no answer. The
 * time that it takes to read the content does not count, because that may wait for its turn. So a
 * connection that takes nothing is told from one that is slow.
 *
 * <p>Thread-safe.
 */
final class StallDetector implements SdkHttpClient {
  private static final int LOOKS = 4;

  private final SdkHttpClient client;
  private final Duration patience;

  /** Discards tasks that come after it is closed: an upload may outlive its store a little. */
  private final ScheduledThreadPoolExecutor looks =
      new ScheduledThreadPoolExecutor(
          1, work -> daemon(work, "lva-s3-stall"), new ThreadPoolExecutor.DiscardPolicy());

  /**
   * Creates a detector.
   *
   * @param client sends the requests; closed with the detector
   * @param patience how long nothing may move
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

  /** One request on its way. */
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
    /** Means nothing while {@link #reading}. */
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

  /** The content, whose reader sends what it has read before it reads on. */
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
