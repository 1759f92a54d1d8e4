package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.format.Utc;
import io.lva.fmp4.ByteSource;
import io.lva.fmp4.FileItem;
import io.lva.fmp4.FragmentedReader;
import io.lva.media.Ticks;
import io.lva.playback.PlayerSession.Answer;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String FOLDER = "/door/content.ism/m/20261122/aaaaaaaa/0/";

  @TempDir private Path store;
  private ScriptedAsset asset;

  @BeforeEach
  void record() throws IOException {
    asset = new ScriptedAsset(store, "door", START);
    asset.segment(3);
    asset.fragments(2);
    asset.part();
  }

  private static List<FileItem.Part> parts(byte[] init, byte[] media) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(init);
    file.writeBytes(media);
    FragmentedReader reader =
        new FragmentedReader(ByteSource.of(ByteBuffer.wrap(file.toByteArray())));
    List<FileItem.Part> parts = new ArrayList<>();
    for (Optional<FileItem> item = reader.next(); item.isPresent(); item = reader.next()) {
      if (item.get() instanceof FileItem.Part part) {
        parts.add(part);
      }
    }
    return parts;
  }

  @Test
  void fragment_countsFromTheEpochAndIsOtherwiseTheFile() throws Exception {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      byte[] init = player.get(FOLDER + initName(player)).body();
      Answer answer = player.get(FOLDER + "1-1.m4s");
      assertThat(answer.status()).isEqualTo(200);
      List<FileItem.Part> parts = parts(init, answer.body());
      long start = Ticks.convert(Utc.nanos(START), Ticks.NANOS_PER_SECOND, ScriptedAsset.TIMESCALE);
      assertThat(parts).hasSize(4);
      for (int i = 0; i < 4; i++) {
        assertThat(parts.get(i).baseMediaDecodeTime())
            .isEqualTo(start + (4L + i) * ScriptedAsset.PART_TICKS);
      }
      assertThat(answer.text()).contains("picture");
    }
  }

  private static String initName(PlayerSession player) {
    String playlist = player.text(PlayerSession.VIDEO);
    int at = playlist.indexOf("EXT-X-MAP:URI=\"");
    String uri = playlist.substring(at + 15, playlist.indexOf('"', at + 15));
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  @Test
  void fragment_equalsItsPartsOneBehindTheOther() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      byte[] whole = player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-0.m4s").body();
      ByteArrayOutputStream parts = new ByteArrayOutputStream();
      for (int i = 0; i < 4; i++) {
        Answer part = player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-part" + i + ".m4s");
        parts.writeBytes(part.body());
      }
      assertThat(parts.toByteArray()).isEqualTo(whole);
    }
  }

  /** The index knows a file a moment after the playlist that names its last fragment. */
  @Test
  void fragment_thatWasListedWhenTheRecordingEnded_isThere() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      asset.delayIndex();
      asset.closeSegment();
      assertThat(player.text(PlayerSession.VIDEO)).contains("m/20261122/aaaaaaaa/1/1-2.m4s");
      asset.end();
      assertThat(player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-2.m4s").status())
          .isEqualTo(200);
      assertThat(player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-part8.m4s").status())
          .isEqualTo(200);
      assertThat(player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-part9.m4s").status())
          .isEqualTo(404);
    }
  }

  @Test
  void fragment_underConstruction_isNotThereYet() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-1.m4s").status())
          .isEqualTo(200);
      assertThat(player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-2.m4s").status())
          .isEqualTo(404);
    }
  }

  @Test
  void fragment_byRanges_isTheSameBytes() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      byte[] whole = player.get(FOLDER + "1-0.m4s").body();
      for (int first = 0; first < whole.length; first += 7) {
        int last = Math.min(whole.length - 1, first + 90);
        Answer answer =
            player.get(FOLDER + "1-0.m4s", Map.of("Range", "bytes=" + first + "-" + last));
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range"))
            .isEqualTo("bytes " + first + "-" + last + "/" + whole.length);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(whole, first, last + 1));
      }
    }
  }

  @Test
  void fragment_withOddRanges_isAnsweredByTheBook() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String target = FOLDER + "1-0.m4s";
      int size = player.get(target).body().length;
      assertThat(range(player, "bytes=" + size + "-").status()).isEqualTo(416);
      assertThat(range(player, "bytes=5-2").status()).isEqualTo(200);
      assertThat(range(player, "bytes=-10").body()).hasSize(10);
      assertThat(range(player, "Bytes=0-9").body()).hasSize(10);
      assertThat(range(player, "bytes=-99999999").body()).hasSize(size);
      assertThat(range(player, "bytes=0-1,4-5").status()).isEqualTo(200);
      assertThat(range(player, "bytes=99999999999999999999-").status()).isEqualTo(200);
      assertThat(range(player, "lines=1-2").status()).isEqualTo(200);
      assertThat(player.get(target, Map.of("Range", "bytes=0-1", "If-Range", "\"other\"")).status())
          .isEqualTo(200);
    }
  }

  private static Answer range(PlayerSession player, String range) {
    return player.get(FOLDER + "1-0.m4s", Map.of("Range", range));
  }

  @Test
  void fragment_isImmutableAndHasAStrongTag() {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      Answer answer = player.get(FOLDER + "1-0.m4s");
      assertThat(answer.header("Cache-Control")).contains("immutable");
      assertThat(answer.header("ETag")).startsWith("\"");
      Answer again = player.get(FOLDER + "1-0.m4s", Map.of("If-None-Match", answer.header("ETag")));
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
  }

  @Test
  void fragment_ofAFileThatIsRenamedBeforeItIsSent_isComplete() throws IOException {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      byte[] expected = player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-0.m4s").body();
      Response response =
          player
              .playback
              .handle(
                  Request.of("GET", "/door/content.ism/m/20261122/aaaaaaaa/1/1-0.m4s", Map.of()))
              .toCompletableFuture()
              .join();
      asset.closeSegment();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      response.body().writeTo(out);
      assertThat(out.toByteArray()).isEqualTo(expected);
    }
  }

  @Test
  void fragment_ofADeletedFile_isNotFound() throws IOException {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      asset.closeSegment();
      Files.delete(asset.newestFile());
      assertThat(player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-0.m4s").status())
          .isEqualTo(404);
    }
  }

  @Test
  void fragment_ofADamagedFile_isAFaultOfTheStore() throws IOException {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      asset.closeSegment();
      byte[] content = Files.readAllBytes(asset.newestFile());
      Arrays.fill(content, content.length - 400, content.length, (byte) 0x55);
      Files.write(asset.newestFile(), content);
      assertThat(player.get("/door/content.ism/m/20261122/aaaaaaaa/1/1-1.m4s").status())
          .isEqualTo(503);
    }
  }

  @Test
  void init_ofADeletedFile_comesFromAnother() throws IOException {
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String name = initName(player);
      try (Stream<Path> files = Files.list(store.resolve("door/2026/11/22/10"))) {
        files
            .filter(file -> file.toString().contains("-00000.mp4"))
            .forEach(file -> assertThat(file.toFile().delete()).isTrue());
      }
      assertThat(player.get(FOLDER + name).status()).isIn(200, 404);
      assertThat(player.get(FOLDER + "1-00000000.mp4").status()).isEqualTo(404);
    }
  }
}
