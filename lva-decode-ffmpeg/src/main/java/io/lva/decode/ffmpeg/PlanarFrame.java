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
import org.jspecify.annotations.Nullable;

/**
 * The memory of a decoded frame as a picture; formats other than 4:2:0 with eight bits are
 * converted first.
 *
 * <p>Used by one thread at a time.
 */
final class PlanarFrame implements AutoCloseable {
  private final AVFrame converted = avutil.av_frame_alloc();
  private @Nullable SwsContext scaler;

  /** Wraps a frame; the picture is valid until the frame is released. */
  Picture picture(AVFrame frame) throws PictureException {
    boolean full =
        frame.color_range() == avutil.AVCOL_RANGE_JPEG
            || frame.format() == avutil.AV_PIX_FMT_YUVJ420P;
    boolean plain =
        frame.format() == avutil.AV_PIX_FMT_YUV420P || frame.format() == avutil.AV_PIX_FMT_YUVJ420P;
    AVFrame planes = plain ? frame : convert(frame);
    int rows = (frame.height() + 1) / 2;
    return new Picture(
        frame.width(),
        frame.height(),
        full,
        plane(planes, 0, frame.height()),
        plane(planes, 1, rows),
        plane(planes, 2, rows));
  }

  private static Picture.Plane plane(AVFrame frame, int index, int rows) {
    int stride = frame.linesize(index);
    BytePointer data = frame.data(index);
    ByteBuffer bytes = data.capacity((long) stride * rows).asByteBuffer();
    return new Picture.Plane(bytes, stride);
  }

  private AVFrame convert(AVFrame frame) throws PictureException {
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
        || avutil.av_frame_get_buffer(converted, 0) < 0
        || swscale.sws_scale_frame(context, converted, frame) < 0) {
      throw new PictureException("ffmpeg: format " + frame.format() + " cannot be converted");
    }
    return converted;
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
