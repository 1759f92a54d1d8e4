package io.lva.examples.cli;

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
        PageServer server = page.serve(store.uri(), new Monitor(store.uri()))) {
      PrintWriter out = spec.commandLine().getOut();
      server.urls().forEach(out::println);
      out.flush();
      signal.await();
      return 0;
    }
  }
}
