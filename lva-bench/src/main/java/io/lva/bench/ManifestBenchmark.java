package io.lva.bench;

import io.lva.playback.Playback;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What does the HLS playlist of 24 hours cost, with 43,200 fragments of 2 s, in one response? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ManifestBenchmark {
  private static final int FRAGMENTS = 43_200;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream(8 << 20);
  private final Request request =
      Request.get(
          "/"
              + SyntheticAsset.NAME
              + "/content.ism/video(startTime="
              + SyntheticAsset.start(0)
              + ",endTime="
              + SyntheticAsset.start(SyntheticAsset.SEGMENTS_A_DAY)
              + ").m3u8");
  private Optional<SyntheticAsset> asset = Optional.empty();
  private Optional<Playback> playback = Optional.empty();

  /** Created by JMH. */
  public ManifestBenchmark() {}

  /**
   * Writes the index of a day, and checks the playlist.
   *
   * @throws IOException when the disk fails
   * @throws IllegalStateException when the playlist does not list every fragment
   */
  @Setup
  public void write() throws IOException {
    SyntheticAsset written = SyntheticAsset.write(SyntheticAsset.SEGMENTS_A_DAY);
    for (int hour = 0; hour < 24; hour++) {
      written.makeHour(hour);
    }
    asset = Optional.of(written);
    playback = Optional.of(Playback.open(asset.get().root().toUri()));
    send();
    long fragments =
        sent.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("#EXTINF"))
            .count();
    if (fragments != FRAGMENTS) {
      throw new IllegalStateException(fragments + " fragments");
    }
  }

  /**
   * Removes the index.
   *
   * @throws IOException when the disk fails
   */
  @TearDown
  public void delete() throws IOException {
    playback.orElseThrow().close();
    asset.orElseThrow().delete();
  }

  /**
   * Answers the request of a player.
   *
   * @return size of the playlist in bytes
   * @throws IOException never
   */
  @Benchmark
  public int day() throws IOException {
    send();
    return sent.size();
  }

  private void send() throws IOException {
    sent.reset();
    Response response = playback.orElseThrow().handle(request).toCompletableFuture().join();
    if (response.status() != 200) {
      throw new IllegalStateException("status " + response.status());
    }
    response.body().writeTo(sent);
  }
}
