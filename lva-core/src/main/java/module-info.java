/** The media graph: blueprint, runtime, media vocabulary, events, and what a node implements. */
@org.jspecify.annotations.NullMarked
module io.lva.core {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires com.fasterxml.jackson.databind;
  requires static micrometer.core;

  exports io.lva.event;
  exports io.lva.graph;
  exports io.lva.graph.json;
  exports io.lva.media;
  exports io.lva.media.codec;
  exports io.lva.runtime;
  exports io.lva.spi;

  uses io.lva.media.codec.CodecFormat;
  uses io.lva.graph.NodeTypeProvider;
  uses io.lva.spi.NodeProvider;
  uses io.lva.spi.MediaLoopGroup.Provider;
}
