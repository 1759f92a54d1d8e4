package io.lva.examples.cli;

import io.lva.asset.store.FailureReason;
import io.lva.playback.Playback;
import io.lva.playback.http.HttpPlaybackServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Serves what has been recorded, and what is being recorded, until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves the assets of a store as HLS, and a page that plays them.")
final class ServeCommand implements Callable<Integer> {
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private PageOptions page = new PageOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    OpenStore.check(store.uri());
    try (StopSignal signal = StopSignal.install();
        Playback playback = Playback.open(store.uri());
        HttpPlaybackServer server = page.serve(playback)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(PageOptions.url(server));
      out.flush();
      signal.await();
      return 0;
    } catch (IOException e) {
      throw new CommandFailure(
          "asset store " + store.uri() + " cannot be opened: " + FailureReason.of(e), e);
    }
  }
}
