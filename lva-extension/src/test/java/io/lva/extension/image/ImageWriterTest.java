package io.lva.extension.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lva.graph.ImageFormat;
import io.lva.graph.ImageScale;
import io.lva.media.InferenceValue.Box;
import io.lva.processor.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageWriterTest {
  private static final ImageScale.Mode PAD = ImageScale.Mode.PAD;
  private static final ImageScale.Mode KEEP = ImageScale.Mode.PRESERVE_ASPECT_RATIO;
  private static final ImageScale.Mode STRETCH = ImageScale.Mode.STRETCH;

  @Test
  void of_eachMode_placesThePicture() {
    assertThat(Placement.of(Scale.NONE, 1920, 1080))
        .isEqualTo(new Placement(1920, 1080, 0, 0, 1920, 1080));
    assertThat(Placement.of(new Scale(PAD, 416, 416), 1920, 1080))
        .isEqualTo(new Placement(416, 416, 0, 91, 416, 234));
    assertThat(Placement.of(new Scale(PAD, 1408, 786), 1080, 1080))
        .isEqualTo(new Placement(1408, 786, 311, 0, 786, 786));
    assertThat(Placement.of(new Scale(KEEP, 416, 416), 1920, 1080))
        .isEqualTo(new Placement(416, 234, 0, 0, 416, 234));
    assertThat(Placement.of(new Scale(KEEP, 0, 540), 1920, 1080))
        .isEqualTo(new Placement(960, 540, 0, 0, 960, 540));
    assertThat(Placement.of(new Scale(STRETCH, 300, 300), 1920, 1080))
        .isEqualTo(new Placement(300, 300, 0, 0, 300, 300));
  }

  @Test
  void toPicture_paddedImage_isTheDocumentedExample() {
    Placement placement = new Placement(1000, 600, 200, 0, 600, 600);
    Box whole = new Box(0, 0, 1, 1);
    assertThat(placement.toPicture(new Box(0.2, 0, 0.6, 1))).isEqualTo(whole);
    assertThat(placement.toImage(whole)).isEqualTo(new Box(0.2, 0, 0.6, 1));
  }

  @Test
  void new_scaleOutOfRange_isRefused() {
    assertThatThrownBy(() -> new Scale(PAD, 416, 0)).hasMessageContaining("needs width and height");
    assertThatThrownBy(() -> new Scale(PAD, 9000, 9000)).hasMessageContaining("9000x9000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp"})
  void write_files_areReadBackInTheirColours(String name) throws Exception {
    FileFormat format =
        switch (name) {
          case "jpeg" -> FileFormat.jpeg(90);
          case "png" -> FileFormat.png();
          default -> FileFormat.bmp();
        };
    byte[] file = new ImageWriter(new Scale(PAD, 416, 416), format).write(red()).bytes();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(image.getWidth()).isEqualTo(416);
    assertColour(image.getRGB(208, 208), 254, 0, 0);
    assertColour(image.getRGB(208, 20), 0, 0, 0);
    if (name.equals("bmp")) {
      assertThat(file).hasSize(519_222);
    }
  }

  private static void assertColour(int rgb, int red, int green, int blue) {
    assertThat(rgb >> 16 & 0xff).isCloseTo(red, within(4));
    assertThat(rgb >> 8 & 0xff).isCloseTo(green, within(4));
    assertThat(rgb & 0xff).isCloseTo(blue, within(4));
  }

  @ParameterizedTest
  @EnumSource(ImageFormat.PixelFormat.class)
  void write_rawLayouts_haveTheirBytes(ImageFormat.PixelFormat layout) {
    RawFormat format = new RawFormat(layout);
    EncodedImage image = new ImageWriter(Scale.NONE, format).write(red());
    byte[] pixel = Arrays.copyOf(image.bytes(), Math.max(1, format.stride(1)));
    String expected =
        switch (layout) {
          case YUV420P -> "4c";
          case RGB565BE -> "f800";
          case RGB565LE -> "00f8";
          case RGB555BE -> "7c00";
          case RGB555LE -> "007c";
          case RGB24 -> "fe0000";
          case BGR24 -> "0000fe";
          case ARGB -> "fffe0000";
          case RGBA -> "fe0000ff";
          case ABGR -> "ff0000fe";
          case BGRA -> "0000feff";
        };
    assertThat(HexFormat.of().formatHex(pixel)).isEqualTo(expected);
    int size = layout == ImageFormat.PixelFormat.YUV420P ? 640 * 360 * 3 / 2 : image.stride() * 360;
    assertThat(image.bytes()).hasSize(size);
  }

  /** A picture of pure red, full range, BT.601. */
  private static Picture red() {
    return new Picture(
        640, 360, true, plane(640, 360, 76), plane(320, 180, 85), plane(320, 180, 255));
  }

  private static Picture.Plane plane(int width, int height, int value) {
    byte[] samples = new byte[width * height];
    Arrays.fill(samples, (byte) value);
    return new Picture.Plane(ByteBuffer.wrap(samples), width);
  }
}
