package io.lva.asset.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;

/** The name under which a spool locks its assets in the store. It lasts as long as the spool. */
public final class SpoolOwner {
  private static final String NAME = "owner";
  private static final int LARGEST_BYTES = 64;

  private SpoolOwner() {}

  /**
   * Returns the name of a spool, and generates it if there is none yet.
   *
   * @param spool the folder of all its assets
   * @return a random name
   * @throws IOException when the disk fails
   */
  public static String of(DiskAssetStore spool) throws IOException {
    byte[] known = spool.read(NAME, LARGEST_BYTES).content();
    if (known.length == 0) {
      write(spool, UUID.randomUUID().toString());
      known = spool.read(NAME, LARGEST_BYTES).content();
    }
    return new String(known, US_ASCII);
  }

  private static void write(DiskAssetStore spool, String owner) throws IOException {
    spool.files().makeDirectories(spool.root());
    Path temporary = spool.root().resolve(NAME + "." + owner);
    try (FileHandle file = spool.files().create(temporary)) {
      file.writeFully(ByteBuffer.wrap(owner.getBytes(US_ASCII)));
      file.force();
    }
    if (spool.files().size(spool.root().resolve(NAME)).isEmpty()) {
      spool.files().rename(temporary, spool.root().resolve(NAME));
    } else {
      spool.files().delete(temporary);
    }
    spool.files().syncDirectory(spool.root());
  }
}
