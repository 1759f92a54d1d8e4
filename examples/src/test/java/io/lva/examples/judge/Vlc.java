package io.lva.examples.judge;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** VLC without a screen. It ends with 0 whatever it read, so what it wrote is counted. */
public final class Vlc {
  private Vlc() {}

  /** Has VLC copy the video of a file or URL, and counts the pictures in the copy. */
  public static int pictures(Path workFolder, String input) throws IOException {
    Judges.require("cvlc", "setpriv", "ffprobe");
    Path home = Files.createTempDirectory(workFolder, "vlc");
    Path copy = home.resolve("copy.ts");
    // It refuses to run as root.
    Judges.run(
        "sh",
        "-c",
        ("chmod -R a+rwX '%1$s' '%2$s'; HOME='%1$s' setpriv --reuid=65534 --regid=65534"
                + " --clear-groups cvlc -q --intf dummy --play-and-exit '%3$s'"
                + " --sout '#std{access=file,mux=ts,dst=%4$s}' vlc://quit")
            .formatted(home, workFolder, input, copy));
    return Recorded.decodeTimes(copy).size();
  }
}
