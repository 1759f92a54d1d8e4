package io.lva.asset.s3;

import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * An object that is read by ranges, with one request per range. No request is made before the first
 * read.
 *
 * <p>Thread-safe.
 */
final class S3File implements StoredFile {
  private final S3Client client;
  private final S3Options options;
  private final String name;
  private final S3Failures failures;

  S3File(S3Client client, S3Options options, String name, S3Failures failures) {
    this.client = client;
    this.options = options;
    this.name = name;
    this.failures = failures;
  }

  @Override
  public long size() throws IOException {
    try {
      return client
          .headObject(head -> head.bucket(options.bucket()).key(options.prefix() + name))
          .contentLength();
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    int wanted = target.remaining();
    if (wanted == 0) {
      return 0;
    }
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(options.bucket())
            .key(options.prefix() + name)
            .range("bytes=" + position + '-' + (position + wanted - 1))
            .overrideConfiguration(o -> o.apiCallAttemptTimeout(options.patience(wanted)))
            .build();
    try {
      int count = client.getObject(request, (response, body) -> fill(target.duplicate(), body));
      target.position(target.position() + count);
      return count;
    } catch (SdkException e) {
      if (S3Failures.isBeyondEnd(e)) {
        return -1;
      }
      throw failure(e);
    }
  }

  /** Reads as much of the answer as fits. An answer that breaks off is requested again. */
  private static int fill(ByteBuffer target, InputStream body) {
    int before = target.position();
    try (ReadableByteChannel bytes = Channels.newChannel(body)) {
      while (target.hasRemaining() && bytes.read(target) >= 0) {
        // until the end of the answer
      }
    } catch (IOException e) {
      throw RetryableException.create("the answer breaks off", e);
    }
    return target.position() - before;
  }

  private IOException failure(SdkException e) {
    return S3Failures.isMissing(e) ? new NoSuchFileException(name) : failures.of("read", name, e);
  }

  @Override
  public void close() {
    // no connection is held between requests
  }
}
