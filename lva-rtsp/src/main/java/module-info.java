/** The RTSP source: session, RTP receiver, depacketizers, session descriptions. */
@org.jspecify.annotations.NullMarked
// The simulator is built after this module.
@SuppressWarnings("module")
module io.lva.rtsp {
  requires transitive io.lva.core;
  requires transitive io.netty.buffer;
  requires transitive io.netty.transport;
  requires io.netty.common;
  requires io.netty.handler;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.lva.rtp.payload;
  exports io.lva.rtp.payload.h264 to
      io.lva.rtspsim,
      io.lva.bench;
  exports io.lva.rtsp;
  exports io.lva.rtsp.message to
      io.lva.rtspsim;
  exports io.lva.rtsp.net;
  exports io.lva.sdp to
      io.lva.rtspsim;

  uses io.lva.rtp.payload.PayloadFormat;

  provides io.lva.rtp.payload.PayloadFormat with
      io.lva.rtp.payload.h264.H264PayloadFormat,
      io.lva.rtp.payload.h265.H265PayloadFormat,
      io.lva.rtp.payload.aac.AacPayloadFormat,
      io.lva.rtp.payload.pcm.PcmPayloadFormat,
      io.lva.rtp.payload.opus.OpusPayloadFormat;
  provides io.lva.spi.MediaLoopGroup.Provider with
      io.lva.rtsp.net.NettyLoopGroupProvider;
  provides io.lva.spi.NodeProvider with
      io.lva.rtsp.net.RtspSourceProvider;
}
