package io.lva.graph;

import java.util.Optional;

/**
 * How pictures are encoded.
 *
 * <p>Immutable.
 */
public final class ImageFormat extends PropertyObject {
  static final Property.Scalar<Encoding> ENCODING =
      Property.optional("encoding", ValueTypes.of(Encoding.class));
  static final Property.Scalar<Long> QUALITY =
      Property.optional("quality", ValueTypes.WHOLE)
          .limited(quality -> quality >= 0 && quality <= 100, "be 0 to 100");
  static final Property.Scalar<PixelFormat> PIXEL_FORMAT =
      Property.required("pixelFormat", ValueTypes.of(PixelFormat.class));
  static final ObjectType<ImageFormat> JPEG = named("ImageFormatJpeg", QUALITY).since2();
  static final ObjectType<ImageFormat> BMP = named("ImageFormatBmp").since2();
  static final ObjectType<ImageFormat> PNG = named("ImageFormatPng").since2();
  static final ObjectType<ImageFormat> RAW = named("ImageFormatRaw", PIXEL_FORMAT);
  static final ObjectType<ImageFormat> ENCODED =
      named("ImageFormatEncoded", ENCODING, QUALITY).only1();

  private ImageFormat(ObjectType<?> type, Settings settings) {
    super(type, settings);
  }

  private static ObjectType<ImageFormat> named(String name, Property<?>... properties) {
    return ObjectType.<ImageFormat>ofFamily(name, ImageFormat::new, properties)
        .rule(ImageFormat::checkQuality);
  }

  /** The file formats of pictures. */
  public enum Encoding {
    /** JPEG. */
    JPEG,
    /** Windows bitmap. */
    BMP,
    /** Portable network graphics. */
    PNG
  }

  /** The layout of the bytes of pictures that are not encoded. */
  public enum PixelFormat {
    /** Planar YUV 4:2:0. */
    YUV420P,
    /** 16 bits per pixel, big endian. */
    RGB565BE,
    /** 16 bits per pixel, little endian. */
    RGB565LE,
    /** 15 bits per pixel, big endian. */
    RGB555BE,
    /** 15 bits per pixel, little endian. */
    RGB555LE,
    /** Red, green, blue. */
    RGB24,
    /** Blue, green, red. */
    BGR24,
    /** Alpha, red, green, blue. */
    ARGB,
    /** Red, green, blue, alpha. */
    RGBA,
    /** Alpha, blue, green, red. */
    ABGR,
    /** Blue, green, red, alpha. */
    BGRA
  }

  /**
   * Returns the JPEG format of version 2.0.
   *
   * @param quality 0 to 100
   * @return the format
   */
  public static ImageFormat jpeg(int quality) {
    return jpeg(Value.of((long) quality));
  }

  /**
   * Returns the JPEG format of version 2.0.
   *
   * @param quality 0 to 100
   * @return the format
   */
  public static ImageFormat jpeg(Value<Long> quality) {
    return new ImageFormat(JPEG, Settings.empty().with(QUALITY, quality));
  }

  /**
   * Returns the BMP format of version 2.0.
   *
   * @return the format
   */
  public static ImageFormat bmp() {
    return new ImageFormat(BMP, Settings.empty());
  }

  /**
   * Returns the PNG format of version 2.0.
   *
   * @return the format
   */
  public static ImageFormat png() {
    return new ImageFormat(PNG, Settings.empty());
  }

  /**
   * Returns the format of pictures that are not encoded.
   *
   * @param pixelFormat the layout of the bytes
   * @return the format
   */
  public static ImageFormat raw(PixelFormat pixelFormat) {
    return new ImageFormat(RAW, Settings.empty().with(PIXEL_FORMAT, Value.of(pixelFormat)));
  }

  /**
   * Returns a file format of version 1.0.
   *
   * @param encoding the file format
   * @return the format
   */
  public static ImageFormat encoded(Encoding encoding) {
    return new ImageFormat(ENCODED, Settings.empty().with(ENCODING, Value.of(encoding)));
  }

  /**
   * Returns the file format.
   *
   * @return the file format: JPEG when version 1.0 does not say; empty for pictures that are not
   *     encoded
   */
  public Optional<Value<Encoding>> encoding() {
    if (objectType() == ENCODED) {
      return Optional.of(valueOr(ENCODING, Encoding.JPEG));
    }
    if (objectType() == RAW) {
      return Optional.empty();
    }
    return Optional.of(
        Value.of(
            objectType() == JPEG
                ? Encoding.JPEG
                : objectType() == BMP ? Encoding.BMP : Encoding.PNG));
  }

  /**
   * Returns the quality of JPEG.
   *
   * @return 0 to 100; empty when not set, which means 90
   */
  public Optional<Value<Long>> quality() {
    return find(QUALITY);
  }

  /**
   * Returns the layout of the bytes of pictures that are not encoded.
   *
   * @return the layout, or empty for a file format
   */
  public Optional<Value<PixelFormat>> pixelFormat() {
    return find(PIXEL_FORMAT);
  }

  private static void checkQuality(ImageFormat format, ObjectRule.Report report) {
    boolean jpeg =
        format.encoding().flatMap(Value::literal).map(Encoding.JPEG::equals).orElse(true);
    if (!jpeg && format.quality().isPresent()) {
      report.add(
          ProblemCode.PROPERTY_IGNORED, QUALITY.name(), "'quality' has a meaning for JPEG only.");
    }
  }
}
