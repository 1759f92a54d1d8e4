package io.lva.playback;

import io.lva.asset.store.StoredFile;
import java.io.IOException;
import java.io.OutputStream;

/** Media read from its file while it is sent. The file may be renamed meanwhile. */
record MediaBody(Opening file, MediaPieces pieces) implements Response.Body {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final ThreadLocal<byte[]> BUFFER =
      ThreadLocal.withInitial(() -> new byte[BUFFER_BYTES]);

  /** Opens the file, under whichever name it has. */
  @FunctionalInterface
  interface Opening {
    StoredFile open() throws IOException;
  }

  @Override
  public long size() {
    return pieces.sizeBytes();
  }

  @Override
  public void writeTo(OutputStream out, long offset, long length) throws IOException {
    try (StoredFile opened = file.open()) {
      pieces.write(opened, out, offset, length, BUFFER.get());
    }
  }
}
