package io.lva.asset.archive;

import io.lva.asset.format.AssetDescription;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.OriginBox;
import io.lva.asset.format.Utc;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.spi.Clock;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a folder is the asset that is to be written. It describes a new folder, and
 * updates the description of an old one to the present format.
 *
 * <p>Confined to one thread.
 */
final class AssetOpening {
  private static final Pattern OWN_NAMES =
      Pattern.compile("[0-9]{4}|index|asset\\.lock|asset\\.epoch(\\.tmp)?|asset\\.json(\\.tmp)?");

  private final AssetStore store;
  private final AssetWriter writer;
  private final String name;
  private final String folder;
  private @Nullable AssetDescription description;

  AssetOpening(AssetStore store, AssetWriter writer, String name) {
    this.store = store;
    this.writer = writer;
    this.name = name;
    this.folder = AssetLayout.folderName(name);
  }

  /** Describes the folder; returns true when it was not described before. */
  boolean describe(Clock clock) throws IOException {
    String file = folder + '/' + AssetLayout.ASSET_JSON;
    byte[] document = store.read(file, AssetDescription.LARGEST_BYTES).content();
    if (document.length > 0) {
      AssetDescription known = AssetDescription.parse(document);
      if (!known.name().equals(name)) {
        throw new AssetFormatException(
            "folder " + folder + " belongs to asset " + known.name() + ", not to " + name);
      }
      description = new AssetDescription(OriginBox.FORMAT, name, known.created());
      if (known.format() < OriginBox.FORMAT) {
        write(description);
      }
      return false;
    }
    for (AssetStore.Entry entry : store.list(folder)) {
      if (!OWN_NAMES.matcher(entry.name()).matches()) {
        throw new AssetFormatException(
            "folder " + folder + " holds " + entry.name() + " and is no asset");
      }
    }
    description = new AssetDescription(OriginBox.FORMAT, name, Utc.instant(clock.utcNanos()));
    write(description);
    return true;
  }

  /** Writes the same description again if it was removed during the recording. */
  void describeAgain() throws IOException {
    if (description != null && store.size(folder + '/' + AssetLayout.ASSET_JSON).isEmpty()) {
      write(description);
    }
  }

  private void write(AssetDescription description) throws IOException {
    IndexFiles.overwrite(store, folder, writer, AssetLayout.ASSET_JSON, description.toJson());
  }
}
