package io.lva.examples.cli;

import io.lva.asset.AssetReader;
import io.lva.asset.export.AssetExport;
import io.lva.asset.export.AssetExporter;
import io.lva.asset.export.ExportException;
import io.lva.asset.export.ExportSound;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.FailureReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a time range of an asset as one MP4 file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a time range of an asset as one MP4 file; gaps are cut out and listed.")
final class ExportCommand implements Callable<Integer> {
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private RangeOptions range = new RangeOptions();

  @Option(names = "--asset", paramLabel = "NAME", required = true, description = "The asset.")
  private String asset = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "MP4 file to write; - is the standard output.")
  private String output = "";

  @Option(
      names = "--flac",
      description = "Write G.711 as FLAC, without loss: browsers play no G.711.")
  private boolean flac;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    range.check();
    ExportTarget target = ExportTarget.of(output, force);
    try (AssetStore opened = OpenStore.open(store.uri())) {
      try (AssetReader reader = AssetReader.open(opened, OpenStore.asset(opened, asset))) {
        TimeRange asked = range.range(reader.span().map(TimeRange::end));
        ExportSound sound = flac ? ExportSound.FLAC : ExportSound.AS_SENT;
        try (AssetExport export = AssetExporter.export(reader, asked.start(), asked.end(), sound)) {
          target.write(export);
          print(new ExportSummary(asked, export.ranges(), reader.gaps(asked.start(), asked.end())));
        }
      }
      return 0;
    } catch (ExportTarget.ReaderGoneException e) {
      if (ExportTarget.isStandardOutput(output)) {
        return 0; // head, say, has seen what it wanted
      }
      throw new CommandFailure("the program that reads " + output + " ended before the export", e);
    } catch (ExportException e) {
      throw new CommandFailure("asset '" + asset + "': " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          "the export failed: " + e.getFile() + " is missing; lva verify --repair notes that", e);
    } catch (IOException e) {
      throw new CommandFailure("the export to " + output + " failed: " + FailureReason.of(e), e);
    }
  }

  /**
   * Prints the summary to the standard output, or to the standard error stream when the file itself
   * goes to the standard output.
   */
  private void print(ExportSummary summary) {
    PrintWriter out =
        ExportTarget.isStandardOutput(output)
            ? spec.commandLine().getErr()
            : spec.commandLine().getOut();
    summary.lines(output).forEach(out::println);
    out.flush();
  }
}
