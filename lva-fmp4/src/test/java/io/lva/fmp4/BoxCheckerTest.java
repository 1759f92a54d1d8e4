package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.fmp4.BoxChecker.Finding;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BoxCheckerTest {
  @Test
  void check_goodFile_findsNothing() throws IOException {
    assertThat(BoxChecker.check(Fixtures.source(Fixtures.file()))).isEmpty();
  }

  @Test
  void check_cutFile_saysWhere() throws IOException {
    byte[] bytes = Fixtures.file();

    assertFinding(Arrays.copyOf(bytes, bytes.length - 1), "cut off: 'mdat' of 108 bytes");
  }

  @Test
  void check_numbersThatDoNotBeginWithOne_areRight() throws IOException {
    byte[] file =
        Fixtures.join(
            Fixtures.head(),
            Fixtures.part(7, 1, 90_000, Fixtures.samples(1)),
            Fixtures.part(8, 1, 93_600, Fixtures.samples(1)));

    assertThat(BoxChecker.check(Fixtures.source(file))).isEmpty();
  }

  @Test
  void check_wrongSequenceNumber_isFound() throws IOException {
    assertFinding(
        Fixtures.join(
            Fixtures.head(),
            Fixtures.part(1, 1, 0, Fixtures.samples(1)),
            Fixtures.part(3, 1, 3600, Fixtures.samples(1))),
        "part 2 has sequence number 3");
  }

  @Test
  void check_timeThatDoesNotContinue_isFound() throws IOException {
    assertFinding(
        Fixtures.join(
            Fixtures.head(),
            Fixtures.part(1, 1, 0, Fixtures.samples(1)),
            Fixtures.part(2, 1, 3601, Fixtures.samples(1))),
        "track 1 continues at 3601, but its previous samples end at 3600");
  }

  @Test
  void check_unknownTrack_isFound() throws IOException {
    assertFinding(
        Fixtures.join(Fixtures.head(), Fixtures.part(1, 3, 0, Fixtures.samples(1))),
        "track 3 is not in the head");
  }

  @Test
  void check_otherBox_isFound() throws IOException {
    byte[] free = {0, 0, 0, 8, 'f', 'r', 'e', 'e'};

    assertFinding(
        Fixtures.join(Fixtures.head(), free, Fixtures.part(1, 1, 0, Fixtures.samples(1))),
        "box 'free' does not belong here");
  }

  @Test
  void check_noHeadOrNoPart_isFound() throws IOException {
    assertFinding(Fixtures.head(), "no part");
    assertFinding(
        Fixtures.part(1, 1, 0, Fixtures.samples(1)),
        "the file does not begin with 'ftyp' and 'moov'");
  }

  @Test
  void checkWithMedia_nalUnitsTileTheSamples_findsNothing() throws IOException {
    assertThat(BoxChecker.checkWithMedia(Fixtures.source(fileWithNalUnits()))).isEmpty();
  }

  @Test
  void checkWithMedia_mediaLostInAPowerCut_isFound() throws IOException {
    byte[] file = fileWithNalUnits();
    for (int lost = 8; lost <= 24; lost++) {
      byte[] zeros = file.clone();
      Arrays.fill(zeros, file.length - lost, file.length, (byte) 0);
      int sample = lost >= 20 ? 1 : 2;

      assertThat(BoxChecker.check(Fixtures.source(zeros))).isEmpty();
      assertThat(BoxChecker.checkWithMedia(Fixtures.source(zeros)))
          .extracting(Finding::what)
          .containsExactly("sample " + sample + " of the part is not made of NAL units");
    }
  }

  @Test
  void checkWithMedia_twoViolationsInEachOfManyParts_atMostAHundredFindings() throws IOException {
    byte[] file = Fixtures.head();
    for (int i = 0; i < 60; i++) {
      PartSamples samples = new PartSamples();
      samples.add(3600, 12, SampleFlags.SYNC, 0);
      byte[] part = Fixtures.part(i + 1, 1, i * 7200L, samples);
      Arrays.fill(part, part.length - 12, part.length, (byte) 0);
      file = Fixtures.join(file, part);
    }
    assertThat(BoxChecker.checkWithMedia(Fixtures.source(file))).hasSize(100);
  }

  /** Two samples of 12 bytes: each a NAL unit of eight bytes after its length. */
  private static byte[] fileWithNalUnits() {
    PartSamples samples = new PartSamples();
    samples.add(3600, 12, SampleFlags.SYNC, 0);
    samples.add(3600, 12, SampleFlags.NON_SYNC, 0);
    byte[] part = Fixtures.part(1, 1, 0, samples);
    byte[] sample = {0, 0, 0, 8, 0x65, 1, 2, 3, 4, 5, 6, 7};
    System.arraycopy(sample, 0, part, part.length - 24, 12);
    System.arraycopy(sample, 0, part, part.length - 12, 12);
    return Fixtures.join(Fixtures.head(), part);
  }

  private static void assertFinding(byte[] file, String what) throws IOException {
    assertThat(BoxChecker.check(Fixtures.source(file)))
        .extracting(Finding::what)
        .singleElement()
        .asString()
        .startsWith(what);
  }
}
