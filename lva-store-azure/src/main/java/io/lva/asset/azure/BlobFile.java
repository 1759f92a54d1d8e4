package io.lva.asset.azure;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobRange;
import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/**
 * A blob that is read by ranges, with one request per range. No request is made before the first
 * read.
 *
 * <p>Thread-safe.
 */
final class BlobFile implements StoredFile {
  private final BlobClient blob;
  private final String name;
  private final BlobFailures failures;

  BlobFile(BlobClient blob, String name, BlobFailures failures) {
    this.blob = blob;
    this.name = name;
    this.failures = failures;
  }

  @Override
  public long size() throws IOException {
    try {
      return blob.getProperties().getBlobSize();
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    int before = target.position();
    try {
      BlobDownloadHeaders headers =
          blob.downloadStreamWithResponse(
                  new Filler(target),
                  new BlobRange(position, (long) target.remaining()),
                  null,
                  null,
                  false,
                  null,
                  Context.NONE)
              .getDeserializedHeaders();
      int count = target.position() - before;
      // The emulator answers a range at the very end with no bytes where the service says 416.
      return count == 0 && headers.getContentLength() == 0 ? -1 : count;
    } catch (RuntimeException e) {
      target.position(before);
      if (BlobFailures.isBeyondEnd(e)) {
        return -1;
      }
      throw failure(e);
    }
  }

  private IOException failure(RuntimeException e) {
    return BlobFailures.isMissing(e) ? new NoSuchFileException(name) : failures.of("read", name, e);
  }

  @Override
  public void close() {
    // no connection is held between requests
  }

  /** Writes as much as fits into a buffer. */
  private static final class Filler extends OutputStream {
    private final ByteBuffer target;

    Filler(ByteBuffer target) {
      this.target = target;
    }

    @Override
    public void write(int value) {
      if (target.hasRemaining()) {
        target.put((byte) value);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      target.put(bytes, from, Math.min(length, target.remaining()));
    }
  }
}
