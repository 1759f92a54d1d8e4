package io.lva.decode.ffmpeg;

import io.lva.processor.Picture;
import io.lva.processor.PictureException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a decoded frame as a picture; formats other than 4:2:0 with eight bits are
 * converted first.
 *
 * <p>Used by one thread at a time.
 */
final class PlanarFrame implements AutoCloseable {
  /** One in the fixed-point numbers of contrast and saturation. */
  private static final int UNITY = 1 << 16;

  private final AVFrame converted = avutil.av_frame_alloc();
  private @Nullable SwsContext scaler;

  /** Wraps a frame; the picture is valid until the frame is released. */
  Picture picture(AVFrame frame) throws PictureException {
    boolean full = isFullRange(frame);
    boolean plain =
        frame.format() == avutil.AV_PIX_FMT_YUV420P || frame.format() == avutil.AV_PIX_FMT_YUVJ420P;
    AVFrame planes = plain ? frame : convert(frame, full);
    int rows = (frame.height() + 1) / 2;
    return new Picture(
        frame.width(),
        frame.height(),
        full,
        plane(planes, 0, frame.height()),
        plane(planes, 1, rows),
        plane(planes, 2, rows));
  }

  private static boolean isFullRange(AVFrame frame) {
    return frame.color_range() == avutil.AVCOL_RANGE_JPEG
        || switch (frame.format()) {
          case avutil.AV_PIX_FMT_YUVJ420P,
              avutil.AV_PIX_FMT_YUVJ411P,
              avutil.AV_PIX_FMT_YUVJ422P,
              avutil.AV_PIX_FMT_YUVJ440P,
              avutil.AV_PIX_FMT_YUVJ444P ->
              true;
          default -> false;
        };
  }

  private static Picture.Plane plane(AVFrame frame, int index, int rows) {
    int stride = frame.linesize(index);
    BytePointer data = frame.data(index);
    ByteBuffer bytes = data.capacity((long) stride * rows).asByteBuffer();
    return new Picture.Plane(bytes, stride);
  }

  /** Converts a frame; its range of values stays as it is. */
  private AVFrame convert(AVFrame frame, boolean full) throws PictureException {
    converted.width(frame.width());
    converted.height(frame.height());
    converted.format(avutil.AV_PIX_FMT_YUV420P);
    SwsContext context =
        swscale.sws_getCachedContext(
            scaler,
            frame.width(),
            frame.height(),
            frame.format(),
            frame.width(),
            frame.height(),
            avutil.AV_PIX_FMT_YUV420P,
            swscale.SWS_FAST_BILINEAR,
            (SwsFilter) null,
            (SwsFilter) null,
            (DoublePointer) null);
    scaler = context;
    if (context == null
        || !keepRange(context, full)
        || avutil.av_frame_get_buffer(converted, 0) < 0
        || swscale.sws_scale_frame(context, converted, frame) < 0) {
      throw new PictureException("ffmpeg: format " + frame.format() + " cannot be converted");
    }
    return converted;
  }

  private static boolean keepRange(SwsContext context, boolean full) {
    IntPointer coefficients = swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT);
    int range = full ? 1 : 0;
    return swscale.sws_setColorspaceDetails(
            context, coefficients, range, coefficients, range, 0, UNITY, UNITY)
        >= 0;
  }

  /** Frees the memory of a converted picture. */
  void release() {
    avutil.av_frame_unref(converted);
  }

  @Override
  public void close() {
    avutil.av_frame_free(converted);
    SwsContext some = scaler;
    scaler = null;
    if (some != null) {
      swscale.sws_freeContext(some);
    }
  }
}
