package io.lva.extension;

import io.lva.extension.image.EncodedImage;
import io.lva.extension.image.FileFormat;
import io.lva.extension.image.ImageEncoding;
import io.lva.extension.image.RawFormat;
import io.lva.graph.ImageFormat;
import org.jspecify.annotations.Nullable;

/**
 * How images are described and handed over on a gRPC stream: in the messages, or in shared memory.
 *
 * <p>Confined to its media loop.
 */
final class GrpcStreamFormat implements AutoCloseable {
  private static final int RAW = 3;

  private final ImageEncoding format;
  private final String instance;
  private final String node;
  private final String configuration;
  private final @Nullable SharedFrames frames;

  /**
   * Creates a format.
   *
   * @param format of the images
   * @param configuration for the service; empty for none
   * @param frames shared memory; null to embed images
   */
  GrpcStreamFormat(
      ImageEncoding format,
      String instance,
      String node,
      String configuration,
      @Nullable SharedFrames frames) {
    this.format = format;
    this.instance = instance;
    this.node = node;
    this.configuration = configuration;
    this.frames = frames;
  }

  /** Returns the first message of a stream. */
  byte[] descriptor(EncodedImage image) {
    GrpcMessage.SharedMemory memory =
        frames == null ? new GrpcMessage.SharedMemory("", 0) : frames.description();
    GrpcMessage.Fields frame =
        GrpcMessage.format(
            encoding(),
            pixelFormat(),
            image.placement().width(),
            image.placement().height(),
            image.stride());
    return GrpcMessage.descriptor(instance, node, configuration, frame, memory);
  }

  /** Returns the content of a sample; null when the shared memory is full. */
  GrpcMessage.@Nullable Fields content(long number, EncodedImage image) {
    SharedFrames shared = frames;
    if (shared == null) {
      return GrpcMessage.embedded(image.bytes());
    }
    long offset = shared.put(number, image.bytes());
    return offset < 0 ? null : GrpcMessage.reference(offset, image.bytes().length);
  }

  /** Frees the memory of a sample. */
  void release(long number) {
    if (frames != null) {
      frames.release(number);
    }
  }

  @Override
  public void close() {
    if (frames != null) {
      frames.close();
    }
  }

  private int encoding() {
    if (format instanceof FileFormat file) {
      return switch (file.name()) {
        case "bmp" -> 0;
        case "png" -> 2;
        default -> 1;
      };
    }
    return RAW;
  }

  private int pixelFormat() {
    return format instanceof RawFormat raw ? number(raw.layout()) : 0;
  }

  private static int number(ImageFormat.PixelFormat layout) {
    return switch (layout) {
      case YUV420P -> 20;
      case RGB565BE -> 40;
      case RGB565LE -> 41;
      case RGB555BE -> 42;
      case RGB555LE -> 43;
      case RGB24 -> 60;
      case BGR24 -> 61;
      case ARGB -> 80;
      case RGBA -> 81;
      case ABGR -> 82;
      case BGRA -> 83;
    };
  }
}
