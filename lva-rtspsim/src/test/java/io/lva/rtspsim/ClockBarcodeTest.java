package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockBarcodeTest {
  private static final long UTC_MILLIS = 1_795_392_000_040L;

  @Test
  void read_everyMillisecondOfRandomTimes_returnsIt() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long utcMillis = random.nextLong(1L << ClockBarcode.TIME_BITS);
      assertThat(ClockBarcode.read(picture(utcMillis, 16, 235), 640, 360)).hasValue(utcMillis);
    }
  }

  @Test
  void read_faintAndNoisyPicture_returnsTheTime() {
    Random random = new Random(2);
    ClockBarcode.Luma clean = picture(UTC_MILLIS, 60, 150);

    assertThat(ClockBarcode.read((x, y) -> clean.at(x, y) + random.nextInt(30), 640, 360))
        .hasValue(UTC_MILLIS);
  }

  @Test
  void read_oneBlockWrong_isNoticed() {
    for (int block = 2; block < 30; block++) {
      for (int row = 0; row < 2; row++) {
        int wrong = block;
        int wrongRow = row;
        ClockBarcode.Luma clean = picture(UTC_MILLIS, 16, 235);
        ClockBarcode.Luma damaged =
            (x, y) ->
                (x - 64) / 16 == wrong && (y - 240) / 32 == wrongRow
                    ? 251 - clean.at(x, y)
                    : clean.at(x, y);
        assertThat(ClockBarcode.read(damaged, 640, 360)).isEmpty();
      }
    }
  }

  @Test
  void read_otherPictures_areNoTime() {
    Random random = new Random(3);

    assertThat(ClockBarcode.read((x, y) -> 128, 640, 360)).isEmpty();
    assertThat(ClockBarcode.read((x, y) -> random.nextInt(256), 640, 360)).isEmpty();
  }

  private static ClockBarcode.Luma picture(long utcMillis, int black, int white) {
    return (x, y) -> ClockBarcode.white(utcMillis, (y - 240) / 32, (x - 64) / 16) ? white : black;
  }
}
