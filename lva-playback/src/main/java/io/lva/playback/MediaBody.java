package io.lva.playback;

import io.lva.asset.store.StoredFile;
import io.lva.playback.http.BodyReader;
import io.lva.playback.http.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Media read from its file while it is sent. The file may be renamed meanwhile.
 *
 * @param file opens the file that holds the media
 * @param pieces of the file
 * @param release gives back what the answer holds
 */
record MediaBody(Opening file, MediaPieces pieces, Runnable release) implements Response.Body {
  private static final System.Logger LOG = System.getLogger(MediaBody.class.getName());

  /** Opens the file under whatever name it has. */
  @FunctionalInterface
  interface Opening {
    StoredFile open() throws IOException;
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(pieces.sizeBytes());
  }

  @Override
  public BodyReader open(long offset, long length) throws IOException {
    return new Reader(file.open(), pieces, offset, length);
  }

  @Override
  public void close() {
    release.run();
  }

  /** Reads a range of the pieces from the open file. */
  private static final class Reader implements BodyReader.Stored {
    private final StoredFile file;
    private final MediaPieces pieces;
    private long at;
    private long left;

    Reader(StoredFile file, MediaPieces pieces, long offset, long length) {
      this.file = file;
      this.pieces = pieces;
      this.at = offset;
      this.left = length;
    }

    @Override
    public int readNow(ByteBuffer buffer) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = pieces.read(file, at, left, buffer);
      at += count;
      left -= count;
      return count;
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a segment was not closed", e);
      }
    }
  }
}
