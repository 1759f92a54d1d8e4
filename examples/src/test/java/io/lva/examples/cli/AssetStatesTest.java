package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssetStatesTest {
  private static final Optional<Instant> TEN = Optional.of(Instant.parse("2026-11-22T10:00:00Z"));

  @Test
  void text_cameraIsOff_saysSinceWhenAndWhy() {
    var state = new AssetStates.State("interrupted", TEN, List.of(GapCause.CAMERA_UNREACHABLE));
    assertThat(state.text())
        .isEqualTo("interrupted since 2026-11-22T10:00:00.000Z: camera unreachable");
  }

  @Test
  void text_cameraWasNeverReached_isWaitingWithTheCauseIfThatIsKnown() {
    assertThat(new AssetStates.State("waiting", Optional.empty(), List.of()).text())
        .isEqualTo("waiting for pictures");
    assertThat(new AssetStates.State("waiting", TEN, List.of(GapCause.AUTHENTICATION)).text())
        .isEqualTo("waiting for pictures: the camera refused the login");
  }

  @Test
  void text_mediaArrivesOrNobodyRecords_isTheStateAlone() {
    assertThat(new AssetStates.State("live", Optional.empty(), List.of()).text()).isEqualTo("live");
    assertThat(new AssetStates.State("interrupted", TEN, List.of(GapCause.OPERATOR)).stopped())
        .isEqualTo(new AssetStates.State("stopped", TEN, List.of(GapCause.OPERATOR)))
        .extracting(AssetStates.State::text)
        .isEqualTo("stopped");
  }
}
