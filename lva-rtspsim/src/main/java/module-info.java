/** A camera simulator: a stand-alone RTSP server for tests, demonstrations and benchmarks. */
@org.jspecify.annotations.NullMarked
module io.lva.rtspsim {
  requires transitive io.lva.core;
  requires io.lva.fmp4;
  requires io.lva.rtsp;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports io.lva.rtspsim;
}
