/** The native picture decoder: H.264 and H.265 with FFmpeg. */
@org.jspecify.annotations.NullMarked
module io.lva.decode.ffmpeg {
  requires transitive io.lva.processor;
  requires org.bytedeco.ffmpeg;
  requires org.bytedeco.javacpp;
  requires static transitive org.jspecify;

  provides io.lva.processor.PictureDecoderProvider with
      io.lva.decode.ffmpeg.FfmpegDecoderProvider;
}
