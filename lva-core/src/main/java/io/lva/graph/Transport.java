package io.lva.graph;

/**
 * How media of an RTSP source travels.
 *
 * <p>LVA knows {@code Http} and {@code Tcp}; this library adds the others.
 */
public enum Transport {
  /** RTSP and media tunnelled through two HTTP connections. */
  HTTP,
  /** RTSP and media interleaved on one TCP connection (RFC 2326 section 10.12). */
  TCP,
  /** Media in datagrams to this host; over TCP when the camera refuses or none arrive. */
  UDP,
  /** Media in datagrams to a group; over TCP when the camera refuses or none arrive. */
  MULTICAST,
  /** Over TCP, or in datagrams when the camera refuses TCP. */
  AUTO
}
