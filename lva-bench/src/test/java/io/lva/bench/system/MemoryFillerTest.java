package io.lva.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFillerTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void giveBack_asMuchAsWasWrittenAndSomeAhead_holdsTheRest() throws IOException {
    try (MemoryFiller filler = MemoryFiller.fill(folder, 16 * MEBIBYTE + 16)) {
      assertThat(filler.heldBytes()).isEqualTo(16 * MEBIBYTE + 16);
      filler.giveBack(0);
      assertThat(filler.heldBytes()).isEqualTo(15 * MEBIBYTE + 15);
      filler.giveBack(3 * MEBIBYTE);
      assertThat(filler.heldBytes()).isEqualTo(12 * MEBIBYTE + 15);
    }
  }

  @Test
  void giveBack_moreThanWasTaken_holdsNothing() throws IOException {
    try (MemoryFiller filler = MemoryFiller.fill(folder, MEBIBYTE)) {
      filler.giveBack(2 * MEBIBYTE);
      assertThat(filler.heldBytes()).isZero();
    }
  }

  @Test
  void fill_whileOpen_leavesNoFileBehind() throws IOException {
    try (MemoryFiller filler = MemoryFiller.fill(folder, MEBIBYTE)) {
      assertThat(filler.heldBytes()).isEqualTo(MEBIBYTE);
      assertThat(folder).isEmptyDirectory();
    }
  }
}
