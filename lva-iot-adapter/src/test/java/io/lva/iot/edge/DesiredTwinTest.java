package io.lva.iot.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.iot.edge.DesiredTwin.Change;
import org.junit.jupiter.api.Test;

class DesiredTwinTest {
  private final DesiredTwin twin = new DesiredTwin();

  @Test
  void patch_nextVersion_mergedAndNullRemoves() {
    twin.read(
        "{\"desired\": {\"a\": 1, \"b\": {\"c\": 2, \"d\": 3}, \"$version\": 7}, \"reported\":"
            + " {}}");
    Change change = twin.patch("{\"a\": null, \"b\": {\"c\": 4}, \"e\": 5, \"$version\": 8}");
    assertThat(change).isEqualTo(Change.APPLIED);
    assertThat(twin.json()).isEqualTo("{\"b\":{\"c\":4,\"d\":3},\"$version\":8,\"e\":5}");
  }

  @Test
  void patch_versionAfterTheNext_gapAndNothingChanged() {
    twin.read("{\"desired\": {\"a\": 1, \"$version\": 7}}");
    assertThat(twin.patch("{\"a\": 2, \"$version\": 9}")).isEqualTo(Change.GAP);
    assertThat(twin.json()).isEqualTo("{\"a\":1,\"$version\":7}");
  }

  @Test
  void patch_knownVersion_old() {
    twin.read("{\"desired\": {\"a\": 1, \"$version\": 7}}");
    assertThat(twin.patch("{\"a\": 2, \"$version\": 7}")).isEqualTo(Change.OLD);
  }

  @Test
  void read_noObject_refused() {
    assertThatThrownBy(() -> twin.read("[]")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> twin.patch("{")).isInstanceOf(IllegalArgumentException.class);
  }
}
