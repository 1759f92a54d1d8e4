package io.lva.asset.archive;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/** Changes the files of a store behind the back of everybody. */
public final class StoreEdits {
  private StoreEdits() {}

  public static void write(DiskAssetStore store, String name, ByteBuffer content)
      throws IOException {
    delete(store, name);
    append(store, name, content);
  }

  public static void append(DiskAssetStore store, String name, ByteBuffer content)
      throws IOException {
    Path file = store.path(name);
    store.files().makeDirectories(Objects.requireNonNull(file.getParent()));
    try (FileHandle target = store.files().openForAppend(file)) {
      target.writeFully(content);
      target.force();
    }
    store.files().syncDirectory(Objects.requireNonNull(file.getParent()));
  }

  public static void delete(DiskAssetStore store, String name) throws IOException {
    store.files().delete(store.path(name));
  }
}
