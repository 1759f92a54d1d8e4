package io.lva.asset.archive;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that holds a lock until it is killed. */
public final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    DiskAssetStore store = new DiskAssetStore(Path.of(arguments[0]), FileOps.disk());
    try (AssetWriter lock = store.lock("door", "door", "test")) {
      say(lock.held() ? "locked" : "lost");
      int unused = System.in.read();
    } catch (AssetInUseException e) {
      say("refused");
    }
  }

  private static void say(String word) throws IOException {
    OutputStream out = new java.io.FileOutputStream(java.io.FileDescriptor.out);
    out.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
