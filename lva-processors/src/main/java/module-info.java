/**
 * Processors: signal gate, frame-rate filter, messages from and to the outside, motion detection
 * and the decoding of pictures for it.
 */
@org.jspecify.annotations.NullMarked
module io.lva.processor {
  requires transitive io.lva.core;
  requires jcodec;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.lva.processor;

  uses io.lva.processor.PictureDecoderProvider;

  provides io.lva.processor.PictureDecoderProvider with
      io.lva.processor.jcodec.JcodecDecoderProvider;
  provides io.lva.spi.NodeProvider with
      io.lva.processor.gate.GateProvider,
      io.lva.processor.message.FrameRateFilterProvider,
      io.lva.processor.message.HubSinkProvider,
      io.lva.processor.message.HubSourceProvider,
      io.lva.processor.motion.MotionProvider;
}
