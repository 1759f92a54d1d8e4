package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of assets tells media that arrives from a camera that is off and a recorder that is. */
class AssetListTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path store;

  @Test
  void asset_whoseMediaArrives_isLive() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(2);
    asset.fragments(1);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text("/assets")).contains("\"state\":\"live\"").contains("\"since\":null");
    }
  }

  /** The page plays it: its parts are listed. */
  @Test
  void asset_whoseFirstFragmentIsOpen_hasAnEnd() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START).live(true);
    asset.part(true, ScriptedAsset.PART_TICKS);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text("/assets"))
          .contains("\"start\":\"2026-11-22T10:00:00.000Z\",\"end\":\"2026-11-22T10:00:00.");
    }
  }

  @Test
  void asset_whoseCameraIsOff_isInterruptedWithItsCause() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(2);
    asset.openHole(GapCause.CAMERA_UNREACHABLE);
    asset.clock().advance(Duration.ofMinutes(5));
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text("/assets"))
          .contains("\"live\":true,\"state\":\"interrupted\"")
          .contains("\"since\":\"2026-11-22T10:00:04.000Z\"")
          .contains("\"causes\":[\"camera-unreachable\"]");
    }
  }

  /** A kill leaves a lock that nobody holds, and no row that says so. */
  @Test
  void asset_whoseRecorderWasKilled_isStoppedWithinSeconds() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(2);
    asset.live(false);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      for (int second = 0; second < 10; second++) {
        assertThat(player.text("/assets")).contains("\"live\":true");
        asset.clock().advance(Duration.ofSeconds(1));
      }
      asset.kill();
      assertThat(player.text("/assets")).contains("\"live\":true");
      asset.clock().advance(Duration.ofSeconds(1));
      assertThat(player.text("/assets")).contains("\"live\":true");
      asset.clock().advance(Duration.ofSeconds(6));
      assertThat(player.text("/assets")).contains("\"live\":false,\"state\":\"stopped\"");
    }
  }

  @Test
  void asset_thatNobodyRecords_isStopped() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(2);
    asset.end();
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text("/assets"))
          .contains("\"live\":false,\"state\":\"stopped\"")
          .contains("\"end\":\"2026-11-22T10:00:04.000Z\"");
    }
  }

  /** The recorder has the asset open, and its camera has not answered yet. */
  @Test
  void asset_whoseCameraWasNeverReached_isWaitingWithTheCauseIfThatIsKnown() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.live(false); // a recorder of another process
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text("/assets"))
          .contains("\"live\":false,\"state\":\"waiting\"")
          .contains("\"causes\":[]");
      asset.kill();
      asset.clock().advance(Duration.ofSeconds(1));
      assertThat(player.text("/assets")).contains("\"live\":false,\"state\":\"stopped\"");
      asset.awaits(GapCause.AUTHENTICATION);
      assertThat(player.text("/assets"))
          .contains("\"live\":false,\"state\":\"waiting\"")
          .contains("\"causes\":[\"authentication\"]");
    }
  }

  /** What was recorded before says nothing of the recorder that runs now. */
  @Test
  void asset_thatIsRecordedAgainAndWhoseCameraIsNotReached_isWaiting() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(2);
    asset.end();
    asset.awaits(GapCause.CAMERA_UNREACHABLE);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text("/assets"))
          .contains("\"live\":false,\"state\":\"waiting\"")
          .contains("\"causes\":[\"camera-unreachable\"]")
          .contains("\"end\":\"2026-11-22T10:00:04.000Z\"");
    }
  }

  /** It holds the lock, and what was recorded last ended with the recorder before it. */
  @Test
  void asset_thatAnotherProcessWillRecordAgain_isWaiting() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START).live(false);
    asset.segment(2);
    asset.openHole(GapCause.OPERATOR);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text("/assets")).contains("\"live\":false,\"state\":\"stopped\"");
      asset.clock().advance(Duration.ofSeconds(10));
      assertThat(player.text("/assets"))
          .contains("\"live\":false,\"state\":\"waiting\"")
          .contains("\"causes\":[]");
      asset.kill();
      asset.clock().advance(Duration.ofSeconds(1));
      assertThat(player.text("/assets")).contains("\"live\":false,\"state\":\"stopped\"");
    }
  }

  /** A recorder whose gate is closed waits for no camera. */
  @Test
  void asset_whoseGateIsClosed_isStopped() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START).live(false);
    asset.segment(2);
    asset.openHole(GapCause.GATE_CLOSED);
    asset.clock().advance(Duration.ofMinutes(5));
    try (PlayerSession player = new PlayerSession(store, asset)) {
      assertThat(player.text("/assets")).contains("\"live\":false,\"state\":\"stopped\"");
    }
  }

  @Test
  void gap_ofAClockThatWasSetBack_hasNoEndBeforeItsStart() throws IOException {
    ScriptedAsset asset = new ScriptedAsset(store, "door", START);
    asset.segment(3);
    asset.openHole(GapCause.CLOCK_STEP);
    asset.endHole(asset.now().minusMillis(2700));
    asset.segment(1);
    try (PlayerSession player = new PlayerSession(store, asset)) {
      String gaps =
          player.text(
              "/door/content.ism/gaps?startTime=2026-11-22T09:00:00Z&endTime=2026-11-22T11:00:00Z");
      assertThat(gaps)
          .contains("\"start\":\"2026-11-22T10:00:06.000Z\",\"end\":\"2026-11-22T10:00:06.000Z\"")
          .contains("\"clockStepMillis\":-2700");
    }
  }
}
