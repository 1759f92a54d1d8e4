package io.lva.asset.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class AdoptedEpochsTest {
  private static final ObjectNode EMPTY = new ObjectMapper().createObjectNode();

  private final AdoptedEpochs adopted = AdoptedEpochs.parse(EMPTY).adopt(7, 1);

  private static ObjectNode json(AdoptedEpochs epochs) {
    ObjectNode root = EMPTY.deepCopy();
    epochs.putInto(root);
    return root;
  }

  @Test
  void adopt_afterManyStartsWhileStoreWasAway_allOfThemHaveTheEpoch() {
    AdoptedEpochs epochs = adopted;
    for (int lock = 2; lock <= 1001; lock++) {
      epochs = epochs.begin(lock, lock);
      assertThat(json(epochs).get("locks")).hasSize(2);
      epochs = AdoptedEpochs.parse(json(epochs));
      assertThat(epochs.ofLock(lock)).isZero();
      assertThat(epochs.ofRun(lock)).isZero();
    }

    epochs = epochs.adopt(8, 1001);

    assertThat(epochs.ofLock(1)).isEqualTo(7);
    assertThat(epochs.ofLock(2)).isEqualTo(8);
    assertThat(epochs.ofLock(500)).isEqualTo(8);
    assertThat(epochs.ofRun(2)).isEqualTo(8);
    assertThat(epochs.adopt(9, 1002).ofLock(1001)).isEqualTo(8);
  }

  @Test
  void adopt_moreLocksThanAreKept_theOldestAreForgotten() {
    AdoptedEpochs epochs = adopted;
    for (int lock = 2; lock <= 1001; lock++) {
      epochs = epochs.begin(lock, lock).adopt(lock + 6, lock);
    }

    assertThat(json(epochs).get("locks")).hasSize(256);
    assertThat(json(epochs).get("adopted")).hasSize(256);
    assertThat(epochs.ofLock(1)).isZero();
    assertThat(epochs.ofLock(1001)).isEqualTo(1007);
  }

  @Test
  void ofRun_newOutage_isNotTheEpochOfTheOneBefore() {
    AdoptedEpochs epochs = adopted.begin(10, 2).adopt(8, 2).begin(20, 3);

    assertThat(epochs.ofRun(19)).isEqualTo(8);
    assertThat(epochs.ofRun(20)).isZero();
    assertThat(epochs.adopt(9, 3).ofRun(20)).isEqualTo(9);
  }
}
