package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.fmp4.FileItem.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FragmentedReaderTest {
  @Test
  void read_wholeFile_findsEverything() throws IOException {
    byte[] bytes = Fixtures.file();

    FragmentedFile file = FragmentedFile.read(Fixtures.source(bytes));

    assertThat(file.damage()).isEmpty();
    assertThat(file.wholeBytes()).isEqualTo(bytes.length);
    assertThat(file.init().orElseThrow().tracks()).isEqualTo(Fixtures.videoAndAudio());
    assertThat(file.extensions()).hasSize(2);
    assertThat(file.items()).hasSize(8);
    assertThat(file.parts()).extracting(Part::sequenceNumber).containsExactly(1L, 2L, 3L, 4L);
    assertThat(file.parts()).extracting(Part::trackId).containsExactly(1, 1, 2, 1);
    assertThat(file.parts())
        .extracting(Part::endTime)
        .containsExactly(10800L, 18000L, 14400L, 21600L);
    assertThat(file.parts()).allMatch(Part::startsWithSync);
  }

  @Test
  void samples_ofAPart_areThoseWritten() throws Exception {
    FragmentedReader reader = new FragmentedReader(Fixtures.source(Fixtures.file()));
    PartSamples written = Fixtures.samples(3);
    Optional<FileItem> item = reader.next();
    while (!(item.orElseThrow() instanceof Part)) {
      item = reader.next();
    }

    PartSamples read = reader.samples((Part) item.get());

    assertThat(read.count()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(read.size(i)).isEqualTo(written.size(i));
      assertThat(read.duration(i)).isEqualTo(written.duration(i));
      assertThat(read.flags(i)).isEqualTo(written.flags(i));
      assertThat(read.compositionOffset(i)).isEqualTo(written.compositionOffset(i));
    }
  }

  @Test
  void read_tornAtEveryByte_keepsWhatIsWhole() throws IOException {
    byte[] bytes = Fixtures.file();
    List<FileItem> items = FragmentedFile.read(Fixtures.source(bytes)).items();
    for (int length = 0; length <= bytes.length; length++) {
      FragmentedFile torn = FragmentedFile.read(Fixtures.source(Arrays.copyOf(bytes, length)));

      assertThat(torn.wholeBytes()).isEqualTo(wholeEnd(items, length));
      assertThat(torn.items()).isEqualTo(items.subList(0, torn.items().size()));
      boolean atItemEnd = isItemEnd(items, length);
      assertThat(torn.damage().isEmpty()).as("torn at %s", length).isEqualTo(atItemEnd);
    }
  }

  private static long wholeEnd(List<FileItem> items, int length) {
    long whole = 0;
    boolean parts = false;
    for (FileItem item : items) {
      if (item.end() <= length && (item instanceof Part || !parts)) {
        parts |= item instanceof Part;
        whole = item.end();
      }
    }
    return whole;
  }

  private static boolean isItemEnd(List<FileItem> items, int length) {
    return length == 0 || items.stream().anyMatch(item -> item.end() == length);
  }

  @Test
  void read_zerosBehindTheLastPart_areCutOff() throws IOException {
    byte[] bytes = Fixtures.file();

    FragmentedFile file =
        FragmentedFile.read(Fixtures.source(Arrays.copyOf(bytes, bytes.length + 4096)));

    assertThat(file.wholeBytes()).isEqualTo(bytes.length);
    assertThat(file.damage()).isPresent();
  }

  @Test
  void next_growingFile_continuesWhereItStopped() throws Exception {
    byte[] bytes = Fixtures.file();
    GrowingSource source = new GrowingSource(bytes);
    FragmentedReader reader = new FragmentedReader(source);
    List<FileItem> items = new ArrayList<>();
    for (source.length = 0; source.length <= bytes.length; source.length += 7) {
      reader.next().ifPresent(items::add);
    }
    source.length = bytes.length;
    Optional<FileItem> item = reader.next();
    while (item.isPresent()) {
      items.add(item.get());
      item = reader.next();
    }

    assertThat(items).hasSize(8);
    assertThat(items.get(7).end()).isEqualTo(bytes.length);
    assertThat(reader.torn()).isEmpty();
  }

  @Test
  void next_fromTheMiddle_readsTheRest() throws Exception {
    byte[] bytes = Fixtures.file();
    FragmentedFile whole = FragmentedFile.read(Fixtures.source(bytes));
    Part second = whole.parts().get(1);

    FragmentedReader reader =
        new FragmentedReader(Fixtures.source(bytes), whole.init().orElseThrow(), second.offset());

    assertThat(reader.next()).contains(second);
  }

  @Test
  void next_mediaNotFillingMdat_isReported() {
    byte[] part = Fixtures.part(1, 1, 0, Fixtures.samples(2));
    ByteBuffer.wrap(part).putInt(PartWriter.headerBytes(2) - 8, part.length - 1 - 124 + 8);
    byte[] bytes = Fixtures.join(Fixtures.head(), part, new byte[64]);

    assertThatThrownBy(() -> readAll(bytes)).isInstanceOf(Mp4Exception.class);
  }

  @Test
  void next_wrongDataOffset_isReported() {
    byte[] part = Fixtures.part(1, 1, 0, Fixtures.samples(2));
    ByteBuffer.wrap(part).putInt(88, 999);
    byte[] bytes = Fixtures.join(Fixtures.head(), part);

    assertThatThrownBy(() -> readAll(bytes))
        .isInstanceOf(Mp4Exception.class)
        .hasMessageContaining("places");
  }

  @Test
  void read_manyParts_readsHeadersOnly() throws IOException {
    byte[][] pieces = new byte[61][];
    pieces[0] = Fixtures.head();
    PartSamples samples = new PartSamples();
    for (int i = 0; i < 13; i++) {
      samples.add(3600, 20_000, SampleFlags.of(i == 0, false), 0);
    }
    for (int i = 1; i <= 60; i++) {
      pieces[i] = Fixtures.part(i, 1, (i - 1) * 46_800L, samples);
    }
    GrowingSource source = new GrowingSource(Fixtures.join(pieces));
    source.length = source.content.length;

    assertThat(FragmentedFile.read(source).parts()).hasSize(60);
    assertThat(source.bytesRead).isLessThan(70_000);
  }

  private static void readAll(byte[] bytes) throws IOException, Mp4Exception {
    FragmentedReader reader = new FragmentedReader(Fixtures.source(bytes));
    while (reader.next().isPresent()) {
      assertThat(reader.position()).isPositive();
    }
  }

  /** Shows only the first bytes of a file, and counts what is read. */
  private static final class GrowingSource implements ByteSource {
    private final byte[] content;
    private int length;
    private long bytesRead;

    GrowingSource(byte[] content) {
      this.content = content;
    }

    @Override
    public long size() {
      return Math.min(length, content.length);
    }

    @Override
    public int read(long position, ByteBuffer target) {
      int count = (int) Math.min(target.remaining(), size() - position);
      if (count <= 0) {
        return -1;
      }
      target.put(content, (int) position, count);
      bytesRead += count;
      return count;
    }
  }
}
