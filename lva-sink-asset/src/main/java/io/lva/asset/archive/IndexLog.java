package io.lva.asset.archive;

import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;

/**
 * One index file to which lines are appended. If the store cannot append, the file is kept in
 * memory and replaced as a whole.
 *
 * <p>After a failure nothing is assumed. The next call looks at the file again, cuts off an
 * incomplete line, and keeps any lines that arrived after all, since rows may be repeated.
 *
 * <p>Confined to its index.
 */
final class IndexLog {
  private static final int LARGEST_BYTES = 512 << 20;

  private final AssetStore store;
  private final String folder;
  private final AssetWriter writer;
  private final String name;
  private final boolean appends;
  private byte[] content = new byte[0];
  private Version version = Version.ABSENT;
  private long size;
  private boolean known;

  IndexLog(AssetStore store, String folder, AssetWriter writer, String name) throws IOException {
    this.store = store;
    this.folder = folder;
    this.writer = writer;
    this.name = name;
    this.appends = store.features().contains(StoreFeature.APPEND);
    look();
  }

  /** Returns the file, relative to the folder of the asset. */
  String name() {
    return name;
  }

  /** Returns the size of the lines that are in the file. */
  long size() {
    return size;
  }

  private void look() throws IOException {
    if (!appends) {
      StoredDocument document = store.read(folder + '/' + name, LARGEST_BYTES);
      content = document.content();
      version = document.version();
      size = content.length;
    } else {
      cutTornEnd();
    }
    known = true;
  }

  private void cutTornEnd() throws IOException {
    long whole;
    try (StoredFile file = store.open(folder + '/' + name)) {
      size = file.size();
      whole = IndexFiles.wholeLines(file, size);
    } catch (NoSuchFileException e) {
      size = 0;
      return;
    }
    if (whole < size) {
      StoredDocument torn = store.read(folder + '/' + name, LARGEST_BYTES);
      byte[] lines = Arrays.copyOf(torn.content(), (int) whole);
      if (writer.replace(name, ByteBuffer.wrap(lines), torn.version()).isEmpty()) {
        throw changed();
      }
      size = whole;
    }
  }

  private IOException changed() {
    return new IndexChangedException(folder + '/' + name);
  }

  /** Appends complete lines, durably. */
  void append(byte[] lines) throws IOException {
    if (!known) {
      look();
    }
    known = false;
    if (appends) {
      if (!writer.append(name, ByteBuffer.wrap(lines), size)) {
        throw changed();
      }
    } else {
      byte[] all = Arrays.copyOf(content, content.length + lines.length);
      System.arraycopy(lines, 0, all, content.length, lines.length);
      Optional<Version> replaced = writer.replace(name, ByteBuffer.wrap(all), version);
      version = replaced.orElseThrow(this::changed);
      content = all;
    }
    size += lines.length;
    known = true;
  }
}
