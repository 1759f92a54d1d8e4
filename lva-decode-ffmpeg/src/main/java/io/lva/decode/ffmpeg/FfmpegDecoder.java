package io.lva.decode.ffmpeg;

import io.lva.media.CodecParameters;
import io.lva.processor.EncodedPicture;
import io.lva.processor.Picture;
import io.lva.processor.PictureDecoder;
import io.lva.processor.PictureException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Decodes key pictures with libavcodec, on the calling thread. One context per codec serves
 * pictures of different cameras: each picture brings its parameter sets, and the context is drained
 * and flushed after each one. The loop filter is skipped: it takes a tenth of the time and makes no
 * difference to analysis.
 *
 * <p>Used by one thread at a time.
 */
final class FfmpegDecoder implements PictureDecoder {
  private static final int MAXIMUM_PIXELS = 16384 * 16384;

  private final Map<Integer, AVCodecContext> contexts = new HashMap<>();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final PlanarFrame planar = new PlanarFrame();

  /** Returns libavcodec's id of the codec of a track; empty unless it is H.264 or H.265. */
  static OptionalInt codecOf(CodecParameters parameters) {
    String codec = parameters.codec();
    if (codec.startsWith("avc1.") || codec.startsWith("avc3.")) {
      return OptionalInt.of(avcodec.AV_CODEC_ID_H264);
    }
    if (codec.startsWith("hvc1.") || codec.startsWith("hev1.")) {
      return OptionalInt.of(avcodec.AV_CODEC_ID_HEVC);
    }
    return OptionalInt.empty();
  }

  @Override
  public <T> T decode(EncodedPicture encoded, Function<Picture, T> use) throws PictureException {
    int codec =
        codecOf(encoded.parameters())
            .orElseThrow(
                () -> new PictureException("ffmpeg: not for " + encoded.parameters().codec()));
    AVCodecContext context = context(codec);
    try {
      send(context, encoded.annexB());
      return use.apply(receive(context, encoded.parameters()));
    } finally {
      avutil.av_frame_unref(frame);
      planar.release();
      avcodec.avcodec_flush_buffers(context);
    }
  }

  private AVCodecContext context(int codec) throws PictureException {
    AVCodecContext known = contexts.get(codec);
    if (known != null) {
      return known;
    }
    AVCodec decoder = avcodec.avcodec_find_decoder(codec);
    AVCodecContext context = avcodec.avcodec_alloc_context3(decoder);
    context.thread_count(1);
    context.skip_loop_filter(avcodec.AVDISCARD_ALL);
    context.err_recognition(avcodec.AV_EF_EXPLODE);
    context.max_pixels(MAXIMUM_PIXELS);
    if (avcodec.avcodec_open2(context, decoder, (AVDictionary) null) < 0) {
      avcodec.avcodec_free_context(context);
      throw new PictureException("ffmpeg: the decoder cannot be opened");
    }
    contexts.put(codec, context);
    return context;
  }

  private void send(AVCodecContext context, byte[] annexB) throws PictureException {
    if (avcodec.av_new_packet(packet, annexB.length) < 0) {
      throw new PictureException("ffmpeg: no memory for " + annexB.length + " bytes");
    }
    try {
      BytePointer data = packet.data();
      data.capacity(annexB.length).put(annexB);
      packet.flags(packet.flags() | avcodec.AV_PKT_FLAG_KEY);
      check(avcodec.avcodec_send_packet(context, packet), "refuses the sample");
      check(avcodec.avcodec_send_packet(context, (AVPacket) null), "cannot be drained");
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  private Picture receive(AVCodecContext context, CodecParameters parameters)
      throws PictureException {
    check(avcodec.avcodec_receive_frame(context, frame), "gives no picture");
    boolean damaged =
        (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
    if (damaged) {
      throw new PictureException("ffmpeg: the picture is damaged");
    }
    if (frame.width() != parameters.width() || frame.height() != parameters.height()) {
      throw new PictureException(
          "ffmpeg: a picture of "
              + frame.width()
              + "x"
              + frame.height()
              + " on a track of "
              + parameters.width()
              + "x"
              + parameters.height());
    }
    return planar.picture(frame);
  }

  private static void check(int result, String what) throws PictureException {
    if (result < 0) {
      throw new PictureException("ffmpeg: the decoder " + what + " (" + result + ")");
    }
  }

  @Override
  public void close() {
    contexts.values().forEach(avcodec::avcodec_free_context);
    contexts.clear();
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    planar.close();
  }
}
