package io.lva.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.AssetSummary;
import io.lva.asset.Assets;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.FailureReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the assets of a store, or deletes one. */
@Command(
    name = "assets",
    mixinStandardHelpOptions = true,
    description = "Lists what has been recorded.")
final class AssetsCommand implements Callable<Integer> {
  @Mixin private StoreOption store = new StoreOption();

  @Option(
      names = "--delete",
      paramLabel = "NAME",
      description = "Delete this asset with everything in it.")
  private @Nullable String delete;

  @Option(
      names = "--yes",
      description = "Delete without asking; without a terminal nobody is asked.")
  private boolean yes;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try (AssetStore opened = OpenStore.open(store.uri())) {
      if (delete != null) {
        delete(opened, OpenStore.asset(opened, delete), spec.commandLine().getOut());
      } else {
        print(Assets.list(opened), AssetStates.of(opened));
      }
      return 0;
    } catch (AssetInUseException e) {
      throw new CommandFailure(e.getMessage() + ": stop it first", e);
    } catch (IOException e) {
      throw new CommandFailure("the store failed: " + FailureReason.of(e), e);
    }
  }

  private void delete(AssetStore opened, String name, PrintWriter out) throws IOException {
    AssetSummary asset = Assets.describe(opened, name);
    if (!yes && Terminal.isPresent() && !Terminal.confirms("Delete " + text(asset) + "?")) {
      out.println("Nothing was deleted.");
      return;
    }
    Assets.delete(opened, name);
    out.println("Deleted " + text(asset) + ".");
  }

  private static String text(AssetSummary asset) {
    return String.format(
        Locale.ROOT,
        "asset '%s', %s of media in %.1f MB",
        HumanText.of(asset.name()),
        HumanText.of(asset.recorded()),
        asset.bytes() / 1e6);
  }

  private void print(List<AssetSummary> assets, Map<String, AssetStates.State> states) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode root = JsonOutput.object();
      ArrayNode list = root.putArray("assets");
      assets.forEach(asset -> put(list.addObject(), asset, state(asset, states)));
      out.println(JsonOutput.line(root));
      return;
    }
    if (assets.isEmpty()) {
      out.println(store.uri() + " holds no assets: lva record makes them");
    }
    for (AssetSummary asset : assets) {
      out.printf(
          Locale.ROOT,
          "%-32s %10.1f MB  %12s  %s  %s%n",
          HumanText.of(asset.name()),
          asset.bytes() / 1e6,
          HumanText.of(asset.recorded()),
          asset
              .span()
              .map(span -> HumanText.of(span.start()) + " - " + HumanText.of(span.end()))
              .orElse("empty"),
          state(asset, states).text());
    }
  }

  /**
   * Returns the state of an asset. An asset that no recorder holds is not being recorded, even if
   * playback has not noticed yet: playback takes a few seconds to notice that a recorder is gone.
   */
  private static AssetStates.State state(
      AssetSummary asset, Map<String, AssetStates.State> states) {
    AssetStates.State state = states.getOrDefault(asset.folder(), AssetStates.State.STOPPED);
    return asset.inUse() ? state : state.stopped();
  }

  private static void put(ObjectNode node, AssetSummary asset, AssetStates.State state) {
    node.put("name", asset.name());
    node.put("bytes", asset.bytes());
    node.put("segments", asset.segments());
    JsonOutput.put(node, "start", asset.span().map(span -> HumanText.of(span.start())));
    JsonOutput.put(node, "end", asset.span().map(span -> HumanText.of(span.end())));
    node.put("recordedSeconds", asset.recorded().toMillis() / 1000.0);
    node.put("state", state.name());
    JsonOutput.put(node, "since", state.since().map(HumanText::of));
    ArrayNode causes = node.putArray("causes");
    state.causes().forEach(cause -> causes.add(cause.text()));
  }
}
