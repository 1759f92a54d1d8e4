package io.lva.examples.cli;

import io.lva.graph.RtspSource;
import io.lva.playback.PlaybackOptions;
import io.lva.rtspsim.CameraSimulator;
import io.lva.runtime.ActivationException;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Records a simulated camera and plays it back, all in one process. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Records a simulated camera and serves a page that plays it, live and recorded.")
final class DemoCommand implements Callable<Integer> {
  private static final String ASSET = "demo";
  private static final Duration DRAIN = Duration.ofSeconds(30);

  @Mixin private StoreOption store = new StoreOption();
  @Mixin private PageOptions page = new PageOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Monitor monitor = new Monitor(store.uri());
    try (StopSignal signal = StopSignal.install();
        CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        MediaRuntime runtime =
            MediaRuntime.builder()
                .assetStore(store.uri())
                .option(PlaybackOptions.class, page.playback())
                .metrics(monitor.metrics())
                .start();
        GraphInstance recording = record(runtime, camera.uri("/pattern").toString());
        PageServer server = page.serve(runtime, monitor)) {
      print(camera, server);
      signal.await();
      recording.deactivate(DRAIN);
      return 0;
    } catch (IOException | ActivationException e) {
      throw new CommandFailure("the demo cannot start: " + e.getMessage(), e);
    }
  }

  private static GraphInstance record(MediaRuntime runtime, String url) {
    GraphInstance instance =
        runtime.instance(
            ASSET,
            RecordingTrigger.ALWAYS.topology(RtspSource.at(url), ASSET, /* withAudio= */ true),
            values -> {});
    instance.activate();
    return instance;
  }

  private void print(CameraSimulator camera, PageServer server) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("camera   " + camera.uri("/pattern"));
    out.println("assets   " + store.uri());
    server.urls().forEach(url -> out.println("page     " + url));
    out.println("Ctrl-C ends the recording, which takes about half a gigabyte per hour.");
    out.flush();
  }
}
