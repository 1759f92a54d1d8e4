package io.lva.decode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.media.Sample;
import io.lva.media.SampleData;
import io.lva.media.Track;
import io.lva.media.codec.H264Parameters;
import io.lva.processor.EncodedPicture;
import io.lva.processor.Picture;
import io.lva.processor.PictureDecoder;
import io.lva.processor.PictureException;
import io.lva.testkit.KeyPictureFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegDecoderTest {
  private final PictureDecoder decoder = new FfmpegDecoderProvider().create();

  @TempDir Path folder;

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void decode_keyPicturesOfTwoCameras_giveThePicturesThatFfmpegGives() throws Exception {
    KeyPictureFile large = encode("testsrc2=s=640x360");
    KeyPictureFile small = encode("testsrc2=s=320x182");
    for (int i = 0; i < 5; i++) {
      assertThat(planes(picture(large))).as("640x360, turn %d", i).isEqualTo(large.planes());
      assertThat(planes(picture(small))).as("320x182, turn %d", i).isEqualTo(small.planes());
    }
  }

  @Test
  void decode_damaged_throwsAndTheNextIsWhole() throws Exception {
    KeyPictureFile file = encode("testsrc2=s=640x360");
    EncodedPicture whole = picture(file);
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] bytes = whole.annexB().clone();
      for (int k = 0; k < 30; k++) {
        bytes[60 + random.nextInt(bytes.length - 60)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        decoder.decode(new EncodedPicture(whole.parameters(), bytes), Picture::width);
      } catch (PictureException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
    assertThat(planes(whole)).isEqualTo(file.planes());
  }

  @Test
  void decode_nothing_throws() throws Exception {
    EncodedPicture whole = picture(encode("testsrc2=s=640x360"));
    EncodedPicture empty = new EncodedPicture(whole.parameters(), new byte[0]);
    assertThatThrownBy(() -> decoder.decode(empty, Picture::width))
        .isInstanceOf(PictureException.class);
  }

  private byte[] planes(EncodedPicture encoded) throws PictureException {
    return decoder.decode(encoded, FfmpegDecoderTest::planes);
  }

  private static byte[] planes(Picture picture) {
    Picture copy = picture.copy();
    ByteBuffer all = ByteBuffer.allocate(copy.width() * copy.height() * 3 / 2);
    all.put(copy.luma().bytes()).put(copy.blue().bytes()).put(copy.red().bytes());
    return all.array();
  }

  /** The loop filter is off: the decoder leaves it out. */
  private KeyPictureFile encode(String source) {
    return KeyPictureFile.encode(folder, source, "no-deblock=1");
  }

  private static EncodedPicture picture(KeyPictureFile file) throws PictureException {
    List<byte[]> slices = file.units(5);
    ByteBuffer data = ByteBuffer.allocate(slices.stream().mapToInt(unit -> unit.length + 4).sum());
    slices.forEach(unit -> data.putInt(unit.length).put(unit));
    List<Bytes> sps = file.units(7).stream().map(Bytes::copyOf).toList();
    List<Bytes> pps = file.units(8).stream().map(Bytes::copyOf).toList();
    Track track = new Track(1, 90_000, H264Parameters.of(sps, pps));
    return EncodedPicture.of(
        new Sample(track, 0, 0, true, false, 0, SampleData.copyOf(data.array())));
  }
}
