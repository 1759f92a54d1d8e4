package io.lva.examples.cli;

import io.lva.asset.Assets;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.FailureReason;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetReport.GapReport;
import io.lva.asset.verify.AssetReportJson;
import io.lva.asset.verify.AssetVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks that the files, index and gaps of the assets in a store are consistent. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks files, index and gaps of all assets; exit code 1 when it finds problems.")
final class VerifyCommand implements Callable<Integer> {
  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--asset", paramLabel = "NAME", description = "Check this asset only.")
  private @Nullable String asset;

  @Option(names = "--repair", description = "Rebuild index and coverage from the files.")
  private boolean repair;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<AssetReport> reports = new ArrayList<>();
    try (ProgressLine progress = ProgressLine.onTerminal();
        AssetStore opened = OpenStore.open(store.uri())) {
      List<String> names =
          asset == null ? Assets.names(opened) : List.of(OpenStore.asset(opened, asset));
      for (String name : names) {
        reports.add(
            repair
                ? AssetVerifier.repair(opened, name, progress::show)
                : AssetVerifier.verify(opened, name, progress::show));
      }
    } catch (AssetInUseException e) {
      throw new CommandFailure(e.getMessage() + ": stop it before a repair", e);
    } catch (IOException e) {
      String what = repair ? "the repair failed: " : "the store cannot be read: ";
      throw new CommandFailure(what + FailureReason.of(e), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(AssetReportJson.toJson(reports));
    } else {
      reports.forEach(report -> summary(report).forEach(out::println));
    }
    return reports.stream().allMatch(report -> report.problems().isEmpty()) ? 0 : Lva.PROBLEMS;
  }

  /** Returns a line about an asset, and one for each of its gaps and problems. */
  static List<String> summary(AssetReport report) {
    List<GapReport> overlaps = report.gaps().stream().filter(VerifyCommand::isOverlap).toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        HumanText.of(report.asset())
            + ": "
            + HumanText.count(report.segments(), "segment")
            + ", "
            + HumanText.count(report.bytes(), "byte")
            + ", "
            + HumanText.count(report.runs().size(), "run")
            + ", "
            + HumanText.count(report.gaps().size() - overlaps.size(), "gap")
            + (overlaps.isEmpty() ? "" : ", " + HumanText.count(overlaps.size(), "overlap"))
            + ", "
            + HumanText.count(report.problems().size(), "problem"));
    report.gaps().forEach(gap -> lines.add(line(gap)));
    report
        .problems()
        .forEach(problem -> lines.add("  problem  " + problem.file() + ": " + problem.what()));
    return lines;
  }

  /**
   * Returns whether a gap is an overlap: a clock was set back, so times occur twice and nothing is
   * missing.
   */
  private static boolean isOverlap(GapReport gap) {
    return !gap.setBack().isZero();
  }

  private static String line(GapReport gap) {
    String causes = CauseText.of(gap.causes());
    return isOverlap(gap)
        ? "  overlap  "
            + HumanText.of(gap.start())
            + " by "
            + HumanText.of(gap.setBack())
            + ", nothing is missing: "
            + causes
        : "  gap      "
            + HumanText.of(gap.start())
            + " - "
            + gap.end().map(HumanText::of).orElse("now")
            + " "
            + causes;
  }
}
