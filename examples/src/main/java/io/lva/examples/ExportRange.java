package io.lva.examples;

import io.lva.asset.AssetReader;
import io.lva.asset.export.AssetExporter;
import io.lva.asset.store.AssetStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Writes a time range of an asset as one MP4 file that every player reads. */
public final class ExportRange {
  private ExportRange() {}

  /**
   * Exports the range.
   *
   * @param arguments folder of the recordings, name of the asset, start and end in ISO 8601, output
   *     file, which must not exist
   * @throws IOException when the store or the file fails, the file exists, or the range cannot be
   *     exported, for example because nothing was recorded in it
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    String asset = arguments[1];
    Instant start = Instant.parse(arguments[2]);
    Instant end = Instant.parse(arguments[3]);
    Path file = Path.of(arguments[4]);
    // begin example
    try (var store = AssetStore.open(folder.toUri());
        var reader = AssetReader.open(store, asset);
        var export = AssetExporter.export(reader, start, end);
        var channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      export.writeTo(channel, (written, total) -> {});
      export.ranges().forEach(range -> System.out.println(range.start() + " - " + range.end()));
      for (var gap : reader.gaps(start, end)) {
        System.out.println(
            "missing " + gap.gap().start() + " because of " + gap.gap().causes().get(0).text());
      }
    }
    // end example
  }
}
