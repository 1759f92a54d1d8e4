package io.lva.asset.s3;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Sends writes to a judge one after the other, and none while it answers a read. The service checks
 * a condition and writes in one step; S3Mock and S3Proxy do it in two, and both writers of a race
 * may find that the condition holds. Thread-safe.
 */
final class OneAtATime implements SdkHttpClient {
  private final SdkHttpClient client = UrlConnectionHttpClient.create();
  private final ReadWriteLock lock;

  /** Takes the lock that all clients of one judge share. */
  OneAtATime(ReadWriteLock lock) {
    this.lock = lock;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = client.prepareRequest(request);
    SdkHttpMethod method = request.httpRequest().method();
    boolean isRead = method == SdkHttpMethod.GET || method == SdkHttpMethod.HEAD;
    Lock turn = isRead ? lock.readLock() : lock.writeLock();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        turn.lock();
        try {
          return prepared.call();
        } finally {
          turn.unlock();
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
