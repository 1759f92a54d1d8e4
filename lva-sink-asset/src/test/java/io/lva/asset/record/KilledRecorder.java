package io.lva.asset.record;

import io.lva.asset.RecorderOptions;
import io.lva.asset.disk.FileOps;
import io.lva.media.GapCause;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * A recorder on a real disk that is killed sooner or later: short segments, holes, reconnects.
 * After every 200 ms of media it says how much it was given.
 */
final class KilledRecorder {
  private KilledRecorder() {}

  public static void main(String[] arguments) throws IOException {
    Random random = new Random(Long.parseLong(arguments[2]));
    RecorderOptions options = RecorderOptions.defaults().segmentLength(Duration.ofSeconds(2));
    RecorderRig rig = new RecorderRig(Path.of(arguments[0]), FileOps.disk(), options, 4 << 20);
    int seconds = Integer.parseInt(arguments[1]);
    rig.clock.advance(Duration.ofSeconds(seconds));
    rig.camera.skip(seconds * CameraSim.RATE);
    rig.camera.gapsFrom(seconds * 1000).tracks();
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    for (int i = 0; i < 10_000; i++) {
      rig.record(Duration.ofMillis(200));
      out.write((rig.camera.now() + "\n").getBytes(StandardCharsets.US_ASCII));
      int dice = random.nextInt(40);
      if (dice == 0) {
        rig.camera.lose(10, GapCause.PACKET_LOSS);
      } else if (dice == 1) {
        Duration outage = Duration.ofSeconds(11L + random.nextInt(10));
        rig.clock.advance(outage);
        rig.camera.reconnect(outage, random.nextInt(1 << 20));
      }
    }
  }
}
