package io.lva.examples.playback;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarKeyFramesIT {
  @TempDir private static Path folder;

  @Test
  void experiment() throws Exception {
    Duration group = Duration.ofSeconds(Integer.getInteger("group", 30));
    try (PlayerPage page = new PlayerPage();
        PlayerRig rig =
            new PlayerRig(
                folder.resolve("x"),
                io.lva.rtspsim.CameraSimulator.builder().patternGroup(group))) {
      long t0 = System.nanoTime();
      rig.awaitPlayable(rig.url() + "camera/content.ism/manifest(format=m3u8-cmaf).m3u8");
      System.out.println("playable after " + (System.nanoTime() - t0) / 1000000);
      Thread.sleep(Integer.getInteger("join", 12) * 1000L);
      page.open(rig.url());
      long end = System.nanoTime() + group.multipliedBy(2).plusSeconds(20).toNanos();
      while (System.nanoTime() < end) {
        String s =
            page.browser()
                .evaluate(
                    "(() => { const v = document.querySelector('video'); const d ="
                        + " archive.player.hls?.levels?.[0]?.details; const b = []; for (let i = 0;"
                        + " i < v.buffered.length; i++) b.push(v.buffered.start(i).toFixed(1) + '-'"
                        + " + v.buffered.end(i).toFixed(1)); const p = v.readyState > 1 ?"
                        + " readPicture(v) : null; return 'ct ' + v.currentTime.toFixed(1) + ' edge"
                        + " ' + d?.edge?.toFixed(1) + ' start ' + d?.startTimeOffset + ' rs ' +"
                        + " v.readyState + ' buf ' + b + ' picture late ' + (p && Date.now() - p) +"
                        + " ' said ' + (archive.player.wallClock() && Date.now() -"
                        + " archive.player.wallClock()) + ' live ' +"
                        + " document.getElementById('live').className +"
                        + " document.getElementById('live').textContent + ' rate ' +"
                        + " v.playbackRate; })()")
                .asText();
        System.out.println((System.nanoTime() - t0) / 1000000 + " " + s);
        Thread.sleep(1500);
      }
      System.out.println(page.browser().messages());
    }
  }
}
