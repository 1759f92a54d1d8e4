package io.lva.extension.image;

import io.lva.processor.Picture;
import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An image file format of the contract: JPEG, PNG or BMP, written by the JDK.
 *
 * <p>Thread-safe.
 */
public final class FileFormat implements ImageEncoding {
  /** The quality of JPEG where none is given; see {@link #jpeg}. */
  public static final int DEFAULT_QUALITY = 90;

  private final String name;
  private final float quality;

  private FileFormat(String name, float quality) {
    this.name = name;
    this.quality = quality;
  }

  /**
   * Creates the JPEG format.
   *
   * @param quality 0 to 100, where 100 is the best
   * @return the format
   * @throws IllegalArgumentException when the quality is out of range
   */
  public static FileFormat jpeg(long quality) {
    if (quality < 0 || quality > 100) {
      throw new IllegalArgumentException(
          "image.format.quality is " + quality + "; it must be between 0 and 100");
    }
    return new FileFormat("jpeg", quality / 100f);
  }

  /**
   * Creates the PNG format.
   *
   * @return the format
   */
  public static FileFormat png() {
    return new FileFormat("png", -1);
  }

  /**
   * Creates the BMP format with 24 bits per pixel.
   *
   * @return the format
   */
  public static FileFormat bmp() {
    return new FileFormat("bmp", -1);
  }

  /**
   * Returns the name of the format.
   *
   * @return {@code jpeg}, {@code png} or {@code bmp}
   */
  public String name() {
    return name;
  }

  @Override
  public String contentType() {
    return "image/" + name.toLowerCase(Locale.ROOT);
  }

  @Override
  public int stride(int width) {
    return 0;
  }

  @Override
  public byte[] write(Picture picture, Placement placement) {
    RgbImage image = RgbImage.of(picture, placement);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(name).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(image.bytes().length / 8);
    // In memory: the default of the JDK writes a temporary file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(buffered(image), null, null), parameters(writer));
    } catch (IOException e) {
      throw new UncheckedIOException("an image cannot be written to memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private ImageWriteParam parameters(ImageWriter writer) {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    if (quality >= 0) {
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
    }
    return parameters;
  }

  private static BufferedImage buffered(RgbImage image) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(image.bytes(), image.bytes().length),
            image.width(),
            image.height(),
            3 * image.width(),
            3,
            new int[] {0, 1, 2},
            new Point());
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }
}
