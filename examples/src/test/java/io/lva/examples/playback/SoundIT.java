package io.lva.examples.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.lva.examples.judge.Browser;
import io.lva.examples.judge.GStreamerServer;
import io.lva.examples.judge.LipSync;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.playback.Playback;
import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.testkit.Judges;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound beside pictures from the camera to the browser. */
class SoundIT {
  private static final String PICTURES =
      "filesrc location=%s ! matroskademux name=d d.video_0 ! queue ! h264parse"
          + " ! rtph264pay name=pay0 pt=96 config-interval=-1 d.audio_0 ! queue ! ";
  private static final String MANIFEST = "a/content.ism/manifest(format=%s)";
  private static final Pattern URI_OF_SOUND = Pattern.compile("TYPE=AUDIO.*URI=\"([^\"]*)\"");

  /** Plays for a while, and tells what was decoded. */
  private static final String PLAY =
      """
      new Promise(async (done) => {
        const video = document.createElement("video");
        const hls = new Hls();
        const errors = [];
        hls.on(Hls.Events.ERROR, (_, error) => error.fatal && errors.push(error.details));
        hls.loadSource("/%s");
        hls.attachMedia(video);
        document.body.append(video);
        video.play().catch((error) => errors.push(String(error)));
        const end = Date.now() + 30000;
        while (video.currentTime < 5 && errors.length === 0 && Date.now() < end) {
          await new Promise((later) => setTimeout(later, 100));
        }
        done({ time: video.currentTime, sound: video.webkitAudioDecodedByteCount,
          pictures: video.webkitVideoDecodedByteCount, errors });
      })
      """;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private Path record(String launch) throws IOException {
    Path store = folder.resolve("store");
    try (GStreamerServer server = GStreamerServer.start(folder, "/c=( " + launch + " )");
        LvaProcess lva =
            LvaProcess.start(
                folder,
                "record",
                server.url("/c"),
                "--asset",
                "a",
                "--store",
                store.toString(),
                "--seconds",
                "12")) {
      Judges.Verdict verdict = lva.await(Duration.ofMinutes(2));
      assertThat(verdict.exitCode()).as(verdict.errors()).isZero();
    }
    return store;
  }

  private static HttpPlaybackServer serve(Playback playback) throws IOException {
    return HttpPlaybackServer.start(
        playback, HttpOptions.loopback(0).withOrigins(Set.of(HttpOptions.ANY_ORIGIN)));
  }

  private static String url(HttpPlaybackServer server) {
    return "http://127.0.0.1:" + server.address().getPort() + "/";
  }

  private byte[] get(String url) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).as(url).isEqualTo(200);
    return response.body();
  }

  private String text(String url) throws IOException, InterruptedException {
    return new String(get(url), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "pcm_mulaw, audio/x-mulaw ! rtppcmupay name=pay1 pt=0, fLaC",
    "aac, aacparse ! rtpmp4gpay name=pay1 pt=97, mp4a.40.2",
    "libopus, opusparse ! rtpopuspay name=pay1 pt=97, Opus",
  })
  void play_soundOfACamera_isHeardInTheBrowser(String encoder, String payloader, String codec)
      throws IOException, InterruptedException {
    Judges.require("ffmpeg", "ffprobe", "gst-launch-1.0");
    Path store = record(PICTURES.formatted(LipSync.clip(folder, encoder, 30)) + payloader);
    try (Browser browser = Browser.start();
        Playback playback = Playback.open(store.toUri());
        HttpPlaybackServer server = serve(playback)) {
      String manifest = MANIFEST.formatted("m3u8-cmaf") + ".m3u8";
      assertThat(text(url(server) + manifest)).containsPattern("CODECS=\"[^\"]*" + codec);
      assertThat(text(url(server) + MANIFEST.formatted("mpd-time-cmaf") + ".mpd"))
          .containsPattern("contentType=\"audio\"(?s:.*)codecs=\"" + codec + '"');

      browser.open(url(server));
      JsonNode played = browser.evaluate(PLAY.formatted(manifest));

      assertThat(played.path("errors")).isEmpty();
      assertThat(played.path("time").asDouble()).isGreaterThan(4.9);
      assertThat(played.path("sound").asLong()).isPositive();
      assertThat(played.path("pictures").asLong()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pcm_mulaw, audio/x-mulaw ! rtppcmupay name=pay1 pt=0",
    "pcm_alaw, audio/x-alaw ! rtppcmapay name=pay1 pt=8"
  })
  void get_soundOfTelephony_isFlacWithoutLoss(String encoder, String payloader)
      throws IOException, InterruptedException {
    Judges.require("ffmpeg", "ffprobe", "gst-launch-1.0");
    Path store = record(PICTURES.formatted(LipSync.clip(folder, encoder, 30)) + payloader);
    Path flac = folder.resolve("flac.mp4");
    try (Playback playback = Playback.open(store.toUri());
        HttpPlaybackServer server = serve(playback)) {
      String base = url(server) + "a/content.ism/";
      Files.write(flac, soundOf(base));
    }

    byte[] served = decoded(flac, "-xerror", "-err_detect", "explode+crccheck");
    byte[] recorded = decoded(Recorded.of(store, "a").segments().get(0));

    // Where the first report of the server moves the sound, there is silence in what is served.
    assertThat(served.length).isCloseTo(recorded.length, within(8000));
    int half = recorded.length / 2;
    assertThat(Arrays.copyOfRange(served, served.length - half, served.length))
        .isEqualTo(Arrays.copyOfRange(recorded, recorded.length - half, recorded.length));
  }

  /** Returns the initialization segment and all fragments of the sound. */
  private byte[] soundOf(String base) throws IOException, InterruptedException {
    Matcher uri = URI_OF_SOUND.matcher(text(base + "manifest(format=m3u8-cmaf).m3u8"));
    assertThat(uri.find()).isTrue();
    String playlist = text(base + uri.group(1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher map = Pattern.compile("EXT-X-MAP:URI=\"([^\"]*)\"").matcher(playlist);
    assertThat(map.find()).isTrue();
    bytes.writeBytes(get(base + map.group(1)));
    for (String line : playlist.lines().filter(line -> !line.startsWith("#")).toList()) {
      bytes.writeBytes(get(base + line));
    }
    return bytes.toByteArray();
  }

  private byte[] decoded(Path file, String... options) throws IOException {
    Path raw = folder.resolve("sound.raw");
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-i", file.toString(), "-map", "0:a", "-f", "s16le", raw.toString()));
    Judges.accept(command.toArray(String[]::new));
    return Files.readAllBytes(raw);
  }

  @Test
  void page_h265InABrowserWithoutIt_saysSoInWords() throws IOException {
    Judges.require("ffmpeg", "ffprobe", "gst-launch-1.0");
    Path store =
        record(
            "videotestsrc is-live=true"
                + " ! video/x-raw,format=I420,width=320,height=180,framerate=25/1"
                + " ! x265enc tune=zerolatency speed-preset=ultrafast key-int-max=50"
                + " ! h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1");
    try (Browser browser = Browser.start();
        Playback playback = Playback.open(store.toUri());
        HttpPlaybackServer server = serve(playback)) {
      browser.open(url(server));
      boolean knows =
          browser
              .evaluate("MediaSource.isTypeSupported('video/mp4; codecs=\"hvc1.1.6.L60.90\"')")
              .asBoolean();
      if (!knows) {
        browser.await(
            "document.body.innerText.includes('has no decoder for H.265')", Duration.ofSeconds(60));
      }
    }
  }
}
