package io.lva.examples.cli;

import io.lva.asset.AssetReader;
import io.lva.asset.archive.AssetView;
import io.lva.asset.export.AssetExport;
import io.lva.asset.export.AssetExporter;
import io.lva.asset.export.ExportException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.FailureReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a time range of an asset as one MP4 file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a time range of an asset as one MP4 file; gaps are cut.")
final class ExportCommand implements Callable<Integer> {
  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--asset", paramLabel = "NAME", required = true, description = "The asset.")
  private String asset = "";

  @Option(
      names = "--start",
      paramLabel = "TIME",
      required = true,
      description = "First instant, such as 2026-11-22T10:00:00Z.")
  private String start = "";

  @Option(
      names = "--end",
      paramLabel = "TIME",
      required = true,
      description = "First instant that is not shown any more.")
  private String end = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "MP4 file to write.")
  private Path output = Path.of("");

  @Override
  public Integer call() {
    Instant from = instant("--start", start);
    Instant to = instant("--end", end);
    Path target = target();
    checkOutput(target);
    try (AssetStore opened = OpenStore.open(store.uri())) {
      AssetView view = OpenStore.asset(opened, asset);
      try (AssetReader reader = AssetReader.open(view.store(), asset);
          AssetExport export = AssetExporter.export(reader, from, to)) {
        write(export, target);
      }
      return 0;
    } catch (ExportException e) {
      throw new CommandFailure("asset '" + asset + "': " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          "the export failed: " + e.getFile() + " is missing; lva verify --repair notes that", e);
    } catch (IOException e) {
      throw new CommandFailure("the export to " + output + " failed: " + FailureReason.of(e), e);
    }
  }

  /** What the output leads to, if it is a link. */
  private Path target() {
    try {
      return output.toRealPath();
    } catch (IOException e) {
      return output.toAbsolutePath(); // there is none yet, or it is the end of a pipe
    }
  }

  /** A pipe or a device, which is written to and never replaced. */
  private static boolean isStream(Path target) {
    return Files.exists(target) && !Files.isRegularFile(target);
  }

  private void checkOutput(Path target) {
    Path folder = target.getParent();
    if (Files.isDirectory(target)) {
      throw new CommandFailure("--output " + output + " is a folder, not a file");
    }
    if (!isStream(target) && (folder == null || !Files.isWritable(folder))) {
      throw new CommandFailure("--output " + output + ": nothing can be written to its folder");
    }
  }

  /** Writes beside the target and renames, so that there is no half of a file. */
  private static void write(AssetExport export, Path target) throws IOException {
    if (isStream(target)) {
      try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
        export.writeTo(channel, (done, total) -> {});
      }
      return;
    }
    Path unfinished = target.resolveSibling(target.getFileName() + ".part");
    try (Progress progress = Progress.onTerminal();
        FileChannel channel =
            FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      export.writeTo(channel, progress::show);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Instant instant(String option, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new CommandFailure(
          option + " '" + text + "' is not a time: expected for example 2026-11-22T10:00:00Z", e);
    }
  }
}
