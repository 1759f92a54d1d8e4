package io.lva.graph;

/** How media of an RTSP source travels. */
public enum Transport {
  /** RTSP and media tunnelled through HTTP. */
  HTTP,
  /** RTSP and media interleaved on one TCP connection (RFC 2326 section 10.12). */
  TCP
}
