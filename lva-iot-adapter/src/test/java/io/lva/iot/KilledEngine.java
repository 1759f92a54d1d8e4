package io.lva.iot;

import io.lva.runtime.GraphEngine;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** A process that calls methods, and says so, until it is killed. */
final class KilledEngine {
  private KilledEngine() {}

  /**
   * Runs the process.
   *
   * @param arguments application data directory, seed
   * @throws IOException when nobody listens any more
   */
  public static void main(String[] arguments) throws IOException {
    FakeNodes nodes = new FakeNodes();
    MediaRuntime runtime =
        MediaRuntime.builder()
            .nodes(nodes.source(), nodes.sink())
            .applicationDataDirectory(Path.of(arguments[0]))
            .start();
    DirectMethods methods = new DirectMethods(GraphEngine.open(runtime));
    Random random = new Random(Long.parseLong(arguments[1]));
    OutputStream acknowledgements = new java.io.FileOutputStream(java.io.FileDescriptor.out);
    for (int i = 0; ; i++) {
      EngineModel.Call call = EngineModel.Call.random(random, i);
      int status = methods.invoke(call.method(), call.payload()).status();
      acknowledgements.write((status + "\n").getBytes(StandardCharsets.US_ASCII));
      acknowledgements.flush();
    }
  }
}
