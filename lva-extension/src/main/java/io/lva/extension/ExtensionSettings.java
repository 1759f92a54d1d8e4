package io.lva.extension;

import io.lva.extension.image.FileFormat;
import io.lva.extension.image.ImageEncoding;
import io.lva.extension.image.ImageWriter;
import io.lva.extension.image.RawFormat;
import io.lva.extension.image.Scale;
import io.lva.graph.Extension;
import io.lva.graph.Image;
import io.lva.graph.ImageFormat;
import io.lva.graph.ImageScale;
import io.lva.graph.SamplingOptions;
import io.lva.spi.NodeContext;
import java.util.Optional;

/** Reads the settings that all extensions have in common. */
final class ExtensionSettings {
  private ExtensionSettings() {}

  static ImageWriter images(Extension extension, NodeContext context) {
    Optional<Image> image = extension.image();
    return new ImageWriter(
        image.flatMap(Image::scale).map(scale -> scale(scale, context)).orElse(Scale.NONE),
        image
            .flatMap(Image::format)
            .map(format -> format(format, context))
            .orElseGet(() -> FileFormat.jpeg(FileFormat.DEFAULT_QUALITY)));
  }

  static Sampling sampling(Extension extension, NodeContext context) {
    SamplingOptions options = extension.samplingOptions();
    return new Sampling(
        options.maximumSamplesPerSecond().map(context::resolve).orElse(0.0),
        context.resolve(options.skipSamplesWithoutAnnotation()));
  }

  private static Scale scale(ImageScale scale, NodeContext context) {
    return new Scale(
        scale.mode().map(context::resolve).orElse(ImageScale.Mode.PAD),
        dimension(scale.width().map(context::resolve).orElse(0L)),
        dimension(scale.height().map(context::resolve).orElse(0L)));
  }

  private static int dimension(long value) {
    return (int) Math.max(-1, Math.min(Scale.MAXIMUM + 1L, value));
  }

  private static ImageEncoding format(ImageFormat format, NodeContext context) {
    if (format.pixelFormat().isPresent()) {
      return new RawFormat(context.resolve(format.pixelFormat().get()));
    }
    ImageFormat.Encoding encoding =
        format.encoding().map(context::resolve).orElse(ImageFormat.Encoding.JPEG);
    return switch (encoding) {
      case JPEG ->
          FileFormat.jpeg(
              format.quality().map(context::resolve).orElse((long) FileFormat.DEFAULT_QUALITY));
      case BMP -> FileFormat.bmp();
      case PNG -> FileFormat.png();
    };
  }
}
